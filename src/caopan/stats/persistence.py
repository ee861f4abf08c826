"""How much one cluster resembles the one before it, and what that does to a standard error."""

from __future__ import annotations

import numpy as np

from caopan.stats.arrays import Floats, Ints, grouped_sum

USUAL = 0.2
"""Lag-one correlation assumed before any data have spoken."""
USUAL_PAIRS = 100.0
"""How many observed pairs the assumption weighs as much as."""
LARGEST = 0.6
SHORTEST = 8
"""Series shorter than this say nothing about persistence: the correction exceeds the number."""


def persistence(influence: Floats, cell: Ints, cells: int) -> float:
    """Return the lag-one correlation of a statistic's clusters, pooled over all series.

    Each series' correlation is corrected for its length (``(r + 1/n) / (1 - 4/n)``), weighted by
    its pairs and drawn towards ``USUAL``; it lies in [0, ``LARGEST``].

    Args:
        influence: shape (n,), mean zero in each cell, in order of time within a cell.
        cell: shape (n,), ascending, in [0, cells).
        cells: number of series.

    >>> persistence(np.array([1.0, -1.0]), np.array([0, 0]), 1)
    0.2
    """
    count = np.bincount(cell, minlength=cells)
    pairs = cell[1:] == cell[:-1]
    products = np.where(pairs, influence[1:] * influence[:-1], 0.0)
    lagged = grouped_sum(products, cell[1:], cells)
    squares = grouped_sum(influence**2, cell, cells)
    good = (count >= SHORTEST) & (squares > 0) & np.isfinite(lagged)
    size = count[good].astype(np.float64)
    correlation = (lagged[good] / squares[good] + 1.0 / size) / (1.0 - 4.0 / size)
    total = (correlation * (size - 1)).sum() + USUAL * USUAL_PAIRS
    return float(np.clip(total / ((size - 1).sum() + USUAL_PAIRS), 0.0, LARGEST))


def inflation(correlation: float, count: Floats) -> Floats:
    """Return by what the variance of a mean of ``count`` clusters grows under that correlation.

    ``1 + 2 * sum((1 - k/n) * r**k)`` for an autoregression of order one, r in [0, 1).

    >>> inflation(0.5, np.array([2.0])).tolist()
    [1.5]
    """
    rest = 1.0 - correlation
    edge = 2.0 * correlation * (1.0 - correlation**count) / (np.maximum(count, 1.0) * rest**2)
    return np.asarray(1.0 + 2.0 * correlation / rest - edge, dtype=np.float64)
