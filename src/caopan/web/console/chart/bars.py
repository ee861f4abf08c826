"""Ranked bars (排行): one value each on a shared axis that begins at zero."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from caopan.report import svg
from caopan.report.scale import Scale
from caopan.report.svg import share
from caopan.units import number
from caopan.units.message import Language, Text
from caopan.web.console.chart.figure import Figure
from caopan.web.console.chart.rows import Row, Rows, axis_of, axis_strip, marks_of
from caopan.web.console.chart.twin import Twin, columns

HEIGHT, THICK = 22.0, 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Someone or something with one value, None where it cannot be computed; ``n`` behind it."""

    name: str
    value: float | None
    n: int
    to: str = ""
    """Where its own page is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars(Figure):
    """Bars, the longest first and what is not known last; ``sorted_already`` keeps their order.

    ``most`` are drawn; the twin holds all.

    >>> from caopan.units.unit import Unit
    >>> bars = Bars(title=Text(zh="销量", en="Sold"), unit=Unit.COUNT, of=Text(zh="款", en="item"),
    ...             bars=(Bar(name="a", value=None, n=0), Bar(name="b", value=7, n=2)))
    >>> [one.name for one in bars.ranked], bars.summary(language="en")
    (['b', 'a'], 'Only b: 7.')
    """

    kind: ClassVar[str] = "bars"
    of: Text
    bars: tuple[Bar, ...]
    sorted_already: bool = False
    most: int = 20

    @property
    def ranked(self) -> tuple[Bar, ...]:
        """Return the bars in the order of the page."""
        if self.sorted_already:
            return self.bars
        return tuple(sorted(self.bars, key=lambda one: (
            one.value is None, -one.value if one.value is not None else math.inf, one.name)))

    def rows(self, *, language: Language) -> Rows:
        """Return a row each under one axis."""
        shown = self.ranked[:self.most]
        axis = axis_of([one.value for one in shown if one.value is not None], with_zero=True)
        marks = marks_of(axis)
        labels = dict(zip(marks, self.scaled(marks, language=language), strict=True))
        return Rows(axis=axis_strip(axis, labels=labels, title=self.title.plain(language)),
                    rows=tuple(self._row(one, axis, language) for one in shown))

    def twin(self, *, language: Language) -> Twin:
        """Return a row each."""
        rows = tuple((one.name, self.said(one.value, language=language), f"{one.n:,}")
                     for one in self.ranked)
        return Twin(columns=columns(self.of, self.title, _COUNT, language=language), rows=rows)

    def summary(self, *, language: Language) -> str:
        """Say the highest and the lowest, and how many are not drawn."""
        known = sorted((one.value, at) for at, one in enumerate(self.bars)
                       if one.value is not None)
        if not known:
            return _NONE.plain(language)
        high, low = self.bars[known[-1][1]], self.bars[known[0][1]]
        said = {"high": high.name, "most": self.said(high.value, language=language),
                "low": low.name, "least": self.said(low.value, language=language),
                "n": len(self.bars)}
        sentence = (_ONE if len(known) == 1 else _ENDS).say(language, **said)
        more = len(self.bars) - self.most
        return sentence + (_MORE.say(language, most=self.most, more=more) if more > 0 else "")

    def _row(self, one: Bar, axis: Scale, language: Language) -> Row:
        value = self.said(one.value, language=language)
        name = Markup('<a class="ac" href="{}">{}</a>').format(one.to, one.name) if one.to else (
            one.name)
        return Row(name=name, value=value, span=f"n = {one.n:,}",
                   tone="unknown" if one.value is None else "now",
                   bar=_bar(one, axis, f"{one.name} {value}"))


def _bar(one: Bar, axis: Scale, title: str) -> Markup:
    zero = axis.at(0.0)
    parts = [svg.line((share(zero), 0.0), (share(zero), HEIGHT), "axis")]
    if one.value is not None:
        end = axis.at(one.value)
        parts.append(svg.tag("rect", x=share(min(zero, end)), y=(HEIGHT - THICK) / 2, rx=2,
                             width=share(max(abs(end - zero), 0.3)), height=THICK,
                             class_="b now"))
    return svg.strip(*parts, height=HEIGHT, title=title)


_COUNT = Text(zh="样本", en="n")
_NONE = Text(zh=f"没有能算的数（都是 {number.MISSING}）。",
             en=f"No value can be computed (all are {number.MISSING}).")
_ONE = Text(zh="只有 {high} 有数：{most}。", en="Only {high}: {most}.")
_ENDS = Text(zh="{n} 个里最高的是 {high}，{most}；最低的是 {low}，{least}。",
             en="Of {n}, {high} is highest with {most} and {low} lowest with {least}.")
_MORE = Text(zh="图里画前 {most} 个，另外 {more} 个在表里。",
             en=" The chart shows the first {most}; {more} more stand in the table.")
