"""Plans side by side (方案对比): by how much each differs from the first, as ranges."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.plan.budget import Budget
from caopan.plan.stock_plan import StockPlan
from caopan.stats.arrays import Floats
from caopan.units.interval import Interval

MOST = 3
"""Plans that are put side by side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """By how much a plan differs from the first one; minor units, None where not told.

    ``order_cost`` and ``spend`` are what is decided, so plain numbers. ``stock_profit`` takes both
    plans to meet the same luck; ``spend_gain`` what is believed of spend to be the same in both.
    """

    order_cost: float
    spend: float
    stock_profit: Interval | None
    spend_gain: Interval | None


def difference(first: tuple[StockPlan, Budget], other: tuple[StockPlan, Budget], *,
               level: float) -> Difference:
    """Return the other plan less the first."""
    costs = [sum(order.cost for _, order in stock.orders) for stock, _ in (first, other)]
    spends = [sum(one.spend for one in budget.shares) for _, budget in (first, other)]
    return Difference(
        order_cost=costs[1] - costs[0], spend=spends[1] - spends[0],
        stock_profit=_less(other[0].luck, first[0].luck, level),
        spend_gain=_less(other[1].draws, first[1].draws, level))


def _less(one: Floats | None, other: Floats | None, level: float) -> Interval | None:
    if one is None or other is None or len(one) != len(other):
        return None
    tail = (1.0 - level) / 2.0
    low, mid, high = np.quantile(one - other, [tail, 0.5, 1.0 - tail]).tolist()
    return Interval(low=low, mid=mid, high=high, level=level)
