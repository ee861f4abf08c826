"""Saturation and carry-over: what the next unit of an input still brings, and what is left of it.

The Hill curve (饱和曲线) with a geometric carry-over (结转), as marketing-mix models have them.
"""

from __future__ import annotations

import numpy as np

from caopan.stats.arrays import Floats, Ints


def hill(amount: Floats, *, half: Floats | float, slope: Floats | float) -> Floats:
    """Return the share of the ceiling that an amount reaches, in [0, 1).

    Args:
        amount: >= 0.
        half: the amount that reaches half of the ceiling, > 0.
        slope: above 1 the curve begins flat (an S), else it is steepest at nothing; > 0.

    >>> hill(np.array([0.0, 5.0]), half=5.0, slope=1.3).tolist()
    [0.0, 0.5]
    """
    part = (np.maximum(amount, 0.0) / half) ** slope
    return np.asarray(part / (1.0 + part))


def hill_rate(amount: Floats, *, half: Floats | float, slope: Floats | float) -> Floats:
    """Return how fast that share grows: its derivative by the amount, which has to be > 0.

    >>> hill_rate(np.array([5.0]), half=5.0, slope=1.0).round(6).tolist()
    [0.05]
    """
    part = (amount / half) ** slope
    return np.asarray(slope * part / (amount * (1.0 + part) ** 2))


def stock(amount: Floats, day: Floats, group: Ints, *, carry: float) -> Floats:
    """Return each amount plus what is left of the earlier ones of its group, shape (n,).

    Args:
        amount: shape (n,), ordered by group, then by day.
        day: shape (n,), days; ascending within a group.
        group: shape (n,), ascending.
        carry: the share that is left after a day, in [0, 1).

    >>> stock(np.array([8.0, 0.0, 1.0]), np.array([0.0, 1.0, 0.0]), np.array([0, 0, 1]),
    ...       carry=0.5).tolist()
    [8.0, 4.0, 1.0]
    """
    gap = np.diff(day, prepend=day[:1])
    kept = np.where(np.diff(group, prepend=-1) != 0, 0.0, carry ** np.maximum(gap, 0.0))
    found = amount.astype(np.float64)
    reach = 1
    while reach < len(found) and kept.any():  # each round reaches twice as far back
        found[reach:] += kept[reach:] * found[:-reach]
        kept[reach:] *= kept[:-reach]
        kept[:reach] = 0.0
        reach *= 2
    return found
