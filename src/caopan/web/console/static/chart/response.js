// What is put in and what comes out: a band, drawn trials, and dots beyond what was tried.
import { tick, value } from "./number.js";
import { band, box, shapes, stroke, whisker } from "./paint.js";

export function option(data, p) {
  const { points, trials, seen, chosen, words, level, tried_to: limit } = data;
  const put = { unit: "money", currency: data.currency, language: data.language };
  const middle = ([spend, , mid]) => [spend, mid];
  const tried = points.filter(([spend]) => spend <= limit);
  const beyond = [...tried.slice(-1), ...points.filter(([spend]) => spend > limit)];
  const whiskers = (rows, colour) => shapes(rows, (api, [spend, low, , high]) => {
    const [x, from] = api.coord([spend, low]), [, to] = api.coord([spend, high]);
    return whisker(x, from, to, p.token(colour));
  }, { z: 5 });
  const tip = ([{ value: [spend, result] }]) => {
    const own = [...trials, ...chosen, ...points].find((one) => one[0] === spend);
    const head = `${words.spend} ${value(spend, put)}\n${p.say(own ? own[2] : result)}`;
    if (!own) return `${words.seen}\n${head}`;
    const name = own.length > 4 ? `${words.trial} · ${words.sample} ${own[4]}`
      : own === chosen[0] ? words.chosen : spend > limit ? words.beyond : words.curve;
    return `${name}\n${head}\n${p.range(own[1], own[3], level)}`;
  };
  return p.plane([
    p.line("forecast", tried.map(middle)),
    p.line("forecast", beyond.map(middle), "dotted"),
    p.room([...points, ...trials, ...chosen].map(([spend, , , high]) => [spend, high])),
    band(points.map(([spend, low, , high]) => [spend, low, high]), p.fade("forecast", 0.18)),
    p.dots(seen, "unknown", 6),
    whiskers(trials, "decide"),
    p.dots(trials.map(middle), "decide", 9, { z: 6, label: { show: !p.narrow, position: "right", offset: [4, 8],
      ...p.text("decide-fg"), formatter: ({ dataIndex }) => `n=${trials[dataIndex][4]}` } }),
    whiskers(chosen, "accent"),
    p.dots(chosen.map(middle), "accent", 12, { z: 7 }),
    shapes([limit], (api, at, frame) => {
      const [x] = api.coord([at, 0]), foot = frame.y + frame.height;
      return [
        box(x, frame.y, Math.max(frame.x + frame.width - x, 0), frame.height, p.token("unknown-soft")),
        stroke(x, frame.y, x, foot, p.token("unknown"), { lineDash: [3, 3] }),
        p.words(words.beyond, x + 8, foot - 20, "unknown-fg"),
      ];
    }, { z: 0 }),
  ], tip, {
    x: { max: points.at(-1)?.[0], splitNumber: p.narrow ? 3 : 6 }, y: { min: 0 },
    label: { formatter: (at) => tick(at, put), hideOverlap: true },
  });
}
