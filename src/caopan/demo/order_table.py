"""The table of orders: paid ones, and beside them the unpaid and those of a lottery."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from caopan.demo.block import Block
from caopan.demo.category import PROVINCES
from caopan.demo.frame import frame, ids, number, words
from caopan.demo.goods import WELFARE
from caopan.demo.ragged import Flags, Ints, groups, pick
from caopan.demo.sale import moments
from caopan.demo.session_table import instants
from caopan.demo.setting import Setting

UNPAID_PER_PAID = 0.09
LOTTERY_SHARE, LOTTERY_WINNERS = 0.06, 8
"""Shows with a lottery (福袋), and mean winners of one, at zero yuan each."""
PRESALE_SHARE = 0.06
PRESALE_CATEGORIES = (2, 5)
"""Categories that sell ahead of stock: women's wear, home textiles."""
KINDS = ("normal", "lottery", "presale")
NORMAL, LOTTERY, PRESALE = range(3)
BLOCK_IDS = 100_000_000
PATIENCE_SECONDS = 90
HASH_DIGITS = 32
"""Buyers have ids of the form that an import gives them: nobody is to be hashed twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Orders of one sort; every array has shape (orders,)."""

    show: Ints
    entry: Ints
    second: Ints
    quantity: Ints
    amount: Ints
    buyer: Ints
    new: Ints
    """1 yes, 0 no, -1 not known."""
    kind: Ints
    paid: Flags


def orders(world: Setting, made: Block, rng: np.random.Generator) -> pa.Table:
    """Return the orders of a block; paid ones other than lotteries add up to the shows."""
    paid = _paid(world, made, rng)
    people = made.purchases.people
    lottery = _lottery(made, people, rng)
    parts = (paid, _unpaid(made, people + len(lottery.show), rng), lottery)
    both = Rows(**{name: np.concatenate([getattr(part, name) for part in parts])
                   for name in Rows.__slots__})
    n, more = len(both.show), len(both.show) - len(paid.show)
    back = np.concatenate([made.refunds.amount, np.zeros(more, dtype=np.int64)])
    came_back = np.concatenate([made.refunds.second, np.full(more, -1)])
    shows = made.shows
    host = shows.host[both.show]
    at = shows.start[both.show] + both.second
    created = np.maximum(at - rng.integers(3, PATIENCE_SECONDS, n), shows.start[both.show])
    base = made.number * BLOCK_IDS
    return frame("orders", {
        "order_id": ids("o", base + np.arange(n)), "line": ["1"] * n,
        "paid_at": instants(world, at, absent=~both.paid),
        "created_at": instants(world, created),
        "session_id": ids("s", shows.number[both.show]),
        "merchant_id": ids("m", shows.merchant[both.show]), "streamer_id": ids("h", host),
        "product_id": ids("p", made.lineup.product[both.entry]),
        "buyer_id": ids("b-", base + both.buyer, digits=HASH_DIGITS), "quantity": both.quantity,
        "amount": both.amount,
        "refunded_at": instants(world, came_back, absent=came_back < 0),
        "refund_amount": number(back, absent=~both.paid),
        "new_to_shop": number(both.new == 1, absent=both.new < 0),
        "channel": words(("self", "distributed"), world.hosts.talent[host].astype(np.int64)),
        "order_kind": words(KINDS, both.kind),
        "province": words(tuple(name for name, _ in PROVINCES), _province(base + both.buyer)),
        "currency": ["CNY"] * n,
    })


def _paid(world: Setting, made: Block, rng: np.random.Generator) -> Rows:
    sold = made.sales
    category = world.merchants.category[made.shows.merchant[sold.show]]
    ahead = np.isin(category, PRESALE_CATEGORIES) & (rng.random(len(category)) < PRESALE_SHARE)
    return Rows(
        show=sold.show, entry=sold.entry, second=sold.second, quantity=sold.quantity,
        amount=sold.amount, buyer=made.purchases.buyer[sold.slot], new=made.new,
        kind=np.where(ahead, PRESALE, NORMAL), paid=np.ones(len(category), dtype=np.bool_),
    )


def _unpaid(made: Block, people: int, rng: np.random.Generator) -> Rows:
    """Return orders nobody paid, by people seen nowhere else."""
    number = rng.poisson(made.tally.orders * UNPAID_PER_PAID)
    number = np.where(made.lineup.counts > 0, number, 0)
    show = groups(number)
    entry = pick(made.lineup.pull, made.lineup.counts, number, rng)
    n, one = len(show), np.ones(len(show), dtype=np.int64)
    return Rows(
        show=show, entry=entry, second=moments(made.lineup, entry, made.shows.seconds[show], rng),
        quantity=one, amount=made.lineup.price[entry], buyer=people + np.arange(n), new=-one,
        kind=one * NORMAL, paid=np.zeros(n, dtype=np.bool_),
    )


def _lottery(made: Block, people: int, rng: np.random.Generator) -> Rows:
    """Return orders won in lotteries at zero yuan, by people who buy nothing else."""
    holds = rng.random(len(made.shows.host)) < LOTTERY_SHARE
    holds &= made.tally.orders > LOTTERY_WINNERS
    number = np.where(holds, 1 + rng.poisson(LOTTERY_WINNERS - 1, len(holds)), 0)
    show = groups(number)
    gift = np.where(made.lineup.role == WELFARE, 1e6, 1.0)
    entry = pick(gift, made.lineup.counts, number, rng)
    n, one = len(show), np.ones(len(show), dtype=np.int64)
    return Rows(
        show=show, entry=entry, second=moments(made.lineup, entry, made.shows.seconds[show], rng),
        quantity=one, amount=one * 0, buyer=people + np.arange(n), new=one, kind=one * LOTTERY,
        paid=np.ones(n, dtype=np.bool_),
    )


def _province(person: Ints) -> Ints:
    """Return where each person lives, always the same for one person."""
    draw = ((person * 2_654_435_761) % 4_294_967_296) / 4_294_967_296
    edges = np.cumsum([share for _, share in PROVINCES])
    return np.searchsorted(edges / edges[-1], draw, side="right").astype(np.int64)
