// Fields of cells: the calendar, slots by hour, the triangle of cohorts. One hue, six steps.
import { box, ink } from "./paint.js";

export function option(data, p) {
  const { cells, columns, rows, square } = data;
  const known = cells.map((cell) => cell[2]).filter((value) => value !== null);
  const low = Math.min(...known), high = Math.max(...known), gap = square ? 3 : 2;
  const ground = (value) => p.token(`seq-${high > low ? Math.min(5, Math.floor(((value - low) / (high - low)) * 6)) : 3}`);
  const names = (list, extra, label) => p.axis({ type: "category", data: list, splitLine: { show: false }, ...extra }, label);
  const left = square ? 34 : p.narrow ? 66 : 96, needed = 26 * columns.length;
  return {
    ...p.base,
    animation: false,
    grid: { left, top: 22, bottom: 4, ...(square && p.wide > left + needed ? { width: needed } : { right: 4 }) },
    xAxis: names(columns, { position: "top" }, { hideOverlap: true }),
    yAxis: names(rows, { inverse: true }, { interval: 0, width: left - 8, overflow: "truncate" }),
    tooltip: p.tip(({ dataIndex }) => {
      const [column, row, value, n, name] = cells[dataIndex];
      const where = square ? name : `${rows[row]} · ${columns[column]}`;
      return `${where}\n${p.say(value)}\n${data.n_word} ${n.toLocaleString("en-US")}`;
    }, { trigger: "item" }),
    series: [{
      type: "custom", data: cells.map((cell) => cell.slice(0, 2)), encode: { x: 0, y: 1 },
      renderItem: ({ dataIndex }, api) => {
        const [column, row, value] = cells[dataIndex], none = value === null;
        const [x, y] = api.coord([column, row]), [wide, tall] = api.size([1, 1]);
        const side = Math.min(wide, tall, 26), width = square ? side : wide, height = square ? side : tall;
        const fill = none ? "transparent" : ground(value);
        const cell = {
          ...box(x - width / 2 + gap / 2, y - height / 2 + gap / 2, width - gap, height - gap, fill, 3,
            { stroke: none ? p.token("unknown-line") : null, lineDash: none ? [3, 2] : null }),
          emphasis: { style: { stroke: p.token("fg") } },
        };
        if (!data.inked || wide < 34) return cell;
        const fit = { fill: none ? p.token("unknown-fg") : ink(fill, p.token("bg"), p.token("fg")), align: "center", verticalAlign: "middle" };
        return { type: "group", children: [cell, { ...p.words(p.say(value), x, y, "fg", fit), silent: true }] };
      },
    }],
  };
}
