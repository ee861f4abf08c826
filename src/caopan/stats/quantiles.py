"""A distribution as nineteen quantiles: how good it was, and which range it gives."""

from __future__ import annotations

import numpy as np

from caopan.stats.arrays import Bools, Floats

LEVELS: Floats = np.arange(1, 20) / 20
"""The quantiles a distribution is told by: 0.05, 0.1, … 0.95."""
MIDDLE = 9
"""Where the median stands among them."""
CLOSE = 1e-9
"""Places nearer than this to a whole number are that number."""


def crps(values: Floats, quantiles: Floats) -> Floats:
    """Return the continuous ranked probability score of each distribution; smaller is better.

    Twice the mean quantile loss over the nineteen levels (Gneiting and Ranjan 2011, eq. 17), in
    the unit of the values.

    Args:
        values: what came, shape (n,).
        quantiles: the distributions, shape (n, 19), ascending.

    >>> crps(np.array([5.0]), np.full((1, 19), 3.0)).round(6).tolist()
    [2.0]
    """
    miss = values[:, None] - quantiles
    return np.asarray(2.0 * np.maximum(LEVELS * miss, (LEVELS - 1.0) * miss).mean(axis=1))


def ends(quantiles: Floats, level: float) -> tuple[Floats, Floats]:
    """Return the ends of the central range that holds the value with a probability.

    Between two of the nineteen levels the ends are interpolated; beyond the outer ones there is
    nothing to read them off.

    Args:
        quantiles: shape (n, 19), ascending.
        level: in (0, 0.9].

    Raises:
        ValueError: the level is wider than the outer quantiles.

    >>> low, high = ends(np.arange(1.0, 20.0)[None, :], 0.8)
    >>> low.round(6).tolist(), high.round(6).tolist()
    ([2.0], [18.0])
    """
    if not 0.0 < level <= LEVELS[-1] - LEVELS[0] + CLOSE:
        message = f"no central range of level {level} between {LEVELS[0]} and {LEVELS[-1]}"
        raise ValueError(message)
    tail = (1.0 - level) / 2.0
    return _at(quantiles, tail), _at(quantiles, 1.0 - tail)


def held(values: Floats, quantiles: Floats, level: float) -> Bools:
    """Return which values their central range holds, ends included, shape (n,).

    >>> held(np.array([3.0, 19.0]), np.tile(np.arange(1.0, 20.0), (2, 1)), 0.8).tolist()
    [True, False]
    """
    low, high = ends(quantiles, level)
    return (values >= low) & (values <= high)


def _at(quantiles: Floats, probability: float) -> Floats:
    place = probability * 20.0 - 1.0
    at = min(max(int(np.floor(place + CLOSE)), 0), len(LEVELS) - 2)
    share = min(max(place - at, 0.0), 1.0)
    if share < CLOSE:  # infinities are not interpolated
        return np.asarray(quantiles[:, at])
    return np.asarray(quantiles[:, at] + (quantiles[:, at + 1] - quantiles[:, at]) * share)
