"""Ranges that follow what comes (自适应校准): read at levels by where earlier values fell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.stats.arrays import Floats
from caopan.stats.quantiles import LEVELS

TRUST, LEAST = 50.0, 25.0
"""Ranges are believed at first as if so many values had fallen into them just as they say; these
fade as values do, to no fewer than ``LEAST``."""
HALF_LIFE = 56.0
"""Days after which the place of a value counts half."""
GRID: Floats = np.concatenate([[0.0], LEVELS, [1.0]])
STEPS: Floats = np.arange(201) / 200
"""The places at which it is counted how many values fell below."""
TINY = 1e-300


@dataclass(frozen=True, slots=True, kw_only=True)
class Fallen:
    """Where values fell in their distributions: how many below each of ``STEPS``, and in all.

    ``below``: shape (201,), ``mass``: how many, each as far as it still counts. ``trust``: the
    values that are thought to have fallen just as they should.
    """

    below: Floats
    mass: float
    trust: float

    @staticmethod
    def none() -> Fallen:
        """Return that nothing came yet.

        >>> Fallen.none().mass
        0.0
        """
        return Fallen(below=np.zeros(len(STEPS)), mass=0.0, trust=TRUST)

    def and_then(self, low: Floats, high: Floats, *, ago: Floats, since: float) -> Fallen:
        """Return what is known after more values came.

        Args:
            low: shape (n,), the place of each value in its distribution as told (``places``).
            high: shape (n,), the same from above; more than ``low`` where mass sits on the value.
            ago: shape (n,), how many days before now each was known.
            since: days that went by since what is known so far.

        >>> Fallen.none().and_then(np.full(4, 0.3), np.full(4, 0.3), ago=np.full(4, 56.0),
        ...                        since=7.0).mass
        2.0
        """
        faded, weight = 0.5 ** (since / HALF_LIFE), 0.5 ** (ago / HALF_LIFE)
        share = np.clip((STEPS[None, :] - low[:, None])
                        / np.maximum(high - low, TINY)[:, None], 0.0, 1.0)
        share[high <= low] = low[high <= low, None] <= STEPS[None, :]
        return Fallen(below=self.below * faded + weight @ share,
                      mass=self.mass * faded + float(weight.sum()),
                      trust=max(self.trust * faded, LEAST))

    def levels(self) -> Floats:
        """Return the levels that distributions should be read at, shape (19,), ascending.

        Where more values than said fell below a quantile, it is read lower, else higher: the level
        of a share is the place that such a share of values fell below, those of ``trust`` counted
        in. So few values change little, and many come to rule.

        >>> Fallen.none().levels().round(6).tolist()[9]
        0.5
        """
        reached = (self.below + self.trust * STEPS) / (self.mass + self.trust)
        return np.asarray(np.interp(LEVELS, reached, STEPS))


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
