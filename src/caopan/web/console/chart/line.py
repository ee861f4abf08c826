"""A line over days, months or minutes (走势线), drawn on the server at any width."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup, escape

from caopan.report import svg
from caopan.report.measure import width
from caopan.report.scale import Scale, ticks
from caopan.report.svg import share
from caopan.units.message import Language, Text
from caopan.web.console.chart.figure import Figure
from caopan.web.console.chart.twin import Twin, columns

HEIGHT, TOP, FOOT, INSIDE = 200.0, 14.0, 26.0, 1000.0
EDGE = 1.5
"""Share of the width kept free at both ends, so that the outer dots are whole."""
DOTTED, TOLD = 60, 400
"""Up to how many moments each is a dot, and each answers the pointer."""
LABELS, FEW, SMALL = 10, 8, 11.5
"""Up to how many moments each is named; of more, about how many; the size of their names."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Figure):
    """Values by the name of their moment, ascending; None breaks the line.

    ``counts``: how much stands behind each value, none where that is not told.

    >>> from caopan.units.unit import Unit
    >>> Line(title=Text(zh="在线", en="Online"), unit=Unit.PEOPLE, moment=Text(zh="分", en="min"),
    ...      values=(("0", 5), ("1", 9))).summary(language="zh")
    '从 0 的 5 到 1 的 9，最高 9，最低 5。'
    """

    kind: ClassVar[str] = "line"
    moment: Text
    values: tuple[tuple[str, float | None], ...]
    counts: tuple[int, ...] = ()
    ends: tuple[float, float] | None = None
    """The lowest and the highest value of all lines that stand beside this one."""

    def drawing(self, *, language: Language, key: str) -> Markup:  # noqa: ARG002
        """Return the line with its grid, its dots, and the names of some moments."""
        y = self._height()
        marks = ticks(y.low, y.high, about=3)
        labels = self.scaled(marks, language=language)
        side = max([20.0, *(width(label, size=SMALL) for label in labels)]) + 6
        x = _across(len(self.values))
        inner = svg.tag(
            "svg", *(svg.tag("polyline", points=run, class_="spark") for run in self._runs(x, y)),
            viewBox=f"0 0 {INSIDE:.0f} {HEIGHT:.0f}", preserveAspectRatio="none", width="100%",
            height=HEIGHT, class_="stretched")
        grid = [svg.line((0.0, y.at(mark)), ("100%", y.at(mark)), "grid") for mark in marks]
        foot = svg.line((0.0, HEIGHT - FOOT), ("100%", HEIGHT - FOOT), "axis")
        plot = svg.strip(*grid, foot, inner, *self._dots(x, y, language), *self._names(x),
                         height=HEIGHT, kind="line", title=self.title.plain(language))
        scale = svg.tag("svg", *(svg.words((0.0, y.at(mark) + 4), label, "t")
                                 for mark, label in zip(marks, labels, strict=True)),
                        width=side, height=HEIGHT, class_="ticks", aria_hidden="true")
        return Markup('<div class="line-plot">{}{}</div>').format(
            plot, Markup(scale))  # noqa: S704 - made of escaped parts

    def twin(self, *, language: Language) -> Twin:
        """Return a row a moment."""
        heads = columns(self.moment, self.title, *((_COUNT,) if self.counts else ()),
                        language=language)
        rows = tuple((name, self.said(value, language=language), *self._count(at))
                     for at, (name, value) in enumerate(self.values))
        return Twin(columns=heads, rows=rows)

    def summary(self, *, language: Language) -> str:
        """Say where the line begins and ends, and its highest and lowest value."""
        known = [(name, value) for name, value in self.values if value is not None]
        if not known:
            return _NONE.plain(language)
        sizes = [value for _, value in known]
        ends = {"first": known[0][0], "last": known[-1][0],
                "begin": self.said(known[0][1], language=language),
                "end": self.said(known[-1][1], language=language)}
        if len(known) == 1:
            return _ONE.say(language, **ends)
        return _SUMMARY.say(language, **ends, high=self.said(max(sizes), language=language),
                            low=self.said(min(sizes), language=language))

    def _height(self) -> Scale:
        """Return the scale upwards: from zero, unless all values stand far above it."""
        known = self.ends or [value for _, value in self.values if value is not None]
        low, high = min(known, default=0.0), max(known, default=1.0)
        room = (high - low) * 0.08 or abs(high) * 0.08 or 1.0
        floor = min(low - room, 0.0) if low < 0 else 0.0 if low <= high / 2 else low - room
        return Scale(low=floor, high=high + room, start=HEIGHT - FOOT, end=TOP)

    def _dots(self, x: Scale, y: Scale, language: Language) -> list[str]:
        """Return a dot a value, the last one larger, and places that answer the pointer."""
        known = [(at, value) for at, (_, value) in enumerate(self.values) if value is not None]
        shown = known if len(known) <= DOTTED else [
            one for one in known if one[0] == known[-1][0] or self._alone(one[0])]
        dots = [svg.tag("circle", cx=share(x.at(at)), cy=y.at(value), class_="dot now",
                        r=4.5 if at == known[-1][0] else 3.5) for at, value in shown]
        if len(self.values) > TOLD:
            return dots
        wide = (100.0 - 2 * EDGE) / max(len(self.values) - 1, 1)
        for at, value in known:
            name, counted = self.values[at][0], "".join(f" · n = {n}" for n in self._count(at))
            told = svg.tag("title", str(escape(
                f"{name} · {self.said(value, language=language)}{counted}")))
            left, right = (min(max(x.at(at) + side * wide / 2, 0.0), 100.0) for side in (-1, 1))
            dots.append(svg.tag("rect", told, x=share(left), y=0.0, width=share(right - left),
                                height=HEIGHT - FOOT, class_="press"))
        return dots

    def _names(self, x: Scale) -> list[str]:
        """Return the names of a few moments; every other one is left out on a phone."""
        names = short([name for name, _ in self.values])
        stride = 1 if len(names) <= LABELS else -(-len(names) // FEW)
        ends = {0: None, len(names) - 1: "end"} if len(names) > 1 else {}
        return [svg.words((share(x.at(at)), HEIGHT - 6), names[at],
                          "t roomy" if place % 2 else "t", anchor=ends.get(at, "middle"))
                for place, at in enumerate(range(0, len(names), stride))]

    def _alone(self, at: int) -> bool:
        """Return whether a value stands between two gaps."""
        beside = self.values[max(at - 1, 0):at] + self.values[at + 1:at + 2]
        return all(value is None for _, value in beside)

    def _count(self, at: int) -> tuple[str, ...]:
        return (f"{self.counts[at]:,}",) if self.counts else ()

    def _runs(self, x: Scale, y: Scale) -> list[str]:
        """Return the unbroken stretches of two values and more; a value alone is its dot."""
        runs: list[list[tuple[float, float]]] = [[]]
        for index, (_, value) in enumerate(self.values):
            if value is None:
                runs.append([])
            else:
                runs[-1].append((x.at(index) * INSIDE / 100, y.at(value)))
        return [" ".join(f"{at:.1f},{up:.1f}" for at, up in run) for run in runs if len(run) > 1]


def _across(count: int) -> Scale:
    """Return where moments stand, in shares of the width; one alone stands in the middle."""
    if count == 1:
        return Scale(low=-1.0, high=1.0)
    return Scale(low=0.0, high=float(count - 1), start=EDGE, end=100.0 - EDGE)


def short(names: list[str]) -> list[str]:
    """Return names of days without what they share: the year, else the century.

    >>> short(["2026-03-01", "2026-03-02"]), short(["2025-12", "2026-01"])
    (['03-01', '03-02'], ['2025-12', '2026-01'])
    >>> short(["2025-12-31", "2026-01-01"])
    ['25-12-31', '26-01-01']
    """
    days = all(_DAY.fullmatch(name) for name in names)
    if not days:
        return names
    cut = 5 if len({name[:4] for name in names}) == 1 else 2
    return [name[cut:] for name in names]


_COUNT = Text(zh="样本", en="n")
_NONE = Text(zh="没有能算的数。", en="No value can be computed.")
_ONE = Text(zh="只有 {last} 一个：{end}。", en="Only {last}: {end}.")
_SUMMARY = Text(zh="从 {first} 的 {begin} 到 {last} 的 {end}，最高 {high}，最低 {low}。",
                en="From {begin} at {first} to {end} at {last}; highest {high}, lowest {low}.")
