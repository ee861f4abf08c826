"""Growth plans side by side (方案对比): what each puts in, and how much more one brings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from caopan.plan.growth_misses import Misses
from caopan.plan.growth_path import Course, draws, ranged
from caopan.units.interval import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class PutIn:
    """What a plan puts in until a day (投入): sessions, hours, and spend in minor units.

    ``spend`` counts the sessions whose spend is said; ``unsaid`` is how many are as usual.
    """

    sessions: float
    hours: float
    spend: float
    unsaid: float


def put_in(days: Iterable[Iterable[tuple[float, float, int | None]]]) -> PutIn:
    """Return the sums of planned days, each of (sessions, hours a session, spend a session).

    >>> found = put_in([[(1.0, 3.0, 500)], [(0.5, 2.0, None)]])
    >>> found.sessions, found.hours, found.spend, found.unsaid
    (1.5, 4.0, 500.0, 0.5)
    """
    every = [one for each in days for one in each]
    return PutIn(sessions=sum(one[0] for one in every), hours=sum(one[0] * one[1] for one in every),
                 spend=float(sum(one[0] * one[2] for one in every if one[2] is not None)),
                 unsaid=sum(one[0] for one in every if one[2] is None))


def more(first: Course, other: Course, end: date, misses: Misses, *,
         level: float = 0.8) -> Interval | None:
    """Return how much more the other plan's month up to a day sells; None: not told.

    Both plans meet the same luck, draw by draw, so the range is that of the difference.

    >>> import numpy as np
    >>> from caopan.plan.growth_misses import Lead
    >>> from caopan.plan.growth_path import luck
    >>> seen = Misses(leads=(Lead(days=0, logs=np.linspace(-0.5, 0.5, 20), hosts=2),))
    >>> one, two = (Course(until=date(2026, 3, 1), sold=np.zeros(30), added=np.zeros((30, 1)),
    ...                    coming=np.full(30, sold), luck=luck(np.random.default_rng(1)))
    ...             for sold in (20.0, 22.0))
    >>> found = more(one, two, date(2026, 3, 31), seen)
    >>> found.low > 0, round(found.mid)
    (True, 60)
    """
    before, after = (draws(one, end, misses)[0] for one in (first, other))
    if not len(before) or not len(after):
        return None
    return ranged(after - before, level)
