"""Sessions as dots (每点一场): one reading of every session, and the level of each period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from caopan.report import svg
from caopan.report.dates import day as said_day
from caopan.report.measure import width
from caopan.report.scale import Scale, ticks
from caopan.report.words import Words
from caopan.units import number
from caopan.units.unit import Unit

WIDTH, TOP, BOTTOM, HEIGHT = 380.0, 14.0, 132.0, 158.0
SMALL, DOT, EDGE = 11.5, 3.5, 12.0
GROUND = 0.06
"""Share of the span kept free above and below the dots."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One session: its day, its side (1 = the period), its reading, and whether it counts."""

    day: date
    side: int
    value: float
    counts: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the dots are read in, and the level of both sides (a ratio of sums; None = unknown)."""

    name: str
    unit: Unit
    currency: str
    levels: tuple[float | None, float | None]

    def said(self, value: float | None, words: Words) -> str:
        """Return a value in the reading's unit."""
        return number.value(value, unit=self.unit, currency=self.currency, language=words.language)


def session_dots(
    dots: Sequence[Dot], reading: Reading, *, key: str, words: Words,
) -> Markup | None:
    """Return the drawing, in the order of the sessions; None without a session that has a value.

    The compared period stands on the left in grey, the period on the right; a session that was
    set apart is hollow. The line across a side is its ratio of sums, not the mean of the dots.

    >>> session_dots((), Reading(name="aov", unit=Unit.MONEY, currency="CNY", levels=(None, None)),
    ...              key="d", words=Words(language="en")) is None
    True
    """
    if not dots:
        return None
    axis = _axis(dots, reading)
    marks = ticks(axis.low, axis.high, about=3)
    labels = [reading.said(mark, words) for mark in marks]
    right = WIDTH - max([24.0, *(width(label, size=SMALL) for label in labels)]) - 8
    ordered = sorted(dots, key=lambda dot: (dot.side, dot.day))
    across = Scale(low=0.0, high=float(max(len(ordered) - 1, 1)), start=EDGE, end=right - EDGE)
    before = sum(1 for dot in ordered if dot.side == 0)
    parts = [svg.line((0.0, axis.at(mark)), (right, axis.at(mark)), "grid")
             + svg.words((WIDTH, axis.at(mark) + 4), label, "t small", anchor="end")
             for mark, label in zip(marks, labels, strict=True)]
    for side, (first, last) in enumerate(((0, before - 1), (before, len(ordered) - 1))):
        if first <= last:
            parts.append(_side(side, across.at(first), across.at(last), axis, reading, words))
    if 0 < before < len(ordered):
        middle = across.at(before - 0.5)
        parts.append(svg.line((middle, TOP - 8), (middle, BOTTOM), "link"))
    parts += [_dot(dot, across.at(at), axis) for at, dot in enumerate(ordered)]
    said = [f"{words(f'fall.{side}')} {reading.said(level, words)}"
            for side, level in zip(("before", "after"), reading.levels, strict=True)]
    return svg.drawing(*parts, width=WIDTH, height=HEIGHT, key=key, kind="dots",
                       title=words("dots.title", name=reading.name, n=len(ordered)),
                       summary=words("semicolon").join(
                           [*said, said_day(ordered[0].day, language=words.language)
                            + "–" + said_day(ordered[-1].day, language=words.language)]))


def _axis(dots: Sequence[Dot], reading: Reading) -> Scale:
    known = [level for level in reading.levels if level is not None]
    shown = [*(dot.value for dot in dots), *known]
    low, high = min(shown), max(shown)
    room = (high - low) * GROUND or abs(high) * GROUND or 1.0
    floor = max(low - room, 0.0) if low >= 0 else low - room
    return Scale(low=floor, high=high + room, start=BOTTOM, end=TOP)


def _side(
    side: int, first: float, last: float, axis: Scale, reading: Reading, words: Words,
) -> str:
    level = reading.levels[side]
    name = words("fall.after" if side else "fall.before")
    anchor = "end" if side else "start"
    said = svg.words((last + 8 if side else first - 8, BOTTOM + 18),
                     f"{name} {reading.said(level, words)}",
                     "t small now" if side else "t small", anchor=anchor)
    if level is None:
        return said
    return svg.line((first - 8, axis.at(level)), (last + 8, axis.at(level)),
                    "level now" if side else "level") + said


def _dot(dot: Dot, x: float, axis: Scale) -> str:
    kind = "dot now" if dot.side else "dot plan"
    return svg.tag("circle", cx=x, cy=axis.at(dot.value), r=DOT,
                   class_=kind if dot.counts else f"{kind} apart")
