// Several lines over the same days, each named at its end with its n.
export function option({ curves, unit, words }, p) {
  const tones = ["accent", "decide", "forecast", "ok", "bad"], ratio = unit === "ratio";
  const last = Math.max(...curves.flatMap(({ points }) => points.map(([day]) => day)));
  const highest = Math.max(...curves.flatMap(({ points }) => points.map(([, value]) => value)));
  const most = ratio ? [.02, .04, .08, .12, .16, .2, .4, .6, .8].find((top) => top >= highest) ?? 1 : highest;
  // Labels at the right edge stand 14 pixels apart, from the top down.
  let free = -Infinity;
  const down = [];
  curves.map(({ points }, index) => [index, ...points.at(-1)]).sort((one, other) => other[2] - one[2])
    .forEach(([index, day, value]) => {
      const y = (p.tall - 42) * (1 - value / most), at = day < last ? y : Math.max(y, free);
      if (day === last) free = at + 14;
      down[index] = at - y;
    });
  const width = p.narrow ? 78 : 126;
  return p.plane(curves.map(({ name, n, points }, index) => p.line(tones[index % 5], points, "solid", {
    endLabel: { show: true, ...p.text(`${tones[index % 5]}-fg`), formatter: `${name} n=${n}`, width, overflow: "truncate", offset: [0, down[index]] },
  })), (found) => [`${words.days} ${found[0].value[0]}`, ...found.map(({ seriesIndex, value }) => {
    const { name, n } = curves[seriesIndex];
    return `${name} ${p.say(value[1])} · n=${n}`;
  })].join("\n"), { grid: { right: width + 6 }, x: { max: last }, y: { min: 0, max: ratio ? most : undefined, interval: ratio ? most / 4 : undefined } });
}
