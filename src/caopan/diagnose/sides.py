"""Two sides of every subject, summed and judged: the compared sessions and the period's."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from caopan.diagnose.inputs import Sessions
from caopan.diagnose.measure import Measure
from caopan.diagnose.measures import measure
from caopan.diagnose.readings import READINGS
from caopan.stats.arrays import Floats, Ints, divided, grouped_sum
from caopan.stats.contrast import Contrast, contrast
from caopan.stats.persistence import inflation, persistence
from caopan.stats.ratio_error import LogRatio, log_ratio


class Both(Protocol):
    """What a split reads of both sides, whatever the first one is."""

    @property
    def subjects(self) -> int:
        """Return how many subjects there are."""

    @property
    def measure(self) -> Measure:
        """Return what sales are counted in."""

    @property
    def count(self) -> Floats:
        """Return the number of sessions of both sides, shape (s, 2)."""

    def total(self, name: str) -> Floats:
        """Return the sum of a measure by side, shape (s, 2); NaN with any null."""

    def contrast(self, reading: str) -> Contrast:
        """Return the change of a reading from the first side to the second."""

    def together(self, first: str, second: str) -> Floats:
        """Return how the logs of two readings move together on each side, shape (s, 2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The sessions that count, each in the cell of its subject and side.

    ``rows``: shape (r,), positions in the sessions, ordered by cell, then time. ``cell``: shape
    (r,), twice the subject, plus one in the period. Ratios are worked out once and kept.
    """

    sessions: Sessions
    rows: Ints
    cell: Ints
    subjects: int
    _days: list[Ints] = field(default_factory=list)
    _columns: dict[str, Floats] = field(default_factory=dict)
    _totals: dict[str, Floats] = field(default_factory=dict)
    _ratios: dict[str, LogRatio] = field(default_factory=dict)
    _correlations: dict[str, float] = field(default_factory=dict)
    _contrasts: dict[str, Contrast] = field(default_factory=dict)

    @property
    def measure(self) -> Measure:
        """Return what sales are counted in."""
        return self.sessions.measure

    @property
    def sold(self) -> Floats:
        """Return what is known to be sold by subject and side, shape (s, 2); NaN = nothing is."""
        return self.known_total(self.measure.id)

    @property
    def count(self) -> Floats:
        """Return the number of sessions of each subject and side, shape (s, 2)."""
        return self.total("sessions")

    def column(self, name: str) -> Floats:
        """Return one measure of the rows, shape (r,)."""
        if name not in self._columns:
            self._columns[name] = measure(self.sessions, name)[self.rows]
        return self._columns[name]

    @property
    def day(self) -> Ints:
        """Return the day number of the rows, shape (r,)."""
        if not self._days:
            self._days.append(self.sessions.day[self.rows])
        return self._days[0]

    def total(self, name: str) -> Floats:
        """Return the sum of a measure by subject and side, shape (s, 2); NaN with any null."""
        if name not in self._totals:
            self._totals[name] = self._by_side(self.column(name))
        return self._totals[name]

    def known_total(self, name: str) -> Floats:
        """Return the sum of what is known of a measure, shape (s, 2); NaN where nothing is."""
        column = self.column(name)
        known = self._by_side(np.isfinite(column).astype(np.float64))
        return np.where(known > 0, self._by_side(np.nan_to_num(column)), np.nan)

    def ratio(self, reading: str) -> LogRatio:
        """Return the log ratio of a reading in every cell, arrays of shape (2s,)."""
        if reading not in self._ratios:
            known = READINGS[reading]
            self._ratios[reading] = log_ratio(
                self.column(known.numerator), self.column(known.denominator), self.cell,
                2 * self.subjects, events=known.events)
        return self._ratios[reading]

    def contrast(self, reading: str) -> Contrast:
        """Return the change of a reading from the compared side to the period, shape (s,)."""
        if reading not in self._contrasts:
            made = self.ratio(reading)
            self._contrasts[reading] = contrast(
                one_side(made, 0), one_side(made, 1), correlation=self.correlation(reading))
        return self._contrasts[reading]

    def correlation(self, reading: str) -> float:
        """Return how much a session's reading resembles that of the one before."""
        if reading not in self._correlations:
            influence = self.ratio(reading).influence
            self._correlations[reading] = persistence(influence, self.cell, 2 * self.subjects)
        return self._correlations[reading]

    def together(self, first: str, second: str) -> Floats:
        """Return how the logs of two readings move together on each side, shape (s, 2)."""
        product = self.ratio(first).influence * self.ratio(second).influence
        loose = inflation(self.correlation(first), self.count)
        return divided(self._by_side(product) * loose, self.count * (self.count - 1.0))

    def value(self, reading: str, side: int) -> Floats:
        """Return a reading of one side, shape (s,); a zero is a zero, NaN cannot be computed."""
        known = READINGS[reading]
        top, bottom = self.column(known.numerator), self.column(known.denominator)
        both = np.isfinite(top) & np.isfinite(bottom)
        above = self._by_side(np.where(both, top, 0.0))[:, side]
        below = self._by_side(np.where(both, bottom, 0.0))[:, side]
        out = np.full(self.subjects, np.nan)
        np.divide(above * known.per, below, out=out, where=below > 0)
        return out

    def release(self) -> None:
        """Drop what was kept for the next question; asked again, it is worked out again."""
        for kept in (self._columns, self._totals, self._contrasts):
            kept.clear()

    def _by_side(self, values: Floats) -> Floats:
        return grouped_sum(values, self.cell, 2 * self.subjects).reshape(-1, 2)


def sides(sessions: Sessions, side: Ints, *, subjects: int) -> Sides:
    """Return the two sides of every subject.

    Args:
        sessions: all sessions.
        side: shape (n,), 1 in the period, 0 in the compared one, -1 in neither or set apart.
        subjects: how many subjects there are.

    >>> from caopan.diagnose.inputs import sessions as made
    >>> rows = made(subject=[0, 0, 0], session_id=["a", "b", "c"], columns={"gmv": [1, 2, 4]},
    ...             started_at=["2026-03-01", "2026-03-02", "2026-03-03"])
    >>> sides(rows, np.array([0, 1, 1]), subjects=1).total("gmv").tolist()
    [[1.0, 6.0]]
    """
    rows = np.flatnonzero(side >= 0)
    cell = 2 * sessions.subject[rows] + side[rows]
    order = np.argsort(cell, kind="stable")
    return Sides(sessions=sessions, rows=rows[order], cell=cell[order], subjects=subjects)


def one_side(made: LogRatio, side: int) -> LogRatio:
    """Return the cells of one side, arrays of shape (s,).

    >>> both = LogRatio(log=np.array([1.0, 2.0]), scatter=np.zeros(2), floor=np.zeros(2),
    ...                 count=np.zeros(2), excess=np.zeros(2), influence=np.zeros(0))
    >>> one_side(both, 1).log.tolist()
    [2.0]
    """
    return LogRatio(log=made.log[side::2], scatter=made.scatter[side::2],
                    floor=made.floor[side::2], count=made.count[side::2],
                    excess=made.excess[side::2], influence=made.influence)
