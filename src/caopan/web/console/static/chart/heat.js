// Fields of cells: the calendar, slots by hour, the triangle of cohorts. One hue, six steps.
import { box, ink, shapes } from "./paint.js";

const NARROWEST = 17;

export function option(data, p) {
  const { rows, square } = data, left = square ? 34 : p.narrow ? 66 : 96;
  // A calendar shows the last weeks that fit, every day between the first and the last session a place.
  const cut = square ? Math.max(0, data.columns.length - Math.floor((p.wide - left) / NARROWEST)) : 0;
  const columns = data.columns.slice(cut);
  const cells = data.cells.filter(([column]) => column >= cut).map(([column, ...rest]) => [column - cut, ...rest]);
  const known = cells.map((cell) => cell[2]).filter((value) => value !== null);
  const low = Math.min(...known) * (square ? 0.8 : 1), high = Math.max(...known), gap = square ? 3 : 2;
  // A calendar begins one shade above its ground and spreads small days: one great day must not dim the rest.
  const shade = square ? (part) => 1 + Math.floor(Math.sqrt(part) * 5) : (part) => Math.floor(part * 6);
  const ground = (value) => p.token(`seq-${high > low ? Math.min(5, shade((value - low) / (high - low))) : 3}`);
  const names = (list, extra, label) => p.axis({ type: "category", data: list, splitLine: { show: false }, ...extra }, label);
  const place = (api, column, row, fill, style) => {
    const [x, y] = api.coord([column, row]), [wide, tall] = api.size([1, 1]);
    return box(x - wide / 2 + gap / 2, y - tall / 2 + gap / 2, wide - gap, tall - gap, fill, 3, style);
  };
  const day = ([column, row]) => column * 7 + row, ends = cells.map(day);
  const blank = square ? columns.flatMap((_, column) => rows.map((__, row) => [column, row]))
    .filter((one) => day(one) >= Math.min(...ends) && day(one) <= Math.max(...ends)) : [];
  return {
    ...p.base,
    animation: false,
    grid: { left, top: 22, bottom: 4, right: square ? 0 : 4 },
    xAxis: names(columns, { position: "top" }, { hideOverlap: true, ...(square && { interval: 0, align: "left" }) }),
    yAxis: names(rows, { inverse: true }, { interval: 0, width: left - 8, overflow: "truncate" }),
    tooltip: p.tip(({ dataIndex }) => {
      const [column, row, value, n, name] = cells[dataIndex];
      const where = square ? name : `${rows[row]} · ${columns[column]}`;
      return `${where}\n${p.say(value)}\n${data.n_word} ${n.toLocaleString("en-US")}`;
    }, { trigger: "item" }),
    series: [shapes(blank, (api, [column, row]) => [place(api, column, row, null, { stroke: p.token("line") })], { z: 0 }), {
      type: "custom", data: cells.map((cell) => cell.slice(0, 2)), encode: { x: 0, y: 1 },
      renderItem: ({ dataIndex }, api) => {
        const [column, row, value] = cells[dataIndex], none = value === null;
        const [x, y] = api.coord([column, row]), [wide] = api.size([1, 1]), fill = none ? "transparent" : ground(value);
        const cell = {
          ...place(api, column, row, fill, { stroke: none ? p.token("unknown-line") : null, lineDash: none ? [3, 2] : null }),
          emphasis: { style: { stroke: p.token("fg") } },
        };
        if (!data.inked || wide < (square ? 46 : 34)) return cell;
        const fit = { fill: none ? p.token("unknown-fg") : ink(fill, ...["bg", "fg", "on-accent"].map(p.token)), align: "center", verticalAlign: "middle" };
        return { type: "group", children: [cell, { ...p.words(p.say(value), x, y, "fg", fit), silent: true }] };
      },
    }],
  };
}
