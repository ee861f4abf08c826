"""How much to have of each planned product (备货): orders, what they bring and what they risk."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from caopan.stats.arrays import Bools, Floats, Ints
from caopan.stats.newsvendor import Outlook, Terms, ordered, outlook, profits, within_cash

GIVEN_AWAY = 0.5
"""Of what is sold below cost on purpose, the share of cases in which demand is met."""
HALVINGS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The lines of a plan that can be worked out; arrays of shape (n,).

    ``terms.held`` is NaN where the plan does not say what is there: then it is what is left of the
    product's show before (``before``: its place, -1 for none) where it keeps that long
    (``keeps``), else nothing. ``given``: sold below cost on purpose (福利款, 引流款), a budgeted
    loss.
    """

    terms: Terms
    before: Ints
    keeps: Bools
    given: Bools


@dataclass(frozen=True, slots=True, kw_only=True)
class Stocked:
    """The orders; arrays of shape (n,), money in minor units.

    ``bound``: no orders within the cash, of the lines not given away, bring more in expectation;
    ``price_of_cash``: what another unit of cash would bring, 0 without a limit that binds.
    ``range``: profit at the low end, the middle and the high end of each line's luck, (n, 3).
    ``luck``: profit of all lines together in each case they may meet, (m,). ``idle``: expected
    profit of what is held, if nothing at all is ordered.
    """

    order: Ints
    held: Floats
    outlook: Outlook
    range: Floats
    luck: Floats
    idle: float
    bound: float
    price_of_cash: float


def stocked(points: Floats, lines: Lines, *, level: float, cash: float | None = None,
            loss_cap: float | None = None, draws: Ints | None = None) -> Stocked:
    """Return the orders that bring the most in expectation.

    Args:
        points: what each line will be asked for, shape (n, m), ascending rows.
        lines: their terms.
        level: of the ranges.
        cash: what may be spent on orders in all; None: no limit.
        loss_cap: what may be lost on lines given away in all, in expectation; None: no limit.
        draws: which of its points each line meets in each case, shape (n, m); None: all lines
            are equally lucky in each.
    """
    low = (1.0 - level) / 2.0
    free, held = _chained(points, lines, loss_cap)
    order, bound, price = free, np.nan, 0.0
    if cash is not None:
        order, bound, price = _limited(points, lines, held, free, cash)
        held = _held(points, lines, order)
    terms = replace(lines.terms, held=held)
    seen = outlook(points, terms, order, low=low)
    if cash is None or price == 0.0:
        bound = float(seen.profit[~lines.given].sum())
    luck = profits(points, terms, order)
    many = points.shape[1]
    ends = [min(max(int(np.ceil(one * many)) - 1, 0), many - 1) for one in (low, 0.5, 1.0 - low)]
    cases = luck if draws is None else np.take_along_axis(luck, draws, axis=1)
    return Stocked(order=order, held=held, outlook=seen, range=luck[:, ends], bound=bound,
                   luck=cases.sum(axis=0), idle=_idle(points, lines), price_of_cash=price)


def _idle(points: Floats, lines: Lines) -> float:
    """Return what is held brings in expectation, if nothing is ordered."""
    none = np.zeros(len(points), dtype=np.int64)
    terms = replace(lines.terms, held=_held(points, lines, none))
    return float(outlook(points, terms, none, low=0.5).profit.sum())


def _chained(points: Floats, lines: Lines, loss_cap: float | None) -> tuple[Ints, Floats]:
    """Return orders without a limit of cash, show after show of each product, and what is held."""
    terms = lines.terms
    wanted = ordered(points, replace(terms, held=np.zeros(len(terms.cost)))).astype(np.float64)
    wanted = np.where(lines.given, _given_away(points, lines, loss_cap), wanted)
    return _show_by_show(points, lines, wanted=wanted)


def _held(points: Floats, lines: Lines, order: Ints) -> Floats:
    return _show_by_show(points, lines, order=order)[1]


def _show_by_show(points: Floats, lines: Lines, *, wanted: Floats | None = None,
                  order: Ints | None = None) -> tuple[Ints, Floats]:
    """Return orders and what is held, as each show leaves it to the next of the product."""
    held = np.where(np.isnan(lines.terms.held) & (lines.before < 0), 0.0, lines.terms.held)
    made = np.zeros(len(held), dtype=np.int64) if order is None else order
    for turn in _turns(lines.before):
        open_ = turn[np.isnan(held[turn])]
        previous = lines.before[open_]
        there = held[previous] + made[previous]
        left = np.floor(np.maximum(there[:, None] - points[previous], 0.0).mean(axis=1))
        held[open_] = np.where(lines.keeps[open_], left, 0.0)
        if wanted is not None:
            made[turn] = np.maximum(wanted[turn] - held[turn], 0.0).astype(np.int64)
    return made, held


def _turns(before: Ints) -> list[Ints]:
    """Return the lines of first shows, of second ones, and so on."""
    turn = np.zeros(len(before), dtype=np.int64)
    while True:
        later = np.where(before >= 0, turn[before] + 1, 0)
        if (later == turn).all():
            break
        turn = later
    return [np.flatnonzero(turn == at) for at in range(int(turn.max(initial=-1)) + 1)]


def _given_away(points: Floats, lines: Lines, loss_cap: float | None) -> Floats:
    """Return what to have of lines sold below cost: half the demand's cases, or what may be lost.

    Under a cap every such line has stock for the same share of cases.
    """
    share = GIVEN_AWAY
    if loss_cap is not None and _loss(points, lines, share) > loss_cap:
        low, high = 0.0, share
        for _ in range(HALVINGS):
            middle = (low + high) / 2.0
            fits = _loss(points, lines, middle) <= loss_cap
            low, high = (middle, high) if fits else (low, middle)
        share = low
    return _covering(points, share)


def _covering(points: Floats, share: float) -> Floats:
    many = points.shape[1]
    return np.ceil(points[:, int(share * many) - 1]) if int(share * many) else np.zeros(len(points))


def _loss(points: Floats, lines: Lines, share: float) -> float:
    terms, stock = lines.terms, _covering(points, share)
    sold = np.minimum(points, stock[:, None]).mean(axis=1)
    lost = (terms.cost - terms.kept) * sold + (terms.cost - terms.salvage) * (stock - sold)
    return float(np.maximum(lost, 0.0)[lines.given].sum())


def _limited(points: Floats, lines: Lines, held: Floats, free: Ints,
             cash: float) -> tuple[Ints, float, float]:
    """Return orders within the cash; what is given away on purpose is paid first."""
    terms, own = replace(lines.terms, held=held), ~lines.given
    rest = cash - float(free[lines.given] @ terms.cost[lines.given])
    order = free.copy()
    if rest < 0:  # not even those fit: as many as do, in the order of the plan
        spent = np.cumsum(np.where(lines.given, free * terms.cost, 0.0))
        order = np.where(lines.given & (spent <= cash), free, 0)
        rest = cash - float(order @ terms.cost)
    kept = Terms(price=terms.price[own], cost=terms.cost[own], salvage=terms.salvage[own],
                 returned=terms.returned[own], held=terms.held[own])
    found = within_cash(points[own], kept, rest)
    order[own] = found.order
    return order, found.bound, found.price_of_cash
