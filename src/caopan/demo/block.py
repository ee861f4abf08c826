"""The history of some merchants, drawn from beginning to end in memory."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.demo import fruit
from caopan.demo.audience import Audience, audience
from caopan.demo.buyer import Purchases, purchases
from caopan.demo.cast import Life
from caopan.demo.category import CATEGORIES
from caopan.demo.demand import Demand
from caopan.demo.lineup import Lineup, lineup
from caopan.demo.minute import Minutes, minutes
from caopan.demo.ragged import Floats, Ints, first_of
from caopan.demo.refund import refund_delays, refunded_amounts
from caopan.demo.rows import rows
from caopan.demo.sale import Sales, sales
from caopan.demo.schedule import SECONDS_A_DAY, Shows
from caopan.demo.setting import Setting
from caopan.demo.spend import Spend
from caopan.demo.tally import EntryTally, Tally, entry_tally, tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Refunds:
    """What came back so far of each paid order; every array has shape (orders,)."""

    amount: Ints
    """Fen, 0 where nothing is known to have come back."""
    second: Ints
    """Seconds after the first midnight of history, -1 for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The shows of a range of merchants and everything that happened in them."""

    number: int
    merchants: tuple[int, int]
    shows: Shows
    demand: Demand
    spend: Spend
    audience: Audience
    lineup: Lineup
    sales: Sales
    tally: Tally
    entries: EntryTally
    minutes: Minutes
    purchases: Purchases
    refunds: Refunds
    new: Ints
    """Of each paid order, 1 where it is its buyer's first in the shop."""


def block(world: Setting, number: int, merchants: tuple[int, int]) -> Block:
    """Return one block of the world, of the merchants ``[from, to)``; blocks are independent."""
    rng = np.random.default_rng([world.seed, 1, number])
    first, last = merchants
    here = ((world.shows.merchant >= first) & (world.shows.merchant < last)
            & (world.shows.day < world.size.days))
    shows = rows(world.shows, here)
    expected, spent = rows(world.demand, here), rows(world.spend, here)
    assigned = world.changes[shows.merchant]
    told = world.merchants.life[shows.merchant] == Life.FRUIT
    came = fruit.tell(
        audience(shows, world.hosts, demand=expected, spend=spent, response=world.response,
                 assigned=assigned, rng=rng), told)
    listed = lineup(shows, world.merchants, world.goods, expected, assigned, rng)
    sold = sales(came.buyers, shows.seconds, listed, told, rng)
    counts = tally(shows, world.hosts, came, sold, rng)
    who = purchases(
        sold.slots, shows.merchant - first, shows.start / SECONDS_A_DAY,
        chance=world.merchants.return_probability[first:last],
        gap=_of_category(world, "return_gap_days")[first:last], rng=rng)
    return Block(
        number=number, merchants=(first, last), shows=shows, demand=expected, spend=spent,
        audience=came, lineup=listed, sales=sold, tally=counts,
        entries=entry_tally(listed, sold, counts, rng),
        minutes=minutes(
            shows.seconds, world.hosts.stay_minutes[shows.host], came.views_private,
            came.views_public, came.views_paid, ad_spend=spent.actual, comments=counts.comments,
            rng=rng),
        purchases=who, refunds=_refunds(world, shows, sold, rng), new=_new(shows, sold, who),
    )


def _of_category(world: Setting, name: str) -> Floats:
    return np.array([getattr(c, name) for c in CATEGORIES])[world.merchants.category]


def _new(shows: Shows, sold: Sales, who: Purchases) -> Ints:
    """Return 1 for the first order of every buyer, by time of payment: two hosts may overlap."""
    new = np.zeros(len(sold.show), dtype=np.int64)
    by_time = np.argsort(shows.start[sold.show] + sold.second, kind="stable")
    new[by_time[first_of(who.buyer[sold.slot[by_time]], who.people)]] = 1
    return new


def _refunds(world: Setting, shows: Shows, sold: Sales, rng: np.random.Generator) -> Refunds:
    owner = shows.merchant[sold.show]
    quick, days, slow = (_of_category(world, name)[owner]
                         for name in ("quick_share", "quick_days", "slow_days"))
    delay = refund_delays(world.merchants.refund_rate[owner], quick, days, slow, rng)
    end = world.size.days * SECONDS_A_DAY
    paid = shows.start[sold.show] + sold.second
    at = np.minimum(paid + delay * SECONDS_A_DAY, end).astype(np.int64) + 60
    known = at < end
    return Refunds(amount=np.where(known, refunded_amounts(sold.amount, rng), 0),
                   second=np.where(known, at, -1))
