"""The array types, and sums by group: the one loop over subjects there is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def grouped_sum(values: Floats | Bools, group: Ints, groups: int) -> Floats:
    """Return the sum of the values of every group.

    Args:
        values: shape (n,); a NaN makes its group's sum NaN.
        group: shape (n,), each in [0, groups).
        groups: how many groups there are; one without a value sums to 0.

    >>> grouped_sum(np.array([1.0, 2.0, 5.0]), np.array([0, 0, 2]), 3).tolist()
    [3.0, 0.0, 5.0]
    """
    weights = values.astype(np.float64, copy=False)
    return np.bincount(group, weights=weights, minlength=groups).astype(np.float64, copy=False)


def divided(numerator: Floats, denominator: Floats) -> Floats:
    """Return the ratio; NaN where the denominator is zero or either is NaN.

    >>> divided(np.array([1.0, 1.0]), np.array([4.0, 0.0])).tolist()
    [0.25, nan]
    """
    out = np.full(np.broadcast(numerator, denominator).shape, np.nan)
    np.divide(numerator, denominator, out=out, where=denominator != 0)
    return out
