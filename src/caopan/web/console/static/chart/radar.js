// Own abilities over the peer mean; the ranked bars beside carry the numbers.
export function option({ top, names, score, peer, words }, p) {
  const ring = { lineStyle: { color: p.token("line") } };
  const shape = (value, colour, type, extra) => ({
    value, symbol: "none", lineStyle: { color: p.token(colour), width: 2, type }, itemStyle: { color: p.token(colour) }, ...extra,
  });
  return {
    ...p.base,
    radar: {
      indicator: names.map((name) => ({ name, min: 0, max: top })), radius: "72%", splitNumber: 4,
      axisName: p.text("fg-2", 12), axisLine: ring, splitLine: ring, splitArea: { show: false },
    },
    tooltip: p.tip(() => names.map((name, index) => `${name} ${p.say(score[index])} · ${words.peer} ${p.say(peer[index])}`)
      .join("\n"), { trigger: "item" }),
    series: [{ type: "radar", data: [
      shape(peer, "peer", "dashed"),
      shape(score, "accent", "solid", { symbol: "circle", symbolSize: 5, areaStyle: { color: p.fade("accent", 0.14) } }),
    ] }],
  };
}
