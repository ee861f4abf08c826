"""Where the bars of a decomposition stand: running levels, whisker ends and the axis."""

from __future__ import annotations

from dataclasses import dataclass

from caopan.diagnose.diagnosis import Change, Factor
from caopan.report.scale import ticks
from caopan.units.unit import Unit

BREAK_ABOVE = 0.35
"""The axis may start above zero where the lowest level is above this share of the highest."""
HEADROOM = 0.06
WHISKERS = 0.8
"""Whiskers reach at most this share of the bars' span beyond the bars; longer ones are cut."""
LARGEST, COST = 2, 0.5
"""The whiskers of so many largest factors fit, where they cost less than this share of height."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """One end of a waterfall: a whole number of minor units (or of units), its name, a note."""

    minor: int
    name: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """Two totals and the factors that lead from one to the other, in the order of their bars."""

    before: Total
    after: Total
    factors: tuple[Factor, ...]
    unit: Unit = Unit.MONEY
    """What the totals and the amounts are in: minor units of money, or units."""

    @property
    def levels(self) -> Levels:
        """Return where its bars stand."""
        return running_levels(self.before.minor, self.after.minor, factors=self.factors,
                              parts=self.unit.parts)

    @property
    def left_over(self) -> int:
        """Return the minor units that the factors do not explain: 0 where they add up."""
        explained = sum(factor.amount for factor in self.factors)
        return self.after.minor - self.before.minor - explained


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One factor's bar from one running level to the next, in what people read: yuan, or units.

    ``low`` and ``high`` are the whisker's ends, None where the factor has no interval.
    """

    factor: Factor
    start: float
    end: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """All bars of one decomposition and the axis that holds them, in what people read."""

    before: float
    after: float
    steps: tuple[Step, ...]
    low: float
    high: float

    @property
    def broken(self) -> bool:
        """Return whether the axis starts above zero, so that total bars show a break."""
        return self.low > 0

    @property
    def cut(self) -> bool:
        """Return whether a whisker is longer than the drawing."""
        return any(end is not None and not self.low <= end <= self.high
                   for step in self.steps for end in (step.low, step.high))

    @property
    def ticks(self) -> tuple[float, ...]:
        """Return round values inside the axis."""
        marks = ticks(self.low, self.high, about=4)
        return tuple(mark for mark in marks if mark > self.low or not self.broken)


def levels(change: Change) -> Levels:
    """Return the running levels of a decomposition, before on the left, after on the right.

    >>> from datetime import date
    >>> from caopan.units.message import Text
    >>> from caopan.units.period import Period
    >>> period = Period(start=date(2026, 3, 2), end=date(2026, 3, 3))
    >>> found = levels(Change(
    ...     identity="x", formula=Text(zh="", en=""), period=period,
    ...     compared_period=period.previous(), before=100_00, after=90_00, n_before=3, n_after=3,
    ...     interval=None, method="lmdi", factors=()))
    >>> found.low > 0, found.high > 100
    (True, True)
    """
    return running_levels(change.before, change.after, factors=change.factors,
                          parts=change.unit.parts)


def running_levels(first: int, last: int, *, factors: tuple[Factor, ...],
                   parts: int = Unit.MONEY.parts) -> Levels:
    """Return the running levels between two totals of so many ``parts`` each, as money has 100.

    >>> running_levels(100_00, 90_00, factors=()).after
    90.0
    """
    before, after = first / parts, last / parts
    running, steps = before, []
    for factor in factors:
        step = _step(factor, running, parts)
        steps.append(step)
        running = step.end
    low, high = _axis(*_reach([before, after, *(step.end for step in steps)], steps))
    return Levels(before=before, after=after, steps=tuple(steps), low=low, high=high)


def _step(factor: Factor, start: float, parts: int) -> Step:
    end = start + factor.amount / parts
    if factor.interval is None:
        return Step(factor=factor, start=start, end=end, low=None, high=None)
    return Step(factor=factor, start=start, end=end, low=start + factor.interval.low / parts,
                high=start + factor.interval.high / parts)


def _reach(places: list[float], steps: list[Step]) -> tuple[float, float]:
    """Return the ends of what is drawn; one wild whisker does not flatten all bars."""
    low, high = min(places), max(places)
    most = (high - low) * WHISKERS
    ends = _ends(steps)
    reach = (max(min([low, *ends]), low - most), min(max([high, *ends]), high + most))
    largest = _ends(sorted(steps, key=lambda step: -abs(step.factor.amount))[:LARGEST])
    whole = min([reach[0], *largest]), max([reach[1], *largest])
    return whole if _size(low, high) > (1.0 - COST) * _size(*whole) else reach


def _ends(steps: list[Step]) -> list[float]:
    return [end for step in steps for end in (step.low, step.high) if end is not None]


def _size(lowest: float, highest: float) -> float:
    low, high = _axis(lowest, highest)
    return high - low


def _axis(lowest: float, highest: float) -> tuple[float, float]:
    lowest, highest = (lowest, highest) if highest > lowest else (min(lowest, 0.0), lowest + 1.0)
    if lowest <= BREAK_ABOVE * highest:
        low, high = min(lowest, 0.0), max(highest, 0.0)
        room = (high - low) * HEADROOM
        return low - (room if low < 0 else 0.0), high + (room if high > 0 else 0.0)
    room = (highest - lowest) * HEADROOM
    marks = ticks(lowest - (highest - lowest) * 0.3, lowest - room, about=3)
    return (marks[-1] if marks else lowest - room), highest + room
