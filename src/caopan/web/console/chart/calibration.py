"""Calibration (校准图): how often what came lay below each quantile that was told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup, escape

from caopan.report import svg
from caopan.report.scale import Scale
from caopan.report.svg import share
from caopan.units import number
from caopan.units.message import Language, Text
from caopan.web.console.chart.figure import Figure
from caopan.web.console.chart.key import Key, Sign
from caopan.web.console.chart.twin import Twin, columns

HEIGHT, TOP, FOOT, INSIDE = 240.0, 10.0, 24.0, 1000.0
START, END = 9.0, 98.0
"""Shares of the width between which the plot lies: labels stand before it."""
MARKS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration(Figure):
    """For each level told (0-1, ascending) the share of ``n`` sessions that lay below it.

    On the diagonal the two agree. A curve above it in the lower half and below it in the upper
    half tells of ranges that are too wide.

    >>> from caopan.units.unit import Unit
    >>> Calibration(title=Text(zh="校准", en="Calibration"), unit=Unit.RATIO, n=40,
    ...             points=((0.1, 0.2), (0.9, 0.85))).summary(language="en")
    'Farthest from the diagonal: told 10.0%, came 20.0% (40 sessions).'
    """

    kind: ClassVar[str] = "calibration"
    points: tuple[tuple[float, float], ...]
    n: int

    def drawing(self, *, language: Language, key: str) -> Markup:  # noqa: ARG002
        """Return the diagonal and the curve with a dot a quantile."""
        x = Scale(low=0.0, high=1.0, start=START, end=END)
        y = Scale(low=0.0, high=1.0, start=HEIGHT - FOOT, end=TOP)
        grid = [svg.line((share(START), y.at(mark)), (share(END), y.at(mark)),
                         "grid" if mark else "axis") for mark in MARKS]
        names = [svg.words((share(START - 1), y.at(mark) + 4), _whole(mark), "t",
                           anchor="end") for mark in MARKS]
        feet = [svg.words((share(x.at(mark)), HEIGHT - 6), _whole(mark), "t",
                          anchor="middle") for mark in MARKS[1:]]
        curve = " ".join(f"{x.at(told) * INSIDE / 100:.1f},{y.at(came):.1f}"
                         for told, came in self.points)
        even = " ".join(f"{x.at(end) * INSIDE / 100:.1f},{y.at(end):.1f}" for end in (0.0, 1.0))
        inner = svg.tag("svg", svg.tag("polyline", points=even, class_="even"),
                        svg.tag("polyline", points=curve, class_="spark"),
                        viewBox=f"0 0 {INSIDE:.0f} {HEIGHT:.0f}", preserveAspectRatio="none",
                        width="100%", height=HEIGHT, class_="stretched")
        dots = [svg.tag("circle", svg.tag("title", str(escape(self._pair(told, came)))),
                        cx=share(x.at(told)), cy=y.at(came), r=3.5, class_="dot now")
                for told, came in self.points]
        return svg.strip(*grid, inner, *dots, *names, *feet, height=HEIGHT, kind="calibration",
                         title=self.title.plain(language))

    def twin(self, *, language: Language) -> Twin:
        """Return a row a quantile."""
        rows = tuple((_whole(told), number.percent(came))
                     for told, came in self.points)
        return Twin(columns=columns(_TOLD, _CAME, language=language), rows=rows)

    def summary(self, *, language: Language) -> str:
        """Say where what came is farthest from what was told."""
        if not self.points:
            return _NOTHING.plain(language)
        told, came = max(self.points, key=lambda pair: abs(pair[1] - pair[0]))
        return _FARTHEST.say(language, told=number.percent(told), came=number.percent(came),
                             n=self.n)

    def keys(self, *, language: Language) -> tuple[Key, ...]:
        """Name the curve and the diagonal."""
        return (Key(sign=Sign.ACTUAL, label=_CURVE.plain(language)),
                Key(sign=Sign.PLAN, label=_EVEN.plain(language)))

    def _pair(self, told: float, came: float) -> str:
        return f"{_whole(told)} → {number.percent(came)}"


def _whole(ratio: float) -> str:
    return f"{ratio * 100:.0f}%"


_TOLD = Text(zh="说的分位", en="Quantile told")
_CAME = Text(zh="实际落在下面的", en="Share below it")
_CURVE = Text(zh="实际落在分位下面的比例", en="share that came below")
_EVEN = Text(zh="说到做到", en="as told")
_NOTHING = Text(zh="还没有能比的场次。", en="No session to compare yet.")
_FARTHEST = Text(zh="离对角线最远处：说 {told}，实际 {came}（{n} 场）。",
                 en="Farthest from the diagonal: told {told}, came {came} ({n} sessions).")
