"""What comes back: refunds with a known maturity curve, as far as they are known by now."""

from __future__ import annotations

import numpy as np

from caopan.demo.category import Category
from caopan.demo.ragged import Floats, Ints

PARTIAL_SHARE = 0.08
"""Share of refunds that return half of the amount only."""


def refund_delays(
    rate: Floats, quick_share: Floats, quick_days: Floats, slow_days: Floats,
    rng: np.random.Generator,
) -> Floats:
    """Return the days until each order is refunded, infinite where it never is.

    A mixture: refunds before shipping are quick, the others come after the goods arrived; both
    waits are exponential. All arrays have shape (orders,).

    >>> never = refund_delays(np.zeros(1), np.ones(1), np.ones(1), np.ones(1),
    ...                       np.random.default_rng(1))
    >>> never.tolist()
    [inf]
    """
    n = len(rate)
    mean = np.where(rng.random(n) < quick_share, quick_days, slow_days)
    return np.where(rng.random(n) < rate, rng.exponential(1.0, n) * mean, np.inf)


def refunded_amounts(amounts: Ints, rng: np.random.Generator) -> Ints:
    """Return the fen that a refund of each amount returns.

    >>> refunded_amounts(np.array([999]), np.random.default_rng(1)).tolist()
    [999]
    """
    half = rng.random(len(amounts)) < PARTIAL_SHARE
    return np.where(half, amounts // 2, amounts)


def matured(category: Category, *, days: float) -> float:
    """Return the true share of all refunds that are known ``days`` after payment.

    >>> from caopan.demo.category import CATEGORIES
    >>> round(matured(CATEGORIES[2], days=7), 3)
    0.796
    """
    quick = -np.expm1(-days / category.quick_days)
    slow = -np.expm1(-days / category.slow_days)
    return float(category.quick_share * quick + (1 - category.quick_share) * slow)
