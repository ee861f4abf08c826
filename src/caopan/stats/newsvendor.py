"""How much to order before demand is known: the newsvendor, many items at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.stats.arrays import Bools, Floats, Ints

TINY = 1e-9
"""Shares nearer than this are one: a sum of equal masses is rounded."""
HALVINGS = 60
"""Of the search for the price of cash: far below any rounding error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a unit brings and costs: arrays of shape (n,), finite, in one unit of money.

    ``price``: of a sale; ``cost``: of a unit ordered; ``salvage``: of a unit left over, or
    returned; ``returned``: the share of sales that come back for their money, 0-1; ``held``: units
    that are there already, paid for, worth ``salvage`` each where they do not sell.
    """

    price: Floats
    cost: Floats
    salvage: Floats
    returned: Floats
    held: Floats

    @property
    def kept(self) -> Floats:
        """Return what a sale brings once some come back, shape (n,)."""
        return self.price * (1.0 - self.returned) + self.salvage * self.returned

    def sensible(self) -> Bools:
        """Return where a unit left over loses money, so that there is a most worth ordering.

        >>> one = np.ones(1)
        >>> Terms(price=9 * one, cost=5 * one, salvage=6 * one, returned=0 * one,
        ...       held=0 * one).sensible().tolist()
        [False]
        """
        return np.asarray(self.salvage < self.cost)

    def critical(self, price_of_cash: float = 0.0) -> Floats:
        """Return the share of cases in which demand should be met; below 0 where none should.

        That is (gain of the last unit if wanted) ÷ (that gain + its loss if not), with the cost
        raised by what a unit of cash would earn elsewhere.

        >>> ten, zero = np.full(1, 10.0), np.zeros(1)
        >>> Terms(price=ten, cost=ten * 0.4, salvage=zero, returned=zero, held=zero).critical()
        array([0.6])
        """
        gain = self.kept - self.cost * (1.0 + price_of_cash)
        return np.asarray(np.divide(gain, self.kept - self.salvage,
                                    out=np.full(len(gain), -1.0),
                                    where=self.kept > self.salvage))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What an order means: arrays of shape (n,).

    ``profit``: expected, beside keeping what is held and selling none of it; ``stockout``: the
    probability that someone asks in vain, 0-1; ``sold``: expected units; ``left``: expected units
    of the order that do not sell; ``risk``: money in the order that demand at its low end would
    not bring back.
    """

    profit: Floats
    stockout: Floats
    sold: Floats
    left: Floats
    risk: Floats


def ordered(points: Floats, terms: Terms, *, price_of_cash: float = 0.0) -> Ints:
    """Return the whole order that brings the most profit in expectation, shape (n,), >= 0.

    Args:
        points: demand as equally likely values, shape (n, m), each row ascending, >= 0.
        terms: what a unit brings and costs.
        price_of_cash: what a unit of money earns if it is not spent here.

    >>> flat = np.arange(1.0, 11.0)[None, :]
    >>> ten, zero = np.full(1, 10.0), np.zeros(1)
    >>> made = Terms(price=ten, cost=ten * 0.4, salvage=zero, returned=zero, held=zero + 2)
    >>> ordered(flat, made).tolist()  # P(demand <= 6) = 0.6; two are there
    [4]
    """
    many = points.shape[1]
    share = terms.critical(price_of_cash)
    place = np.clip(np.ceil(share * many - TINY).astype(np.int64) - 1, 0, many - 1)
    wanted = np.ceil(np.take_along_axis(points, place[:, None], axis=1)[:, 0] - TINY)
    wanted = np.where(share > TINY, wanted, 0.0)
    return np.maximum(wanted - terms.held, 0.0).astype(np.int64)


def outlook(points: Floats, terms: Terms, order: Ints | Floats, *, low: float) -> Outlook:
    """Return what an order means under a distribution of demand.

    Args:
        points: demand as equally likely values, shape (n, m), each row ascending.
        terms: what a unit brings and costs.
        order: units ordered, shape (n,).
        low: the probability, 0-1, that demand falls short of what counts as its low end.

    >>> two = np.array([[1.0, 3.0]])
    >>> ten, zero = np.full(1, 10.0), np.zeros(1)
    >>> made = Terms(price=ten, cost=ten * 0.4, salvage=zero + 1, returned=zero, held=zero)
    >>> seen = outlook(two, made, np.array([2]), low=0.5)
    >>> seen.profit.tolist(), seen.stockout.tolist(), seen.left.tolist(), seen.risk.tolist()
    ([7.5], [0.5], [0.5], [3.0])
    """
    there = np.asarray(order + terms.held, dtype=np.float64)
    met = np.minimum(points, there[:, None])
    sold = met.mean(axis=1)
    left = np.minimum(there[:, None] - met, np.asarray(order)[:, None]).mean(axis=1)
    profit = terms.kept * sold + terms.salvage * (order - sold) - terms.cost * order
    least = np.minimum(quantile(points, low), there)
    unsold = np.minimum(there - least, order)
    return Outlook(
        profit=profit, sold=sold, left=left,
        stockout=(points > there[:, None] + TINY).mean(axis=1),
        risk=np.maximum((terms.cost - terms.salvage) * unsold, 0.0))


