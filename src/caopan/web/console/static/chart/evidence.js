// Every session a dot; each period's mean as a line in its band. Marked sessions are hollow.
import { box, shapes, stroke } from "./paint.js";

export function option({ sides, words }, p) {
  let next = 0;
  const tones = ["plan", "accent"];
  const placed = sides.map((side, index) => {
    const from = next;
    next += Math.max(side.dots.length, 1) + 1;
    return { ...side, from, to: next - 1, tone: tones[index] };
  });
  const values = placed.flatMap(({ dots, mean }) => [...dots.map((dot) => dot[1]), ...(mean ?? [])]);
  const low = Math.min(...values), high = Math.max(...values), room = (high - low || Math.abs(high) || 1) * 0.12;
  return p.plane([
    ...placed.map(({ dots, from, tone }) => p.dots(dots.map(([, value, marked], index) => ({
      value: [from + index + 0.5, value],
      itemStyle: marked ? { color: p.token("card"), borderColor: p.token(tone), borderWidth: 2 } : undefined,
    })), tone, 9)),
    shapes(placed, (api, { from, to, tone, mean, name }, frame) => {
      const [left] = api.coord([from, low]), wide = api.coord([to, low])[0] - left;
      const label = p.words(name, left + wide / 2, frame.y + frame.height + 8, "fg-2", { align: "center" });
      if (!mean) return [label];
      const [foot, mid, top] = mean.map((at) => api.coord([0, at])[1]);
      return [box(left, top, wide, foot - top, p.fade(tone, 0.2)), stroke(left, mid, left + wide, mid, p.token(tone), { lineWidth: 1.5 }), label];
    }, { z: 0 }),
  ], ({ seriesIndex, dataIndex }) => {
    const [day, value, marked] = placed[seriesIndex].dots[dataIndex];
    return `${day}\n${p.say(value)}${marked && words.marked ? `\n${words.marked}` : ""}`;
  }, {
    trigger: "item", x: { max: next - 1 }, label: { show: false },
    y: { min: low >= 0 ? Math.max(low - room, 0) : low - room, max: high + room, splitNumber: 3 },
    yLabel: { showMinLabel: false, showMaxLabel: false },
  });
}
