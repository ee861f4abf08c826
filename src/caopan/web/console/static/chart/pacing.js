// Plan dashed, actual, forecast dotted with its band; below, the gap; slots and flags behind.
import { area, band, box, shapes, stroke } from "./paint.js";

export function option(data, p) {
  const { at, words, start, forecast, level } = data, last = at.at(-1);
  const clock = (seconds) => [3600, 60].map((size, index) => String(
    Math.floor(((start + seconds) % 86400) / size) % (index ? 60 : 24)).padStart(2, "0")).join(":");
  const pairs = (values) => at.map((x, index) => [x, values[index]]);
  const gap = pairs(data.gap), below = { xAxisIndex: 1, yAxisIndex: 1 };
  const ranges = at.map((x, index) => [x, forecast[index]]).filter(([, range]) => range);
  const x = (gridIndex, show) => p.axis({
    gridIndex, min: at[0], max: last, splitLine: { show: false }, interval: (last - at[0]) / (p.narrow ? 3 : 6),
  }, { show, formatter: clock });
  const known = gap.filter(([, size]) => size !== null);
  const half = (keep) => known.map(([x_, size]) => [x_, 0, keep(size, 0)]);
  return {
    ...p.base,
    grid: [{ top: 44, height: "50%" }, { bottom: 28, height: "20%" }].map((grid) => ({ left: 56, right: 20, ...grid })),
    xAxis: [x(0, false), x(1, true)],
    yAxis: [p.yAxis({ min: 0 }), p.yAxis({ gridIndex: 1, splitNumber: 2 })],
    axisPointer: { link: [{ xAxisIndex: "all" }] },
    tooltip: p.tip((found) => {
      const index = at.indexOf(found[0].value[0]), range = forecast[index];
      const slot = data.slots.find(([from, to]) => from <= at[index] && at[index] < to);
      return [
        clock(at[index]) + (slot ? ` · ${slot[2]}` : ""),
        `${words.actual} ${p.say(data.actual[index])}`, `${words.plan} ${p.say(data.plan[index])}`,
        `${words.gap} ${p.gain(data.gap[index])}`,
        ...(range ? [`${words.forecast} ${p.range(range[0], range[2], level)}`] : []),
      ].join("\n");
    }, { trigger: "axis" }),
    series: [
      p.line("plan", pairs(data.plan), "dashed"),
      p.line("forecast", pairs(forecast.map((range) => range && range[1])), "dotted"),
      p.line("accent", pairs(data.actual), "solid", { z: 4 }),
      p.line("fg-2", gap, "solid", { ...below, lineStyle: { color: p.token("fg-2"), width: 1 } }),
      p.room(ranges.map(([x_, range]) => [x_, range[2]])),
      band(ranges.map(([x_, range]) => [x_, range[0], range[2]]), p.fade("forecast", 0.18)),
      shapes([0], (api) => [area(api, half(Math.max), p.fade("gain", 0.45)), area(api, half(Math.min), p.fade("loss", 0.45))], below),
      shapes(data.slots, (api, [from, to, name], frame) => {
        const [left] = api.coord([from, 0]), [right] = api.coord([to, 0]);
        return [
          box(left + 1, 8, right - left - 2, 20, p.token("card-3"), 3),
          p.words(right - left < 40 ? "" : name, left + 7, 12, "fg-2", { width: right - left - 12, overflow: "truncate" }),
          stroke(left, frame.y, left, frame.y + frame.height, p.token("line"), { lineDash: [2, 4] }),
        ];
      }, { z: 0 }),
      shapes(data.flags, (api, [when, sign, , mark], frame) => {
        const [left] = api.coord([when, 0]), incident = mark === "incident";
        const colour = p.token(incident ? "forecast" : "decide");
        return [
          stroke(left, 30, left, frame.y + frame.height, colour, { lineDash: incident ? [4, 3] : null }),
          box(left - 8, 30, 16, 16, incident ? p.token("card") : colour, incident ? 3 : 8, { stroke: colour }),
          p.words(sign, left, 33, incident ? "forecast-fg" : "on-decide", { align: "center" }),
        ];
      }, { z: 5 }),
    ],
  };
}
