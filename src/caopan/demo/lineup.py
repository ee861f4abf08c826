"""The line-up of each show: which products, in which order, at what price, how many."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.demo import change, fruit
from caopan.demo.cast import Life, Merchants
from caopan.demo.demand import UNITS_PER_BUYER, Demand
from caopan.demo.goods import ROLE_TALK, TRAFFIC, Goods
from caopan.demo.ragged import Floats, Ints, cumulative, groups, ranks, starts
from caopan.demo.schedule import Shows

NO_STOCK_LIMIT = np.iinfo(np.int64).max // 4
LEVEL_PRICE = (1.0, 0.95, 0.88)
"""Prices by level (B, A, S) relative to the list."""
EXPLAINED_SHARE = 0.92
"""Part of a show in which some product is being explained."""
STOCK_FACTOR, STOCK_SPREAD = 1.9, 0.45
"""Stock over expected units: median and log spread."""
LEAST_STOCK = 3
THEME_SPREAD = 1.6
"""How strongly shows favour their dear products, or their cheap ones (log pull per log price)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineup:
    """The products of each show (排品), shows in order, then position."""

    counts: Ints
    """Products of each show; shape (shows,). The other arrays have one entry a product."""
    product: Ints
    role: Ints
    position: Ints
    """From 1."""
    opens: Ints
    """Second of the show at which its explanation begins."""
    explained: Ints
    """Seconds."""
    price: Ints
    """Fen."""
    pull: Floats
    stock: Ints
    """Units brought, ``NO_STOCK_LIMIT`` where none is recorded."""


def lineup(
    shows: Shows, merchants: Merchants, goods: Goods, demand: Demand, assigned: Ints,
    rng: np.random.Generator,
) -> Lineup:
    """Return the line-up of every show; shows without a cart and false starts have none."""
    listed = np.where(shows.cart & ~shows.false_start, shows.listed, 0)
    show, product = _listed(shows, goods, listed, rng)
    role = goods.role[product]
    opens, explained = _talk(shows.seconds, listed, role)
    pull = _pull(goods, product, show, rng)
    return Lineup(
        counts=listed, product=product, role=role, position=ranks(listed) + 1,
        opens=opens, explained=explained, pull=pull,
        price=_prices(shows, merchants, goods.price[product].astype(np.float64), show=show,
                      moved=change.ratio("price", assigned, active=demand.last), rng=rng),
        stock=_stock(shows, merchants, demand, listed, pull, rng),
    )


def _listed(
    shows: Shows, goods: Goods, listed: Ints, rng: np.random.Generator,
) -> tuple[Ints, Ints]:
    """Return show and product of the listed, drawn by pull without replacement."""
    number = np.where(listed > 0, goods.counts[shows.merchant], 0)
    show = groups(number)
    product = goods.first[shows.merchant][show] + ranks(number)
    wait = rng.exponential(1.0, len(product)) / np.sqrt(goods.pull[product])
    order = np.lexsort((wait, show))
    kept = order[ranks(number) < listed[show]]
    early = np.where(goods.role[product[kept]] == TRAFFIC, 0.4, 0.0)
    order = np.lexsort((rng.random(len(kept)) - early, show[kept]))
    return show[kept][order], product[kept][order]


def _talk(seconds: Ints, listed: Ints, role: Ints) -> tuple[Ints, Ints]:
    talk = np.array(ROLE_TALK)[role]
    ends = cumulative(talk, listed) * seconds[groups(listed)] * EXPLAINED_SHARE
    closes = ends.astype(np.int64)
    opens = np.concatenate([[0], closes[:-1]]) if len(closes) else closes
    opens[starts(listed)[listed > 0]] = 0
    return opens, closes - opens


def _prices(
    shows: Shows, merchants: Merchants, listed_at: Floats, *, moved: Floats, show: Ints,
    rng: np.random.Generator,
) -> Ints:
    still = merchants.life[shows.merchant] == Life.FRUIT
    wave = np.where(still, 1.0, np.exp(rng.normal(0, 0.06, len(still))) * moved
                    * np.array(LEVEL_PRICE)[shows.level])
    return np.maximum(np.round(listed_at * wave[show] / 10), 1).astype(np.int64) * 10


def _pull(goods: Goods, product: Ints, show: Ints, rng: np.random.Generator) -> Floats:
    """Return how products pull in each show: a theme favours the dear or the cheap ones."""
    theme = rng.normal(0, THEME_SPREAD, int(show.max(initial=0)) + 1)[show]
    dear = np.log(goods.price[product] / goods.mean_price()[goods.merchant[product]])
    luck = rng.normal(-0.08, 0.4, len(product))
    pull: Floats = goods.pull[product] * np.exp(theme * np.clip(dear, -1.5, 1.3) + luck)
    return pull


def _stock(
    shows: Shows, merchants: Merchants, demand: Demand, listed: Ints, pull: Floats,
    rng: np.random.Generator,
) -> Ints:
    show = groups(listed)
    sums = np.bincount(show, pull, len(listed))
    expected = (demand.buyers * np.exp(demand.lift) * UNITS_PER_BUYER)[show] * pull / sums[show]
    factor = STOCK_FACTOR * np.exp(rng.normal(0, STOCK_SPREAD, len(show)))
    units = np.maximum(np.ceil(expected * factor), LEAST_STOCK).astype(np.int64)
    told = (merchants.life[shows.merchant] == Life.FRUIT) & (listed > 0)
    boxes = np.zeros(len(listed), dtype=np.int64)
    boxes[told] = fruit.stock(int(told.sum()))
    units = np.where(told[show], boxes[show], units)
    return np.where(merchants.stocked[shows.merchant][show], units, NO_STOCK_LIMIT)
