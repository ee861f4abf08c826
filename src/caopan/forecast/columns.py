"""The columns that models learn from: the plan of a session, and what was known before it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.forecast.history import History
from caopan.forecast.rules import LATELY, median_lately, median_of, rate_and_hours
from caopan.stats.arrays import Bools, Floats

ZONE_DAYS = 8.0 / 24.0
"""The business day is that of Asia/Shanghai."""
THURSDAY = 3
"""The first of January 1970 was a Thursday: weekday 3, counted from Monday."""
WEEKEND = (5, 6)
LONGEST_GAP = 10.0
SAME = 1e-9
"""A column that differs less than this between sessions says nothing."""


def plan_columns(history: History) -> Floats:
    """Return the plan of each session, shape (n, k); NaN = not said.

    Hours and products in logarithms, whether spend is planned and its logarithm, the level, the
    hour of the day on its circle, and whether it is the weekend.

    >>> made = History(subject=np.array([0]), start=np.array([0.0]), hours=np.ones(1),
    ...                sold=np.ones(1))
    >>> plan_columns(made).shape
    (1, 10)
    """
    clock = (history.start + ZONE_DAYS) % 1.0 * 2.0 * np.pi
    day = (np.floor(history.start + ZONE_DAYS) + THURSDAY) % 7
    hours = _log(history.hours)
    return np.column_stack([
        hours, hours**2, _log(_known(history, history.products)),
        np.log1p(_known(history, history.spend)), _known(history, history.grade),
        np.sin(clock), np.cos(clock), np.sin(2.0 * clock), np.cos(2.0 * clock),
        np.isin(day, WEEKEND).astype(np.float64)])


def known_columns(history: History, floor: float) -> Floats:
    """Return the plan of each session beside what its subject did before, shape (n, k).

    Args:
        history: all sessions.
        floor: added to amounts before their logarithm is taken.

    >>> made = History(subject=np.array([0, 0]), start=np.arange(2.0), hours=np.ones(2),
    ...                sold=np.ones(2))
    >>> known_columns(made, 1.0).shape
    (2, 20)
    """
    habit = np.log(median_lately(history) + floor)
    lately = np.log(history.lately(history.sold, LATELY) + floor)
    seen = np.isfinite(lately)
    count = np.maximum(seen.sum(axis=1), 1)
    mean = np.where(seen, lately, 0.0).sum(axis=1) / count
    apart = np.sqrt(np.where(seen, (lately - mean[:, None])**2, 0.0).sum(axis=1) / count)
    products = _known(history, history.products)
    gap = history.start - history.lately(history.start, 1)[:, 0]
    return np.column_stack([
        plan_columns(history), (np.floor(history.start + ZONE_DAYS) + THURSDAY) % 7,
        _log(history.hours) - _log(median_of(history.lately(history.ran, LATELY))),
        _log(products) - _log(median_of(history.lately(products, LATELY))),
        np.log1p(history.earlier()), np.minimum(gap, LONGEST_GAP),
        np.log(rate_and_hours(history) + floor) - habit, lately[:, 0] - habit, mean - habit,
        apart, habit])


def standardised(columns: Floats, known: Bools) -> Floats:
    """Return columns with mean 0 and deviation 1 over the known rows; what is not known is 0.

    A column that nobody knows, or that is the same of everyone, is 0 throughout.

    >>> standardised(np.array([[1.0], [3.0], [np.nan]]), np.ones(3, dtype=np.bool_)).ravel()
    array([-1.,  1.,  0.])
    """
    return scale_of(columns, known).applied(columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The mean and the deviation of columns, each shape (k,); infinite where they say nothing."""

    mean: Floats
    spread: Floats

    def applied(self, columns: Floats) -> Floats:
        """Return columns on this scale, shape (n, k); what is not known is 0."""
        scaled = (columns - self.mean) / self.spread
        return np.where(np.isfinite(scaled), scaled, 0.0)


def scale_of(columns: Floats, known: Bools) -> Scale:
    """Return the scale of columns over the known rows.

    >>> scale_of(np.array([[1.0], [3.0]]), np.ones(2, dtype=np.bool_)).mean.tolist()
    [2.0]
    """
    there = np.isfinite(columns) & known[:, None]
    count = np.maximum(there.sum(axis=0), 1)
    mean = np.where(there, columns, 0.0).sum(axis=0) / count
    spread = np.sqrt(np.where(there, (columns - mean)**2, 0.0).sum(axis=0) / count)
    return Scale(mean=mean, spread=np.where(spread > SAME, spread, np.inf))


def _known(history: History, values: Floats | None) -> Floats:
    return np.full(len(history), np.nan) if values is None else values


def _log(values: Floats) -> Floats:
    return np.log(np.where(values > 0, values, np.nan))
