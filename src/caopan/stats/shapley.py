"""Exact Shapley split of the change of a product, for rows with a zero or undefined factor."""

from __future__ import annotations

from math import comb

import numpy as np

from caopan.stats.arrays import Floats

MOST_FACTORS = 8
"""The subsets double with every factor; 8 is 256 of them."""


def carried(before: Floats, after: Floats) -> tuple[Floats, Floats]:
    """Return both sides with undefined factors carried over from the other side.

    A factor that is undefined (NaN: nothing to divide by) on one side takes the other side's
    value, so that it contributes nothing; undefined on both it is 1.

    >>> first, second = carried(np.array([[np.nan, 3.0]]), np.array([[2.0, np.nan]]))
    >>> first.tolist(), second.tolist()
    ([[2.0, 3.0]], [[2.0, 3.0]])
    """
    filled_before = np.where(np.isnan(before), after, before)
    filled_after = np.where(np.isnan(after), before, after)
    neither = np.isnan(filled_before)
    return np.where(neither, 1.0, filled_before), np.where(neither, 1.0, filled_after)


def shapley(before: Floats, after: Floats) -> Floats:
    """Return each factor's average contribution over all orders in which they could change.

    Args:
        before: shape (n, k), k <= 8; zero is a value, NaN is undefined and is carried over.
        after: shape (n, k).

    Returns:
        shape (n, k); each row sums to the change of the product of the carried factors.

    Raises:
        TooManyFactorsError: k > 8.

    >>> shapley(np.array([[2.0, 3.0]]), np.array([[4.0, 0.0]])).tolist()
    [[3.0, -9.0]]
    """
    count = before.shape[1]
    if count > MOST_FACTORS:
        raise TooManyFactorsError(count)
    start, end = carried(before, after)
    products = _products(start, end)
    parts = np.zeros_like(start)
    for subset in range(2**count - 1):
        weight = 1.0 / (count * comb(count - 1, subset.bit_count()))
        for factor in range(count):
            if not subset >> factor & 1:
                gain = products[subset | 1 << factor] - products[subset]
                parts[:, factor] += weight * gain
    return parts


def _products(start: Floats, end: Floats) -> Floats:
    """Return, for every subset of changed factors, the product: shape (2**k, n)."""
    rows, count = start.shape
    products = np.ones((1, rows))
    for factor in range(count):
        products = np.concatenate([products * start[:, factor], products * end[:, factor]])
    return products


class TooManyFactorsError(ValueError):
    """Raised when more factors are given than subsets can be gone through."""

    def __init__(self, count: int) -> None:
        """Name the number of factors."""
        super().__init__(f"{count} factors, at most {MOST_FACTORS} can be split exactly")
        self.count = count
