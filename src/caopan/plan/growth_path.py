"""The path of a growth plan (路径): a month's sales at every date, the chance of each gate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from scipy import special

from caopan.plan.growth_misses import MONTH, Misses
from caopan.stats.arrays import Floats
from caopan.units.interval import Interval

DRAWS = 1_000
WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What is known day by day and what is planned day by day (日程).

    ``sold``: shape (p,), minor units of each of the last days before ``until``, the last one just
    before it. ``coming``: shape (d,), the middle of what each planned day brings, from ``until``
    on. ``added``: shape (d, draws) or (d, 1), what spend beyond the usual brings on top.
    ``luck``: how the draws meet the misses, shape (draws,), uniform ranks in (0, 1); the same for
    plans that are compared.
    """

    until: date
    sold: Floats
    coming: Floats
    added: Floats
    luck: Floats

    def window(self, end: date) -> tuple[float, float, Floats, int]:
        """Return of the month up to a day: what is known, what is to come, added, its days."""
        ahead = (end - self.until).days
        known = min(max(MONTH - ahead, 0), MONTH)
        past = len(self.sold) + min(ahead, 0)
        before = float(self.sold[max(past - known, 0):max(past, 0)].sum()) if known else 0.0
        first, last = max(ahead - MONTH, 0), max(ahead, 0)
        return (before, float(self.coming[first:last].sum()),
                self.added[first:last].sum(axis=0), last - first)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """The sales of the thirty days before ``day``, minor units.

    ``month`` None where it cannot be told; ``n`` months of ``hosts`` hosts carry the range,
    0 where all of it is known. ``extrapolated``: further ahead than was ever seen.
    """

    day: date
    month: Interval | None
    known: float
    n: int = 0
    hosts: int = 0
    extrapolated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """How likely a target is reached by a date; ``range`` from how few months carry it."""

    day: date
    target: float
    chance: Interval | None
    n: int


def draws(course: Course, end: date, misses: Misses) -> tuple[Floats, Point]:
    """Return the drawn sales of the month up to a day, none where not told, and its point.

    A month of which only some days are to come has those scatter more, as fewer sessions do.
    """
    known, coming, added, days = course.window(end)
    point = Point(day=end, month=None, known=known)
    if not days:
        return np.full(1, known), point
    told = misses.at(float(max((end - course.until).days - MONTH, 0)))
    if told is None or not np.isfinite(coming):
        return np.zeros(0), point
    middle = float(np.median(told.logs))
    wide = middle + (told.logs - middle) * np.sqrt(MONTH / days)
    count = len(wide)
    with np.errstate(invalid="ignore"):  # a month without a sale is -inf
        drawn = np.exp(np.interp(course.luck * (count + 1), np.arange(1, count + 1), wide))
    total = known + np.maximum(coming * np.nan_to_num(drawn) + added, 0.0)
    return total, Point(day=end, month=None, known=known, n=told.n, hosts=told.hosts,
                        extrapolated=told.extrapolated)


def path(course: Course, days: Sequence[date], misses: Misses, *,
         level: float = 0.8) -> tuple[Point, ...]:
    """Return the month's sales up to each of some days.

    >>> from caopan.plan.growth_misses import Lead
    >>> seen = Misses(leads=(Lead(days=0, logs=np.zeros(20), hosts=2),))
    >>> course = Course(until=date(2026, 3, 1), sold=np.full(30, 10.0), coming=np.full(30, 20.0),
    ...                 added=np.zeros((30, 1)), luck=luck(np.random.default_rng(1)))
    >>> [one.month.mid for one in path(course, [date(2026, 3, 11), date(2026, 3, 31)], seen)]
    [400.0, 600.0]
    """
    found = []
    for day in days:
        total, point = draws(course, day, misses)
        found.append(point if not len(total) else Point(
            day=day, month=ranged(total, level), known=point.known, n=point.n, hosts=point.hosts,
            extrapolated=point.extrapolated))
    return tuple(found)


def chance(course: Course, end: date, target: float, misses: Misses, *,
           level: float = 0.8) -> Chance:
    """Return how likely the month up to a day reaches a target.

    The share of draws that reach it, in a range from how few months carry the draws (Jeffreys).

    >>> from caopan.plan.growth_misses import Lead
    >>> seen = Misses(leads=(Lead(days=0, logs=np.linspace(-1, 1, 20), hosts=2),))
    >>> course = Course(until=date(2026, 3, 1), sold=np.zeros(30), coming=np.full(30, 20.0),
    ...                 added=np.zeros((30, 1)), luck=luck(np.random.default_rng(1)))
    >>> found = chance(course, date(2026, 3, 31), 600.0, seen)
    >>> round(found.chance.low, 2), round(found.chance.mid, 2), round(found.chance.high, 2)
    (0.36, 0.5, 0.64)
    """
    total, point = draws(course, end, misses)
    if not len(total) or not point.n:
        certain = float(len(total) > 0 and total[0] >= target)
        held = None if not len(total) else Interval(low=certain, mid=certain, high=certain,
                                                    level=level)
        return Chance(day=end, target=target, chance=held, n=0)
    reached = float((total >= target).mean())
    above, below = reached * point.n + 0.5, (1.0 - reached) * point.n + 0.5
    low, high = (float(special.betaincinv(above, below, 0.5 + side * level / 2))
                 for side in (-1, 1))
    return Chance(day=end, target=target, n=point.n, chance=Interval(
        low=min(low, reached), mid=reached, high=max(high, reached), level=level))


def ranged(values: Floats, level: float) -> Interval:
    """Return the central range of draws.

    >>> ranged(np.array([1.0, 2.0, 3.0]), 0.8).mid
    2.0
    """
    low, mid, high = np.quantile(values, (0.5 - level / 2, 0.5, 0.5 + level / 2))
    return Interval(low=float(low), mid=float(mid), high=float(high), level=level)


def luck(rng: np.random.Generator) -> Floats:
    """Return ranks spread evenly over (0, 1) in a drawn order, shape (1000,).

    >>> round(float(luck(np.random.default_rng(1)).mean()), 3)
    0.5
    """
    return np.asarray(rng.permutation((np.arange(DRAWS) + 0.5) / DRAWS))


def every_week(start: date, end: date) -> list[date]:
    """Return a day a week from a day on, the last one included.

    >>> [one.day for one in every_week(date(2026, 3, 1), date(2026, 3, 10))]
    [1, 8, 10]
    """
    days = [start + timedelta(days=at) for at in range(0, (end - start).days + 1, WEEK)]
    return days if days and days[-1] == end else [*days, end]
