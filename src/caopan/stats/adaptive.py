"""Ranges that follow what comes (自适应校准): levels move until as much falls below as said."""

from __future__ import annotations

import numpy as np

from caopan.stats.arrays import Floats
from caopan.stats.quantiles import LEVELS

RATE = 0.005
"""How far one session moves a level, in units of its miss."""
MOST = 0.5
"""However many sessions come at once, levels go no further than this share of the way."""
GRID: Floats = np.concatenate([[0.0], LEVELS, [1.0]])
TINY = 1e-300


def stepped(levels: Floats, low: Floats, high: Floats, *, rate: float = RATE) -> Floats:
    """Return the levels that distributions should be read at after some values have come.

    Of a quantile that should have a share of values below it and had more, the level goes down by
    a part of the difference, else up (adaptive conformal inference, Gibbs and Candès 2021). With
    a rate r for each value, the shares of T values are within about 1 / (r T) of those said,
    whatever the values do: also where the world drifts.

    Args:
        levels: shape (19,), those read at so far; at first ``LEVELS``.
        low: shape (n,), the place of each value in its distribution as told (``places``).
        high: shape (n,), the same from above; more than ``low`` where mass sits on the value.
        rate: of one value.

    >>> stepped(LEVELS, np.full(10, 0.3), np.full(10, 0.3))[9].round(3).tolist()
    0.475
    """
    if not len(low):
        return levels
    width = np.maximum(high - low, TINY)[:, None]
    below = np.clip((levels[None, :] - low[:, None]) / width, 0.0, 1.0)
    tied = (high <= low)[:, None]
    below = np.where(tied, (low[:, None] <= levels[None, :]).astype(np.float64), below)
    step = min(rate * len(low), MOST)
    moved = levels + step * (LEVELS - below.mean(axis=0))
    return np.asarray(np.sort(np.clip(moved, 0.0, 1.0)))


def places(values: Floats, quantiles: Floats) -> tuple[Floats, Floats]:
    """Return the share of each distribution below its value, and up to it, both of shape (n,).

    Between quantiles it is interpolated; beyond the outer ones the last step, in logarithms, is
    taken once more and holds what is left. Mass on a value makes the second larger.

    Args:
        values: shape (n,), >= 0, finite.
        quantiles: shape (n, 19), ascending, >= 0, finite.

    >>> low, high = places(np.array([0.0, 4.5]), np.stack([np.zeros(19), np.arange(1.0, 20.0)]))
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.0, 0.225], [1.0, 0.225])
    """
    knots = _knots(quantiles)
    below, upto = (knots < values[:, None]).sum(axis=1), (knots <= values[:, None]).sum(axis=1)
    return _level(values, knots, below), np.where(
        upto > below, GRID[np.clip(upto - 1, 0, len(GRID) - 1)], _level(values, knots, below))


def read_at(quantiles: Floats, levels: Floats) -> Floats:
    """Return what distributions say at other levels, shape (n, 19).

    >>> read_at(np.arange(1.0, 20.0)[None, :], np.full(19, 0.525))[0, 0].round(6).tolist()
    10.5
    """
    knots = _knots(quantiles)
    at = np.clip(np.searchsorted(GRID, levels, side="right") - 1, 0, len(GRID) - 2)
    share = (levels - GRID[at]) / (GRID[at + 1] - GRID[at])
    return np.asarray(knots[:, at] + (knots[:, at + 1] - knots[:, at]) * share[None, :])


def _knots(quantiles: Floats) -> Floats:
    """Return the quantiles with one step more on both sides, shape (n, 21)."""
    first, second = quantiles[:, 0], quantiles[:, 1]
    last, before = quantiles[:, -1], quantiles[:, -2]
    low = np.where(second > 0, first * first / np.maximum(second, TINY), 0.0)
    high = np.where(before > 0, last * last / np.maximum(before, TINY), 2.0 * last)
    return np.column_stack([low, quantiles, high])


def _level(values: Floats, knots: Floats, below: np.typing.NDArray[np.int64]) -> Floats:
    at = np.clip(below - 1, 0, len(GRID) - 2)
    left = np.take_along_axis(knots, at[:, None], 1)[:, 0]
    right = np.take_along_axis(knots, at[:, None] + 1, 1)[:, 0]
    share = np.clip((values - left) / np.maximum(right - left, TINY), 0.0, 1.0)
    return np.where(below == 0, 0.0, np.where(below == len(GRID), 1.0,
                                              GRID[at] + share * (GRID[at + 1] - GRID[at])))
