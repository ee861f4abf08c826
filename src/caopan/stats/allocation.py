"""Dividing a total over many curves so that it brings the most, with a bound on the best."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.stats.arrays import Floats, Ints

HALVINGS = 60
TINY = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """How a total was divided.

    ``spend`` and ``value``: shape (n,); ``bound``: no division of the total brings more
    (Lagrangian dual); ``shadow``: what one more unit of the total would bring, 0 where some is
    better left unspent.
    """

    spend: Floats
    value: Floats
    bound: float
    shadow: float

    @property
    def total(self) -> float:
        """Return what the division brings in all."""
        return float(self.value.sum())


def allocated(spend: Floats, value: Floats, total: float) -> Allocation:
    """Return a division of a total over curves given at grids of spends.

    Curves may be of any shape, also with a threshold or S-shaped: each is used at its grid points
    only. The price of the total is found by halving; at it every curve takes its best point, what
    is left is filled greedily, and the dual at that price bounds whatever could be had.

    Args:
        spend: shape (n, g), each row ascending from the least that may be spent.
        value: shape (n, g), what each spend brings.
        total: what may be spent in all.

    Raises:
        ValueError: the least spends exceed the total.

    >>> steps = np.tile(np.arange(4.0), (2, 1))
    >>> found = allocated(steps, np.array([[0.0, 5.0, 8.0, 9.0], [0.0, 4.0, 6.0, 6.5]]), 3.0)
    >>> found.spend.tolist(), found.total, round(found.bound, 6)
    ([2.0, 1.0], 12.0, 12.0)
    """
    if float(spend[:, 0].sum()) > total + TINY:
        message = f"the least spends {spend[:, 0].sum()} exceed the total {total}"
        raise ValueError(message)
    free = _best(spend, value, 0.0)
    if _sum(spend, free) <= total + TINY:
        return _made(spend, value, free, bound=_sum(value, free), shadow=0.0)
    low, high = 0.0, _steepest(spend, value)
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        fits = _sum(spend, _best(spend, value, middle)) <= total + TINY
        low, high = (low, middle) if fits else (middle, high)
    place = _filled(spend, value, _best(spend, value, high), total)
    bound = min(_dual(spend, value, total, price) for price in (low, high))
    return _made(spend, value, place, bound=max(bound, _sum(value, place)), shadow=high)


def _best(spend: Floats, value: Floats, price: float) -> Ints:
    """Return the place of each curve's best point at a price; the cheapest of equals."""
    return np.asarray((value - price * spend).argmax(axis=1), dtype=np.int64)


def _filled(spend: Floats, value: Floats, place: Ints, total: float) -> Ints:
    """Return the places after what is left was given, best gain for its spend first."""
    at, rest = place.copy(), total - _sum(spend, place)
    rows = np.arange(len(place))
    while True:
        more = spend - spend[rows, at][:, None]
        gain = value - value[rows, at][:, None]
        fits = (more <= rest + TINY) & (gain > TINY)
        if not fits.any():
            return at
        rate = np.where(fits, gain / np.maximum(more, TINY), -np.inf)
        row, column = np.unravel_index(int(rate.argmax()), rate.shape)
        rest -= float(more[row, column])
        at[row] = column


def _steepest(spend: Floats, value: Floats) -> float:
    """Return a price at which every curve keeps to its least spend."""
    run = spend[:, 1:] - spend[:, :1]
    rise = value[:, 1:] - value[:, :1]
    slopes = np.divide(rise, run, out=np.zeros_like(rise), where=run > 0)
    return float(slopes.max(initial=0.0)) + 1.0


def _dual(spend: Floats, value: Floats, total: float, price: float) -> float:
    return float((value - price * spend).max(axis=1).sum() + price * total)


def _sum(of: Floats, place: Ints) -> float:
    return float(of[np.arange(len(place)), place].sum())


def _made(spend: Floats, value: Floats, place: Ints, *, bound: float, shadow: float) -> Allocation:
    rows = np.arange(len(place))
    return Allocation(spend=spend[rows, place], value=value[rows, place], bound=bound,
                      shadow=shadow)
