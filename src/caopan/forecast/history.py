"""What a forecast learns from: the sessions of everyone, what was planned and what they sold.

Sessions to come stand behind the known ones of their subject: they have a plan and no outcome.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.stats.arrays import Bools, Floats, Ints, grouped_sum

DAY_HOURS = 24.0
SINGLE = 1
"""A show of one product (单品专场) sells nothing like the others of its host."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Sessions of all subjects (hosts), ordered by subject, then by start.

    ``subject``: shape (n,), ascending. ``start``: shape (n,), days since 1970-01-01. ``hours``:
    shape (n,), the hours planned, or where no plan was kept those it lasted; NaN = not known.
    ``sold``: shape (n,), the outcome in its own unit (money in minor units), >= 0; NaN only for
    sessions to come, which stand behind the known ones of their subject. ``lasted``: shape (n,),
    the hours it lasted; None where they are not known apart from ``hours``. ``products``: shape
    (n,), how many products were planned, else shown; NaN = not known, None where nobody knows.
    ``kept``: shape (n,), whether ``hours`` are those of a plan; None: of no session. ``spend``:
    shape (n,), the planned spend in minor units, and ``grade``, the level (S 2, A 1, B 0); NaN =
    not known.
    """

    subject: Ints
    start: Floats
    hours: Floats
    sold: Floats
    lasted: Floats | None = None
    products: Floats | None = None
    kept: Bools | None = None
    spend: Floats | None = None
    grade: Floats | None = None

    def __len__(self) -> int:
        """Return the number of sessions."""
        return len(self.subject)

    @property
    def end(self) -> Floats:
        """Return when each session is known, days since 1970-01-01, shape (n,)."""
        return self.start + np.nan_to_num(self.ran) / DAY_HOURS

    @property
    def ran(self) -> Floats:
        """Return the hours each lasted, as far as known those that happened, shape (n,)."""
        if self.lasted is None:
            return self.hours
        return np.where(np.isfinite(self.lasted), self.lasted, self.hours)

    @property
    def to_come(self) -> Bools:
        """Return which sessions have no outcome yet, shape (n,)."""
        return np.asarray(np.isnan(self.sold))

    @property
    def single(self) -> Bools:
        """Return which are shows of one product, shape (n,)."""
        if self.products is None:
            return np.zeros(len(self), dtype=np.bool_)
        return np.asarray(self.products == SINGLE)

    def where(self, mine: Bools) -> History:
        """Return the sessions of a mask, in their order.

        >>> made = History(subject=np.array([0, 1]), start=np.array([1.0, 2.0]),
        ...                hours=np.ones(2), sold=np.ones(2))
        >>> made.where(made.start > 1.0).subject.tolist()
        [1]
        """
        def kept(values: Floats | None) -> Floats | None:
            return None if values is None else values[mine]

        return History(
            subject=self.subject[mine], start=self.start[mine], hours=self.hours[mine],
            sold=self.sold[mine], lasted=kept(self.lasted), products=kept(self.products),
            kept=None if self.kept is None else self.kept[mine], spend=kept(self.spend),
            grade=kept(self.grade))

    def earlier(self) -> Ints:
        """Return how many known sessions its subject had before each one, shape (n,).

        >>> made = History(subject=np.array([0, 0, 1]), start=np.array([1.0, 2.0, 1.0]),
        ...                hours=np.ones(3), sold=np.ones(3))
        >>> made.earlier().tolist()
        [0, 1, 0]
        """
        return self._after() - np.searchsorted(self.subject, self.subject, side="left")

    def lately(self, values: Floats, most: int, *, like: Ints | None = None) -> Floats:
        """Return the values of each session's last known sessions before it, the latest first.

        Shape (n, most); NaN where there are not so many. With ``like``, shape (n,), only sessions
        of the same class count.

        >>> made = History(subject=np.array([0, 0, 1]), start=np.array([1.0, 2.0, 1.0]),
        ...                hours=np.ones(3), sold=np.array([5.0, 6.0, 7.0]))
        >>> made.lately(made.sold, 1).ravel().tolist()
        [nan, 5.0, nan]
        """
        if like is not None:
            return self._alike(values, most, like)
        back = np.arange(1, most + 1)
        place = self._after()[:, None] - back
        there = back <= self.earlier()[:, None]
        return np.where(there, values[np.maximum(place, 0)], np.nan)

    def usual(self, most: int) -> float:
        """Return the median of the first sessions that sold something: a size to measure by.

        What came later is not asked, so that it tells nothing of an earlier session. 1.0 where
        nothing was sold.

        >>> History(subject=np.zeros(3, dtype=np.int64), start=np.arange(3.0), hours=np.ones(3),
        ...         sold=np.array([0.0, 4.0, 9.0])).usual(1)
        4.0
        """
        sold = np.flatnonzero(self.sold > 0)
        first = sold[np.argsort(self.end[sold], kind="stable")][:most]
        return float(np.median(self.sold[first])) if len(first) else 1.0

    def _after(self) -> Ints:
        """Return the place behind the last session that counts as known before each one."""
        at = np.arange(len(self), dtype=np.int64)
        if not self.to_come.any():
            return at
        known = grouped_sum(~self.to_come, self.subject, int(self.subject[-1]) + 1)
        first = np.searchsorted(self.subject, self.subject, side="left")
        return np.minimum(at, first + known[self.subject].astype(np.int64))

    def _alike(self, values: Floats, most: int, like: Ints) -> Floats:
        order = np.lexsort((np.arange(len(self)), like, self.subject))
        _, apart = np.unique(np.stack([self.subject, like]), axis=1, return_inverse=True)
        sorted_ = History(subject=apart.ravel()[order].astype(np.int64), start=self.start[order],
                          hours=self.hours[order], sold=self.sold[order])
        found = np.empty((len(self), most))
        found[order] = sorted_.lately(values[order], most)
        return found
