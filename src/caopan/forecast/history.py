"""What a forecast learns from: the sessions of everyone, what was planned and what they sold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.stats.arrays import Floats, Ints

DAY_HOURS = 24.0


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Sessions of all subjects (hosts), ordered by subject, then by start.

    ``subject``: shape (n,), ascending. ``start``: shape (n,), days since 1970-01-01. ``hours``:
    shape (n,), the hours planned, or where no plan was kept those it lasted; NaN = not known.
    ``sold``: shape (n,), the outcome in its own unit (money in minor units), >= 0, no NaN.
    """

    subject: Ints
    start: Floats
    hours: Floats
    sold: Floats

    def __len__(self) -> int:
        """Return the number of sessions."""
        return len(self.subject)

    @property
    def end(self) -> Floats:
        """Return when each session is known, days since 1970-01-01, shape (n,)."""
        return self.start + np.nan_to_num(self.hours) / DAY_HOURS

    def earlier(self) -> Ints:
        """Return how many sessions its subject had before each one, shape (n,).

        >>> made = History(subject=np.array([0, 0, 1]), start=np.array([1.0, 2.0, 1.0]),
        ...                hours=np.ones(3), sold=np.ones(3))
        >>> made.earlier().tolist()
        [0, 1, 0]
        """
        first = np.searchsorted(self.subject, self.subject, side="left")
        return np.arange(len(self), dtype=np.int64) - first

    def lately(self, values: Floats, most: int) -> Floats:
        """Return the values of each session's last sessions before it, the latest first.

        Shape (n, most); NaN where there are not so many.

        >>> made = History(subject=np.array([0, 0, 1]), start=np.array([1.0, 2.0, 1.0]),
        ...                hours=np.ones(3), sold=np.array([5.0, 6.0, 7.0]))
        >>> made.lately(made.sold, 1).ravel().tolist()
        [nan, 5.0, nan]
        """
        back = np.arange(1, most + 1)
        place = np.arange(len(self))[:, None] - back
        there = back <= self.earlier()[:, None]
        return np.where(there, values[np.maximum(place, 0)], np.nan)