def profits(points: Floats, terms: Terms, order: Ints | Floats) -> Floats:
    """Return the profit under each value that demand may take, shape (n, m), ascending.

    >>> two = np.array([[1.0, 3.0]])
    >>> ten, zero = np.full(1, 10.0), np.zeros(1)
    >>> made = Terms(price=ten, cost=ten * 0.4, salvage=zero, returned=zero, held=zero)
    >>> profits(two, made, np.array([2])).tolist()
    [[2.0, 12.0]]
    """
    sold = np.minimum(points, np.asarray(order + terms.held, dtype=np.float64)[:, None])
    fixed = (terms.cost - terms.salvage) * order
    return np.asarray((terms.kept - terms.salvage)[:, None] * sold - fixed[:, None])


def quantile(points: Floats, probability: float) -> Floats:
    """Return the smallest value that demand stays within with a probability, shape (n,).

    >>> quantile(np.array([[1.0, 2.0, 3.0, 4.0]]), 0.5).tolist()
    [2.0]
    """
    many = points.shape[1]
    place = int(np.ceil(probability * many - TINY)) - 1
    return np.asarray(points[:, min(max(place, 0), many - 1)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Limited:
    """Orders within a limit of cash, and the most that any could bring.

    ``bound``: no orders within the limit bring more expected profit (Lagrangian dual);
    ``price_of_cash``: what one more unit of cash would bring; 0 where the limit does not bind.
    """

    order: Ints
    profit: float
    bound: float
    price_of_cash: float


def within_cash(points: Floats, terms: Terms, cash: float) -> Limited:
    """Return the whole orders that bring the most in expectation for at most ``cash``.

    The price of cash at which the orders just fit splits the line-up into items; what is left by
    rounding goes to the units that bring the most for their cost.

    Raises:
        ValueError: the limit is negative.

    >>> flat = np.tile(np.arange(1.0, 11.0), (2, 1))
    >>> ten, zero = np.full(2, 10.0), np.zeros(2)
    >>> made = Terms(price=np.array([10.0, 6.0]), cost=ten * 0.4, salvage=zero, returned=zero,
    ...              held=zero)
    >>> found = within_cash(flat, made, 20.0)
    >>> found.order.tolist(), round(found.price_of_cash, 3), found.profit <= found.bound
    ([5, 0], 0.5, True)
    """
    if cash < 0:
        message = f"a limit of cash below zero: {cash}"
        raise ValueError(message)
    free = ordered(points, terms)
    if float(free @ terms.cost) <= cash:
        profit = float(outlook(points, terms, free, low=0.5).profit.sum())
        return Limited(order=free, profit=profit, bound=profit, price_of_cash=0.0)
    low, high = 0.0, _dearest(terms)
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        fits = float(ordered(points, terms, price_of_cash=middle) @ terms.cost) <= cash
        low, high = (low, middle) if fits else (middle, high)
    order = _filled(points, terms, ordered(points, terms, price_of_cash=high),
                    ordered(points, terms, price_of_cash=low), cash)
    profit = float(outlook(points, terms, order, low=0.5).profit.sum())
    bound = min(_dual(points, terms, cash, price) for price in (low, high))
    return Limited(order=order, profit=profit, bound=max(bound, profit), price_of_cash=high)


def _dearest(terms: Terms) -> float:
    """Return a price of cash at which nothing is ordered."""
    gains = np.divide(terms.kept, terms.cost, out=np.ones(len(terms.cost)), where=terms.cost > 0)
    return float(max(gains.max(initial=1.0), 1.0))


def _dual(points: Floats, terms: Terms, cash: float, price: float) -> float:
    order = ordered(points, terms, price_of_cash=price)
    profit = outlook(points, terms, order, low=0.5).profit
    return float((profit - price * terms.cost * order).sum() + price * cash)


def _filled(points: Floats, terms: Terms, fewer: Ints, more: Ints, cash: float) -> Ints:
    """Return orders between two, in steps of what the last unit brings for its cost.

    At the price where the fewer just fit, the units between the two bring about the same for
    their cost; the rest of the cash buys whole ones, the cheapest-to-earn first, and then any
    single units of other items that still fit and pay.
    """
    order, rest = fewer.copy(), cash - float(fewer @ terms.cost)
    for item in np.flatnonzero(more > fewer):
        if terms.cost[item] > 0:
            extra = min(int(more[item] - fewer[item]), int((rest + TINY) // terms.cost[item]))
            order[item] += extra
            rest -= extra * float(terms.cost[item])
    wins = _next_unit(points, terms, order)
    while True:
        fits = (terms.cost <= rest + TINY) & (wins > TINY)
        if not fits.any():
            return order
        rate = np.where(fits, np.divide(wins, terms.cost, out=np.full(len(wins), np.inf),
                                        where=terms.cost > 0), -np.inf)
        best = int(rate.argmax())
        order[best] += 1
        rest -= float(terms.cost[best])
        one = slice(best, best + 1)
        wins[one] = _next_unit(points[one], _row(terms, one), order[one])


def _next_unit(points: Floats, terms: Terms, order: Ints) -> Floats:
    """Return what one more unit of each item would bring in expectation."""
    there = np.asarray(order + terms.held)
    asked = np.clip(points - there[:, None], 0.0, 1.0).mean(axis=1)
    return np.asarray((terms.kept - terms.salvage) * asked - (terms.cost - terms.salvage))


def _row(terms: Terms, one: slice) -> Terms:
    return Terms(price=terms.price[one], cost=terms.cost[one], salvage=terms.salvage[one],
                 returned=terms.returned[one], held=terms.held[one])
