"""Interval dots (区间点图): a leaderboard that is sorted by what is certain."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from caopan.report import svg
from caopan.report.scale import Scale
from caopan.units import number
from caopan.units.interval import Interval
from caopan.units.message import Language, Text
from caopan.web.console.chart.figure import Figure
from caopan.web.console.chart.rows import (
    HEIGHT,
    Row,
    Rows,
    axis_of,
    axis_strip,
    dot_bar,
    marks_of,
)
from caopan.web.console.chart.twin import Twin, columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """Someone or something with an estimate; ``enough`` is whether n allows a rank (样本够)."""

    name: str
    estimate: Interval | None
    n: int
    enough: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalDots(Figure):
    """Rows on one axis, the highest lower bound first, those with too small a sample last.

    >>> from caopan.units.unit import Unit
    >>> bold = Ranked(name="bold", estimate=Interval(low=1, mid=9, high=20, level=0.8), n=3,
    ...               enough=True)
    >>> sure = Ranked(name="sure", estimate=Interval(low=6, mid=7, high=8, level=0.8), n=90,
    ...               enough=True)
    >>> [one.name for one in IntervalDots(title=Text(zh="榜", en="Board"), unit=Unit.COUNT,
    ...                                   ranked=(bold, sure)).sorted]
    ['sure', 'bold']
    """

    kind: ClassVar[str] = "dots"
    ranked: tuple[Ranked, ...]

    @property
    def sorted(self) -> tuple[Ranked, ...]:
        """Return the rows in the order of their rank."""
        return tuple(sorted(self.ranked, key=lambda one: (
            not one.enough, -one.estimate.low if one.estimate else math.inf, one.name)))

    def rows(self, *, language: Language) -> Rows:
        """Return a row each under one axis."""
        known = [one.estimate for one in self.ranked if one.estimate]
        axis = axis_of([end for one in known for end in (one.low, one.high)], with_zero=False)
        marks = marks_of(axis)
        labels = dict(zip(marks, self.scaled(marks, language=language), strict=True))
        return Rows(axis=axis_strip(axis, labels=labels, title=self.title.plain(language)),
                    rows=tuple(self._row(one, axis, language) for one in self.sorted))

    def twin(self, *, language: Language) -> Twin:
        """Return a row each with rank, estimate, range and n."""
        rows = tuple((one.name, str(rank) if one.enough else number.MISSING,
                      self.middle(one.estimate, language=language),
                      self.ranged(one.estimate, language=language), f"{one.n:,}",
                      "" if one.enough else _SMALL.plain(language))
                     for rank, one in enumerate(self.sorted, start=1))
        return Twin(columns=columns(_NAME, _RANK, self.title, _RANGE, _SAMPLE, _NOTE,
                                    language=language), rows=rows)

    def summary(self, *, language: Language) -> str:
        """Say who leads by the lower bound, and how many have too small a sample."""
        first = next((one for one in self.sorted if one.enough and one.estimate), None)
        small = sum(not one.enough for one in self.ranked)
        if first is None:
            return _NOBODY.say(language, small=small)
        return _FIRST.say(language, name=first.name, n=len(self.ranked), small=small,
                          range=self.ranged(first.estimate, language=language))

    def _row(self, one: Ranked, axis: Scale, language: Language) -> Row:
        span = self.ranged(one.estimate, language=language)
        note = f"n = {one.n:,}" if one.enough else f"n = {one.n:,} · {_SMALL.plain(language)}"
        kind = "now" if one.enough else "unknown"
        value = self.middle(one.estimate, language=language)
        return Row(name=one.name, note=note, value=value, span=span, tone=kind,
                   bar=_bar(one, axis, kind, f"{one.name} {value} {span}"))


def _bar(one: Ranked, axis: Scale, kind: str, title: str) -> Markup:
    if one.estimate is None:
        return svg.strip(height=HEIGHT, title=title)
    found = one.estimate
    return dot_bar(found.mid, (found.low, found.high), axis=axis, kind=kind, title=title)


_NAME = Text(zh="名称", en="Name")
_RANK = Text(zh="名次", en="Rank")
_RANGE = Text(zh="区间", en="Interval")
_SAMPLE = Text(zh="样本", en="Sample")
_NOTE = Text(zh="说明", en="Note")
_SMALL = Text(zh="样本不足", en="sample too small")
_FIRST = Text(zh="{n} 个里按区间下限排第一的是 {name}，{range}；样本不足 {small} 个。",
              en="{name} leads {n} by the lower bound with {range}; {small} with too small "
                 "a sample.")
_NOBODY = Text(zh="还排不出名次：{small} 个样本不足。",
               en="No ranking yet: {small} with too small a sample.")
