"""Whole amounts that add up exactly: largest remainder."""

from __future__ import annotations

import numpy as np

from caopan.stats.arrays import Floats, Ints


def apportioned(parts: Floats, totals: Ints) -> Ints:
    """Return whole parts that sum exactly to each row's whole total.

    Every part is rounded down, then the units that are missing go to the largest remainders (on a
    tie to the earlier part). Units by which the parts themselves miss the total by more than one
    each are spread evenly first.

    Args:
        parts: shape (n, k), finite, k >= 1.
        totals: shape (n,), whole.

    >>> apportioned(np.array([[1.4, 1.4, -0.8]]), np.array([2])).tolist()
    [[2, 1, -1]]
    """
    whole = np.floor(parts)
    rest = parts - whole
    missing = totals - whole.sum(axis=1).astype(np.int64)
    count = parts.shape[1]
    even, extra = np.divmod(missing, count)
    order = np.argsort(-rest, axis=1, kind="stable")
    bonus = np.empty_like(order)
    np.put_along_axis(bonus, order, np.arange(count)[None, :] < extra[:, None], axis=1)
    return np.asarray(whole.astype(np.int64) + even[:, None] + bonus, dtype=np.int64)
