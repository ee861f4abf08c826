"""What a response is learnt from: sessions with their spend, and how the spend was decided."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from caopan.stats.arrays import Bools, Floats, Ints

CHOSEN = -1
"""The rung of a session whose spend somebody decided."""
DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """Sessions of all subjects (hosts), ordered by subject, then by start; every array (n,).

    ``subject``: ascending. ``start``: days since 1970-01-01. ``hours``: planned, or where no plan
    was kept those it lasted; NaN = not known. ``weekday``: 0-6. ``level``: 0 for a daily session,
    1 and 2 for larger ones (A, S). ``spend``: minor units, >= 0, no NaN. ``planned``: the spend
    planned beforehand, NaN = not kept. ``rung``: 0, 1 or 2 where a draw decided by what the spend
    was multiplied, ``CHOSEN`` where a person decided. ``sold``: minor units, >= 0, no NaN.
    """

    subject: Ints
    start: Floats
    hours: Floats
    weekday: Ints
    level: Ints
    spend: Floats
    planned: Floats
    rung: Ints
    sold: Floats
    names: tuple[str, ...] = field(default=())
    """The id of each subject."""

    def __len__(self) -> int:
        """Return the number of sessions."""
        return len(self.subject)

    @property
    def drawn(self) -> Bools:
        """Return which sessions' spend was decided by a draw."""
        return np.asarray(self.rung != CHOSEN)

    def of(self, kept: Bools) -> Spending:
        """Return some of the sessions, the subjects numbered anew from 0."""
        known, subject = np.unique(self.subject[kept], return_inverse=True)
        names = tuple(self.names[at] for at in known.tolist()) if self.names else ()
        return Spending(
            subject=subject.astype(np.int64), start=self.start[kept], hours=self.hours[kept],
            weekday=self.weekday[kept], level=self.level[kept], spend=self.spend[kept],
            planned=self.planned[kept], rung=self.rung[kept], sold=self.sold[kept], names=names)


def usual(values: Floats, group: Ints, counted: Bools) -> Floats:
    """Return the median of the counted values of each group; NaN for one without.

    >>> usual(np.array([1.0, 3.0, 9.0]), np.array([0, 0, 1]), np.array([True, True, False])
    ...       ).tolist()
    [2.0, nan]
    """
    found = np.full(int(group.max(initial=-1)) + 1, np.nan)
    for at in np.unique(group[counted]).tolist():
        found[at] = np.median(values[counted & (group == at)])
    return found
