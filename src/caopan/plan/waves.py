"""Spending in waves (波次): one a segment of the show, as far as its stock reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from caopan.plan.line import Line
from caopan.plan.stock_plan import Order
from caopan.stats.arrays import Floats

MOST = 4
"""Waves of a session at most: more are not steered by hand."""
Told = tuple[Line, Order, Floats]
"""A line, its order, and its demand as equally likely values, ascending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """What is spent before and during one segment; money in minor units, minutes of the show.

    ``cover``: the share, 0-1, of the demand for the segment's products that stock meets.
    ``stock_needed``: units of them that must still be there for the wave to go ahead.
    ``spent_before``: what is at stake when the wave is decided. ``expected_low``: units sold by
    the end of the segment at the low end of what is expected. ``stop_below``: with fewer sold by
    then the spend so far has lost money even if every sale was its doing, so later waves stay off
    (止损线); None where no sale leaves anything.
    """

    number: int
    start: float
    end: float
    products: tuple[str, ...]
    spend: float
    spent_before: float
    cover: float | None
    stock_needed: int | None
    expected_low: int | None
    stop_below: int | None


def waves(lines: Sequence[Told], *, spend: float, minutes: float, level: float
          ) -> tuple[Wave, ...]:
    """Return the waves of one session.

    The line-up in its order is cut into segments of about the same planned time. A segment's
    share of the spend follows the profit its products are expected to bring from the stock there
    is: none goes where stock will be gone or where every sale loses. Without a line-up there is
    one wave of all.

    Args:
        lines: the session's lines with an order.
        spend: of the session.
        minutes: how long it is planned to last.
        level: of the ranges.
    """
    if not lines:
        return (Wave(number=1, start=0.0, end=minutes, products=(), spend=spend, spent_before=0.0,
                     cover=None, stock_needed=None, expected_low=None, stop_below=None),)
    ordered = sorted(lines, key=lambda one: (one[0].position is None, one[0].position or 0,
                                             one[0].product_id))
    lasts = np.array([one[0].seconds or 0.0 for one in ordered])
    lasts = lasts if (lasts > 0).all() else np.ones(len(ordered))
    ends = np.cumsum(lasts) / lasts.sum()
    parts = _parts(ends)
    worth = np.array([max(_worth(ordered[at]), 0.0) for at in range(len(ordered))])
    weight = np.array([worth[first:last].sum() for first, last in parts])
    share = weight / weight.sum() if weight.sum() > 0 else np.diff(
        [0.0, *(ends[last - 1] for _, last in parts)])
    before = np.concatenate([[0.0], np.cumsum(share * spend)[:-1]])
    starts = [0.0, *(float(ends[last - 1]) for _, last in parts[:-1])]
    low, sold = (1.0 - level) / 2.0, 0
    found = []
    for at, (first, last) in enumerate(parts):
        rows = ordered[first:last]
        sold += sum(_sold_at(one, low) for one in rows)
        found.append(Wave(
            number=at + 1, start=starts[at] * minutes, end=float(ends[last - 1]) * minutes,
            products=tuple(one[0].product_id for one in rows), spend=float(share[at] * spend),
            spent_before=float(before[at]), cover=_cover(rows),
            stock_needed=sum(_sold_at(one, 0.5) for one in rows), expected_low=sold,
            stop_below=_break_even(ordered[:last], float(before[at] + share[at] * spend))))
    return tuple(found)


def _parts(ends: Floats) -> list[tuple[int, int]]:
    """Return segments as places (from, to) of the line-up, of about the same length in time."""
    wave = np.minimum((np.concatenate([[0.0], ends[:-1]]) * MOST + 1e-9).astype(np.int64),
                      MOST - 1)
    edges = [0, *(np.flatnonzero(np.diff(wave)) + 1).tolist(), len(ends)]
    return list(pairwise(edges))


def _break_even(rows: Sequence[Told], spent: float) -> int | None:
    """Return the units whose profit pays for a spend, None where a unit leaves nothing."""
    units = sum(float(np.minimum(points, order.quantity + order.held).mean())
                for _, order, points in rows)
    profit = sum(_worth(one) for one in rows)
    return None if profit <= 0 or units <= 0 else int(np.ceil(spent / (profit / units)))


def _worth(one: Told) -> float:
    """Return the profit expected from the sales of a line, minor units."""
    line, order, points = one
    sold = np.minimum(points, order.quantity + order.held).mean()
    return float(sold * ((line.kept or 0.0) - (line.cost or 0.0)))


def _sold_at(one: Told, probability: float) -> int:
    """Return what a line sells, stock allowing, where demand is at a quantile."""
    _, order, points = one
    at = min(max(int(np.ceil(probability * len(points))) - 1, 0), len(points) - 1)
    return int(min(points[at], order.quantity + order.held))


def _cover(rows: Sequence[Told]) -> float | None:
    asked = sum(float(points.mean()) for _, _, points in rows)
    met = sum(float(np.minimum(points, order.quantity + order.held).mean())
              for _, order, points in rows)
    return met / asked if asked > 0 else None
