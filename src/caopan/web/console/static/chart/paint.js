// Colours from the page's tokens, and parts of every chart.
import { change, interval, tick, value } from "./number.js";

const channel = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);

/** The relative luminance (0-1) of "#rrggbb". */
export function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => channel(parseInt(colour.slice(at, at + 2), 16) / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The ink that stands out most on the ground. */
export function ink(ground, ...inks) {
  const contrast = (one) => {
    const [low, high] = [luminance(one), luminance(ground)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  return inks.reduce((best, one) => (contrast(one) > contrast(best) ? one : best));
}

/** All that a chart's module needs of the page and of its data. */
export function painter(element, data) {
  const style = getComputedStyle(element), fontFamily = style.fontFamily;
  const token = (name) => style.getPropertyValue(`--${name}`).trim();
  const how = { unit: data.unit, currency: data.currency, language: data.language };
  const wide = element.clientWidth, narrow = wide < 520;
  const text = (colour = "muted", fontSize = 11) => ({ color: token(colour), fontSize, fontFamily });
  const axis = (extra, label) => ({
    type: "value", axisLine: { show: false }, axisTick: { show: false },
    splitLine: { lineStyle: { color: token("grid") } }, ...extra, axisLabel: { ...text(), ...label },
  });
  const tip = (formatter, extra) => ({
    renderMode: "richText", confine: true, transitionDuration: 0, formatter,
    backgroundColor: token("overlay"), borderColor: token("line-strong"), borderWidth: 1,
    padding: [8, 10], textStyle: text("fg", 12),
    axisPointer: { type: "line", lineStyle: { color: token("line-strong"), type: "solid" } }, ...extra,
  });
  const base = {
    animation: !("still" in document.documentElement.dataset || matchMedia("(prefers-reduced-motion: reduce)").matches),
    animationDuration: 150, animationDurationUpdate: 150, textStyle: { fontFamily },
  };
  const yAxis = (extra, label) => axis({ splitNumber: 4, ...extra }, { formatter: (at) => tick(at, how), ...label });
  const line = (colour, points, dash = "solid", extra = {}) => ({
    type: "line", data: points, showSymbol: false, symbol: "circle", symbolSize: 6, emphasis: { disabled: true },
    itemStyle: { color: token(colour) }, lineStyle: { color: token(colour), width: 2, type: dash }, ...extra,
  });
  return {
    token, text, axis, yAxis, tip, base, wide, narrow, tall: element.clientHeight, line,
    say: (number) => value(number, how),
    gain: (number) => change(number, how),
    range: (low, high, level) => interval(low, high, level, how),
    tick: (number) => tick(number, how),
    fade: (colour, alpha) => token(colour) + Math.round(alpha * 255).toString(16).padStart(2, "0"),
    /** Words in a shape of our own. */
    words: (said, x, y, colour = "fg-2", extra = {}) => ({
      type: "text", style: { text: said, x, y, fill: token(colour), fontSize: 11, fontFamily, ...extra },
    }),
    /** Unseen points that keep the axis wide enough for a band. */
    room: (points) => line("fg", points, "solid", { symbol: "none", silent: true, lineStyle: { opacity: 0 } }),
    dots: (points, colour, symbolSize, extra) => ({
      type: "scatter", data: points, symbolSize, emphasis: { disabled: true },
      itemStyle: { color: token(colour), borderColor: token("card"), borderWidth: 1.5 }, ...extra,
    }),
    /** One field of two value axes. */
    plane: (series, formatter, { grid, x, y, label, yLabel, trigger = "axis" }) => ({
      ...base, series, tooltip: tip(formatter, { trigger }),
      grid: { left: 56, right: 20, top: 14, bottom: 28, ...grid },
      xAxis: axis({ min: 0, splitLine: { show: false }, ...x }, label), yAxis: yAxis(y, yLabel),
    }),
  };
}

/** A straight line between two places. */
export const stroke = (x1, y1, x2, y2, colour, style) => ({
  type: "line", shape: { x1, y1, x2, y2 }, style: { stroke: colour, ...style },
});

/** A filled box. */
export const box = (x, y, width, height, fill, r = 0, style = {}) => ({
  type: "rect", shape: { x, y, width, height, r }, style: { fill, ...style },
});

/** A whisker with caps at x between two places. */
export const whisker = (x, low, high, colour) => [[x, low, x, high], [x - 6, low, x + 6, low], [x - 6, high, x + 6, high]]
  .map((ends) => stroke(...ends, colour, { lineWidth: 1.5 }));

/** Shapes drawn for each of the rows by `draw(api, row, frame)`. */
export const shapes = (rows, draw, extra) => ({
  type: "custom", silent: true, data: rows.map((_, index) => [index]), encode: {}, ...extra,
  renderItem: ({ dataIndex, coordSys }, api) => ({ type: "group", children: draw(api, rows[dataIndex], coordSys) }),
});

/** The area between the two lines of points [x, low, high]. */
export function area(api, points, fill) {
  const edge = (index) => points.map((point) => api.coord([point[0], point[index]]));
  return { type: "polygon", shape: { points: [...edge(1), ...edge(2).reverse()] }, style: { fill } };
}

/** A band of points [x, low, high]. */
export const band = (points, fill) => shapes([points], (api) => [area(api, points, fill)], { z: 1 });
