"""Additive LMDI-I: the change of a product, split exactly over its factors."""

from __future__ import annotations

import numpy as np

from caopan.stats.arrays import Floats

NEARLY_EQUAL = 1e-7
"""Below this log distance the logarithmic mean is taken from its series: no cancellation."""


def log_mean(first: Floats, second: Floats) -> Floats:
    """Return the logarithmic mean ``(second - first) / ln(second / first)``, elementwise.

    Args:
        first: any shape, > 0.
        second: the same shape, > 0.

    Returns:
        The mean, between the two; their common value where they are equal; NaN where one is not
        positive.

    >>> log_mean(np.array([1.0, 2.0]), np.array([np.e, 2.0])).round(6).tolist()
    [1.718282, 2.0]
    """
    good = (first > 0) & (second > 0)
    low, high = np.where(good, first, 1.0), np.where(good, second, 1.0)
    distance = np.log(high) - np.log(low)
    near = np.abs(distance) < NEARLY_EQUAL
    mean = np.where(near, np.sqrt(low * high), (high - low) / np.where(near, 1.0, distance))
    return np.where(good, mean, np.nan)


def lmdi(before: Floats, after: Floats) -> Floats:
    """Return what each factor contributed to the change of the product of all factors.

    Args:
        before: shape (n, k), the factors of n subjects before, all > 0.
        after: shape (n, k), the factors after, all > 0.

    Returns:
        shape (n, k) in the unit of the product. Each row sums to the change up to rounding error;
        rows with a factor that is not positive are NaN: use ``shapley`` there.

    >>> lmdi(np.array([[100.0, 0.1]]), np.array([[20.0, 0.05]])).sum().round(9).item()
    -9.0
    """
    good = (np.minimum(before, after) > 0).all(axis=1, keepdims=True)
    safe_before = np.where(good, before, 1.0)
    safe_after = np.where(good, after, 1.0)
    weight = log_mean(safe_before.prod(axis=1), safe_after.prod(axis=1))
    parts = weight[:, None] * (np.log(safe_after) - np.log(safe_before))
    return np.where(good, parts, np.nan)
