"""What is sold in each show: order by order, until the stock is gone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.demo.goods import WELFARE
from caopan.demo.lineup import Lineup
from caopan.demo.ragged import Flags, Floats, Ints, first_of, groups, pick, ranks, starts

SECOND_ORDER = 0.04
"""Chance that a buyer places one more order in the same show."""
QUANTITY_STEPS = (0.85, 0.97)
"""Draws above these add a unit each: the mean order has 1.18 units."""
IN_WINDOW = 0.75
"""Share of orders placed while, or just after, the product is explained."""
DELAY_SECONDS = 120.0
SHIFT = 1 << 20
"""More than the seconds of any show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sales:
    """Paid orders by show and time; every array but ``slots`` has shape (orders,)."""

    show: Ints
    entry: Ints
    """Place in the line-up."""
    slot: Ints
    """Which buyer of the block, numbered by show."""
    second: Ints
    quantity: Ints
    amount: Ints
    """Fen."""
    slots: Ints
    """Buyers of each show; shape (shows,)."""
    sold_out: Ints
    """Second at which the stock was gone, -1 for never; shape (line-up,)."""


def sales(
    buyers: Ints, seconds: Ints, lineup: Lineup, plain: Flags, rng: np.random.Generator,
) -> Sales:
    """Return the orders that stock allows.

    Args:
        buyers: shape (shows,), people who want to buy.
        seconds: shape (shows,), length of each show.
        lineup: the line-ups of the shows.
        plain: shape (shows,), shows in which everyone orders once and one unit.
        rng: source of randomness.

    >>> one = np.ones(1, dtype=np.int64)
    >>> apple = Lineup(counts=one, product=one * 0, role=one * 2, position=one, opens=one * 0,
    ...                explained=one * 600, price=one * 500, pull=one * 1.0, stock=one * 2)
    >>> sold = sales(one * 3, one * 900, apple, one == 1, np.random.default_rng(1))
    >>> sold.amount.tolist(), sold.slots.tolist(), bool(sold.sold_out[0] > 0)
    ([500, 500], [2], True)
    """
    more = rng.binomial(buyers, np.where(plain, 0.0, SECOND_ORDER))
    orders = buyers + more
    show, rank = groups(orders), ranks(orders)
    again = (rng.random(len(show)) * buyers[show]).astype(np.int64)
    slot = starts(buyers)[show] + np.where(rank < buyers[show], rank, again)
    entry = pick(lineup.pull, lineup.counts, orders, rng)
    second = moments(lineup, entry, seconds[show], rng)
    draw = rng.random(len(show))
    single = plain[show] | (lineup.role[entry] == WELFARE)
    quantity = 1 + np.where(single, 0, sum((draw > step).astype(np.int64)
                                           for step in QUANTITY_STEPS))
    quantity, sold_out = _until_gone(entry, second, quantity, lineup.stock)
    kept = np.flatnonzero(quantity > 0)
    kept = kept[np.argsort(show[kept] * SHIFT + second[kept], kind="stable")]
    slot, slots = _renumbered(slot[kept], show[kept], len(buyers), int(buyers.sum()))
    return Sales(
        show=show[kept], entry=entry[kept], slot=slot, second=second[kept],
        quantity=quantity[kept], amount=quantity[kept] * lineup.price[entry[kept]],
        slots=slots, sold_out=sold_out,
    )


def moments(
    lineup: Lineup, entry: Ints, seconds: Ints, rng: np.random.Generator,
) -> Ints:
    """Return the second of the show at which each order is paid.

    Args:
        lineup: the line-ups.
        entry: shape (orders,), place in the line-up.
        seconds: shape (orders,), length of the order's show.
        rng: source of randomness.
    """
    n = len(entry)
    explained = lineup.opens[entry] + rng.random(n) * lineup.explained[entry]
    explained += rng.exponential(DELAY_SECONDS, n)
    anywhen: Floats = rng.random(n) * seconds
    second = np.where(rng.random(n) < IN_WINDOW, explained, anywhen)
    return np.clip(second.astype(np.int64), 1, np.maximum(seconds - 1, 1))


def _until_gone(entry: Ints, second: Ints, quantity: Ints, stock: Ints) -> tuple[Ints, Ints]:
    """Return what each order gets when stock is served in order of time, and when it was gone."""
    order = np.argsort(entry * SHIFT + second, kind="stable")
    wanted, product = quantity[order], entry[order]
    counts = np.bincount(product, minlength=len(stock))
    running = np.cumsum(wanted)
    base = np.concatenate([[0], running])[starts(counts)]
    before = running - wanted - base[product]
    got = np.clip(stock[product] - before, 0, wanted)
    last = np.flatnonzero((got > 0) & (before + got >= stock[product]))
    sold_out = np.full(len(stock), -1, dtype=np.int64)
    sold_out[product[last]] = second[order[last]]
    served = np.empty_like(quantity)
    served[order] = got
    return served, sold_out


def _renumbered(slot: Ints, show: Ints, shows: int, slots: int) -> tuple[Ints, Ints]:
    """Return the buyers numbered without those who got nothing, and how many each show has."""
    first = first_of(slot, slots)
    present = first >= 0
    number = np.cumsum(present) - 1
    return number[slot], np.bincount(show[first[present]], minlength=shows)
