"""The two stretches of days that are compared, for every subject."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from caopan.diagnose.inputs import day_of, number_of
from caopan.stats.arrays import Bools, Ints
from caopan.units.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """Each subject's period ``[start, end)`` and the compared one, day numbers, shape (s,).

    ``early`` marks subjects whose data end well before the others': their period ends with their
    own last day. ``short`` marks those whose history is too short for the usual 28 days.
    ``silent`` marks subjects whose data end early too, but with too few sessions for a period of
    their own: the end of the common one is unknown of them, not without sessions. ``months`` marks
    those of whose sessions only the month is known: both stretches are whole calendar months.
    """

    start: Ints
    end: Ints
    compared_start: Ints
    compared_end: Ints
    early: Bools
    short: Bools
    silent: Bools
    months: Bools

    def period(self, subject: int) -> Period:
        """Return a subject's period."""
        return Period(start=day_of(self.start[subject]), end=day_of(self.end[subject]))

    def compared(self, subject: int) -> Period:
        """Return the period it is compared with."""
        return Period(start=day_of(self.compared_start[subject]),
                      end=day_of(self.compared_end[subject]))

    def side(self, subject: Ints, day: Ints) -> Ints:
        """Return 1 for rows in the period, 0 for rows in the compared one, -1 for the rest.

        >>> from datetime import date
        >>> asked = Period(start=date(2026, 3, 3), end=date(2026, 3, 5))
        >>> one = fixed(asked, None, subjects=1)
        >>> days = number_of(date(2026, 3, 1)) + np.array([0, 3, 4])
        >>> one.side(np.zeros(3, dtype=np.int64), days).tolist()
        [0, 1, -1]
        """
        now = (day >= self.start[subject]) & (day < self.end[subject])
        then = (day >= self.compared_start[subject]) & (day < self.compared_end[subject])
        return np.where(now, 1, np.where(then, 0, -1)).astype(np.int64)


def fixed(period: Period, compared: Period | None, *, subjects: int) -> Windows:
    """Return one asked-for period for all subjects; the compared one is the one just before.

    >>> from datetime import date
    >>> asked = fixed(Period(start=date(2026, 3, 15), end=date(2026, 3, 29)), None, subjects=2)
    >>> asked.compared(1).start
    datetime.date(2026, 3, 1)
    """
    other = compared or period.previous()
    ends = [np.full(subjects, number_of(day), dtype=np.int64)
            for day in (period.start, period.end, other.start, other.end)]
    nobody = np.zeros(subjects, dtype=np.bool_)
    return Windows(start=ends[0], end=ends[1], compared_start=ends[2], compared_end=ends[3],
                   early=nobody, short=nobody, silent=nobody, months=nobody)


def merged(parts: list[tuple[Windows, Ints]]) -> Windows:
    """Return the windows of subjects that were looked at apart, each part with its positions.

    >>> from datetime import date
    >>> one = fixed(Period(start=date(2026, 3, 2), end=date(2026, 3, 3)), None, subjects=1)
    >>> other = fixed(Period(start=date(2026, 4, 1), end=date(2026, 5, 1)), None, subjects=1)
    >>> merged([(one, np.array([1])), (other, np.array([0]))]).period(0).start
    datetime.date(2026, 4, 1)
    """
    places = np.concatenate([at for _, at in parts])
    order = np.argsort(places, kind="stable")
    return Windows(**{name.name: np.concatenate([getattr(made, name.name) for made, _ in parts])[
        order] for name in fields(Windows)})
