"""What a planned product will be asked for (需求): a distribution for each line of a plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.plan.sales import Names, Sales
from caopan.stats.arrays import Floats, Ints
from caopan.stats.censored_demand import Pool, Sold, demand_points, learnt

ROLES = ("welfare", "traffic", "hero", "profit", "image", "regular")
TOLD = (0.0, 0.25, 0.5, 0.75, 0.9)
"""Shares of demand that may come while a product is explained; the likeliest is taken."""
TOLD_FROM, FEW_ROUNDS = 3_000, 4
"""Rows, and alternations, that suffice to tell which is likeliest."""
FEWEST = 20
"""Rows of history below which nothing is said of a product that was never sold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The lines of a plan; arrays of shape (n,): ``hours`` > 0, ``price`` NaN where not known."""

    host: Names
    product: Names
    role: Names
    hours: Floats
    price: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """The distributions: ``points`` (n, 400), equally likely values, each row ascending.

    ``n``: sessions each line is told from; 0 where it is told from other products alone.
    ``sold_out``: how many of them ended without stock. ``pool``: rows that all are told from.
    ``told``: the share of demand that comes while a product is explained.
    """

    points: Floats
    n: Ints
    sold_out: Ints
    pool: int
    told: float


def demanded(sales: Sales, asked: Asked) -> Demand:
    """Return what each line will be asked for, sold-out sessions corrected by the minute.

    The rate an hour of a product with a host is drawn towards products of the same role, price
    and host by as much as its own sessions are few; a new one is told from those alone.

    Args:
        sales: rows in order of time, at least one.
        asked: the lines.
    """
    known = sales.lately()
    pairs: dict[tuple[str, str], int] = {}
    item = _numbered(pairs, known.host, known.product)
    line = _numbered(pairs, asked.host, asked.product)
    pool = _pool(known, asked, item, line)
    told = _told(known, item, pool)
    common, rates = learnt(_sold(known, item, told), pool)
    gone = np.isfinite(known.gone) | known.capped
    return Demand(
        points=demand_points(rates, line, asked.hours, common.shape), told=told, pool=len(known),
        n=np.bincount(item, minlength=len(pairs))[line],
        sold_out=np.bincount(item[gone], minlength=len(pairs))[line])


def _numbered(pairs: dict[tuple[str, str], int], host: Names, product: Names) -> Ints:
    return np.array([pairs.setdefault(one, len(pairs))
                     for one in zip(host, product, strict=True)], dtype=np.int64)


def _told(sales: Sales, item: Ints, pool: Pool) -> float:
    """Return the likeliest share of demand that comes while a product is explained.

    The moments at which stock was gone tell it: early in their explanation, or anywhen.
    """
    if not np.isfinite(sales.gone).any():
        return TOLD[len(TOLD) // 2]
    stride = -(-len(item) // TOLD_FROM)
    kept = item % stride == 0
    few, few_item = sales.rows(kept), np.unique(item[kept], return_inverse=True)[1]
    few_pool = pool.of(np.isin(np.arange(len(pool.group)), item[kept]))
    common, _ = learnt(_sold(few, few_item, TOLD[len(TOLD) // 2]), few_pool, rounds=FEW_ROUNDS)
    found = [learnt(_sold(few, few_item, one), few_pool, start=common,
                    rounds=FEW_ROUNDS)[1].evidence + few.moment_likelihood(one) for one in TOLD]
    return TOLD[int(np.argmax(found))]


def _sold(sales: Sales, item: Ints, told: float) -> Sold:
    return Sold(item=item, count=sales.units, exposure=sales.hours * sales.stocked_share(told),
                capped=sales.capped)


def _pool(sales: Sales, asked: Asked, item: Ints, line: Ints) -> Pool:
    """Return what is known of each product with a host besides its sales.

    A product's role and price are those of its plan, else of its last session.
    """
    items = int(max(item.max(initial=-1), line.max(initial=-1))) + 1
    hosts = {name: at for at, name in enumerate(dict.fromkeys(sales.host))}
    role = np.full(items, None, dtype=object)
    price, group = np.full(items, np.nan), np.full(items, -1, dtype=np.int64)
    for where, rows in ((item, sales), (line, asked)):
        role[where], price[where] = rows.role, rows.price
        group[where] = [hosts.get(name, -1) for name in rows.host]
    logs = np.log(np.where(price > 0, price, np.nan))
    middle = float(np.nanmean(logs)) if np.isfinite(logs).any() else 0.0
    features = np.stack([np.ones(items), np.nan_to_num(logs - middle),
                         *((role == name).astype(np.float64) for name in ROLES)], axis=1)
    return Pool(features=features, group=group, groups=len(hosts))
