"""A line over days or minutes (走势线), drawn on the server at any width."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from caopan.report import svg
from caopan.report.scale import Scale
from caopan.units.message import Language, Text
from caopan.web.console.chart.figure import Figure
from caopan.web.console.chart.twin import Twin, columns

HEIGHT, TOP, FOOT, INSIDE = 160.0, 18.0, 20.0, 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Figure):
    """Values by the name of their moment, ascending; None breaks the line.

    >>> from caopan.units.unit import Unit
    >>> Line(title=Text(zh="在线", en="Online"), unit=Unit.PEOPLE, moment=Text(zh="分", en="min"),
    ...      values=(("0", 5), ("1", 9))).summary(language="zh")
    '从 0 的 5 到 1 的 9，最高 9，最低 5。'
    """

    kind: ClassVar[str] = "line"
    moment: Text
    values: tuple[tuple[str, float | None], ...]

    def drawing(self, *, language: Language, key: str) -> Markup:  # noqa: ARG002
        """Return the line with its highest and lowest value and both ends of time."""
        known = [value for _, value in self.values if value is not None]
        low, high = min(known, default=0.0), max(known, default=1.0)
        y = Scale(low=low, high=high if high > low else low + 1.0, start=HEIGHT - FOOT, end=TOP)
        x = Scale(low=0.0, high=float(max(len(self.values) - 1, 1)), start=0.0, end=INSIDE)
        inner = svg.tag(
            "svg", *(svg.tag("polyline", points=run, class_="spark") for run in self._runs(x, y)),
            viewBox=f"0 0 {INSIDE:.0f} {HEIGHT:.0f}", preserveAspectRatio="none", width="100%",
            height=HEIGHT, class_="stretched")
        parts = [svg.line((0.0, TOP), ("100%", TOP), "grid"),
                 svg.line((0.0, HEIGHT - FOOT), ("100%", HEIGHT - FOOT), "axis"),
                 svg.words((0.0, TOP - 5), self.said(high, language=language), "t")]
        if low < high:
            parts.append(svg.words((0.0, HEIGHT - FOOT - 5), self.said(low, language=language),
                                   "t"))
        parts += [svg.words((0.0, HEIGHT - 4), self.values[0][0], "t"),
                  svg.words(("100%", HEIGHT - 4), self.values[-1][0], "t", anchor="end")]
        return svg.strip(inner, *parts, height=HEIGHT, kind="line",
                         title=self.title.plain(language))

    def twin(self, *, language: Language) -> Twin:
        """Return a row a moment."""
        rows = tuple((name, self.said(value, language=language)) for name, value in self.values)
        return Twin(columns=columns(self.moment, self.title, language=language), rows=rows)

    def summary(self, *, language: Language) -> str:
        """Say where the line begins and ends, and its highest and lowest value."""
        known = [(name, value) for name, value in self.values if value is not None]
        if not known:
            return _NONE.plain(language)
        sizes = [value for _, value in known]
        ends = {"first": known[0][0], "last": known[-1][0],
                "begin": self.said(known[0][1], language=language),
                "end": self.said(known[-1][1], language=language)}
        return _SUMMARY.say(language, **ends, high=self.said(max(sizes), language=language),
                            low=self.said(min(sizes), language=language))

    def _runs(self, x: Scale, y: Scale) -> list[str]:
        """Return the unbroken stretches; a value between two gaps is a short dash."""
        runs: list[list[tuple[float, float]]] = [[]]
        for index, (_, value) in enumerate(self.values):
            if value is None:
                runs.append([])
            else:
                runs[-1].append((x.at(index), y.at(value)))
        half = INSIDE / max(len(self.values), 2) / 4
        drawn = [run if len(run) > 1 else [(run[0][0] - half, run[0][1]),
                                           (run[0][0] + half, run[0][1])] for run in runs if run]
        return [" ".join(f"{at:.1f},{up:.1f}" for at, up in run) for run in drawn]


_NONE = Text(zh="没有能算的数。", en="No value can be computed.")
_SUMMARY = Text(zh="从 {first} 的 {begin} 到 {last} 的 {end}，最高 {high}，最低 {low}。",
                en="From {begin} at {first} to {end} at {last}; highest {high}, lowest {low}.")
