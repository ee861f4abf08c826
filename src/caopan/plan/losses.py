"""What a plan loses on purpose (预算内亏损), by class of its line-up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.plan.line import ON_PURPOSE, Line
from caopan.plan.stock_plan import Order, StockPlan
from caopan.stats.newsvendor import TINY
from caopan.units.interval import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What one role of the line-up loses; minor units, positive where it does lose.

    ``lines``: how many are sold below cost on purpose; ``expected`` and its ``range`` (all lines
    lucky or unlucky together). ``most``: what it can lose with the stock there is, sold or left:
    the cap to steer by in the show.
    """

    role: str
    lines: int
    expected: float
    range: Interval
    most: float


def losses(stock: StockPlan) -> tuple[Loss, ...]:
    """Return the budgeted losses of a plan, by role.

    >>> from caopan.plan.stock_plan import StockPlan
    >>> losses(StockPlan(items=(), level=0.8, pool=0, told=None, profit=None, expected=None,
    ...                  bound=None, price_of_cash=None, points=np.zeros((0, 1)), luck=None,
    ...                  scale=None))
    ()
    """
    found = []
    for role in ON_PURPOSE:
        rows = [(line, order) for line, order in stock.orders if line.given and line.role == role]
        if not rows:
            continue
        ends = np.sort([[-order.range.high, -order.range.mid, -order.range.low]
                        for _, order in rows], axis=1).sum(axis=0)
        most = sum(_most(line, order) for line, order in rows)
        found.append(Loss(
            role=role, lines=len(rows), expected=-sum(order.profit for _, order in rows),
            range=Interval(low=float(ends[0]), mid=float(ends[1]), high=float(ends[2]) + TINY,
                           level=stock.level), most=float(most)))
    return tuple(found)


def _most(line: Line, order: Order) -> float:
    cost, kept, salvage = float(line.cost or 0), float(line.kept or 0), float(line.salvage or 0)
    sold = (cost - kept) * order.quantity + (salvage - kept) * order.held
    return max(sold, (cost - salvage) * order.quantity)
