"""Maturity curves (成熟曲线): how much of the final amount is known after so many days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from caopan.units.message import Language, Text
from caopan.web.console.chart.figure import Figure
from caopan.web.console.chart.twin import Twin, columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One line of (days, value), ascending, from ``n`` sessions or orders."""

    name: Text
    n: int
    points: tuple[tuple[int, float | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Maturity(Figure):
    """Several lines over the same days; each ends where its data end.

    >>> from caopan.units.unit import Unit
    >>> chart = Maturity(title=Text(zh="到账", en="Settled"), unit=Unit.RATIO, curves=(
    ...     Curve(name=Text(zh="十月", en="October"), n=40, points=((0, 0.6), (7, 0.9))),))
    >>> chart.summary(language="en")
    'October (n = 40): 90.0% after 7 days.'
    """

    kind: ClassVar[str] = "maturity"
    curves: tuple[Curve, ...]

    def twin(self, *, language: Language) -> Twin:
        """Return a row a day, a column a line."""
        days = sorted({day for curve in self.curves for day, _ in curve.points})
        known = [dict(curve.points) for curve in self.curves]
        rows = tuple((str(day), *(self.said(values[day], language=language)
                                  if day in values else "" for values in known)) for day in days)
        names = [Text(zh=f"{curve.name.zh} (n = {curve.n:,})",
                      en=f"{curve.name.en} (n = {curve.n:,})") for curve in self.curves]
        return Twin(columns=columns(_DAYS, *names, language=language), rows=rows)

    def summary(self, *, language: Language) -> str:
        """Say where each line stands at its end."""
        parts = [_PART.say(language, name=curve.name.plain(language), n=f"{curve.n:,}",
                           day=curve.points[-1][0],
                           value=self.said(curve.points[-1][1], language=language))
                 for curve in self.curves if curve.points]
        ends = Text(zh="；|。", en="; |.").plain(language).split("|")
        return ends[0].join(parts) + ends[1] if parts else _NONE.plain(language)

    def data(self, *, language: Language) -> dict[str, object]:
        """Return the lines with their names and n."""
        return {"curves": [{"name": curve.name.plain(language), "n": curve.n,
                            "points": [list(point) for point in curve.points]}
                           for curve in self.curves],
                "words": {"days": _DAYS.plain(language)}}


_DAYS = Text(zh="天数", en="Days")
_PART = Text(zh="{name}（n = {n}）第 {day} 天 {value}",
             en="{name} (n = {n}): {value} after {day} days")
_NONE = Text(zh="还没有满一天的数据。", en="Nothing is a day old yet.")
