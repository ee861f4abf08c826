"""What a product sells an hour with a host (小时销率), pooled, with sell-outs put right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from caopan.plan.asked import Asked
from caopan.plan.sales import Sales
from caopan.stats.arrays import Floats, Ints
from caopan.stats.censored_demand import Common, Pool, Rates, Sold, learnt, posterior

ROLES = ("welfare", "traffic", "hero", "profit", "image", "regular")
TOLD = (0.0, 0.25, 0.5, 0.75, 0.9)
"""Shares of demand that may come while a product is explained; the likeliest is taken."""
POWERS = (0.5, 1.0)
"""How closely product demand may follow the forecast of its session; 0: not beyond the hours."""
CLEARLY = 3.0
"""By how much likelier (log) demand must follow the forecast before it is made to."""
TOLD_FROM, FEW_ROUNDS = 3_000, 4
"""Rows, and alternations, that suffice to tell which is likeliest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How demand follows the forecast of its session: to the ``power`` of its strength.

    ``outcome``: the forecast's, a place in ``sales.OUTCOMES``; None: hours alone count.
    ``gain``: by how much likelier (log) the sales before are so than by hours alone; ``n``: the
    rows with a forecast of their session that this is told from.
    """

    outcome: int | None = None
    power: float = 0.0
    gain: float = 0.0
    n: int = 0

    def of(self, rows: Sales | Asked) -> Floats:
        """Return the measure that demand is proportional to, shape (n,), > 0.

        >>> Scale().power
        0.0
        """
        if self.outcome is None:
            return rows.hours
        strength = rows.strength[:, self.outcome]
        return rows.hours * np.where(strength > 0, strength, 1.0) ** self.power


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught:
    """What products have in common: it is learnt once and holds for plans of some weeks."""

    common: Common
    told: float
    scale: Scale


def taught(known: Sales, item: Ints, pool: Pool) -> Taught:
    """Return what products have in common.

    Args:
        known: rows with those of a product together.
        item: the product with its host of each row.
        pool: what is known of each besides.
    """
    few, few_item, few_pool = _few(known, item, pool)
    told, common = _told(few, few_item, few_pool)
    scale = _scale(few, few_item, few_pool, told, common)
    common, _ = learnt(sold(known, item, told, scale), pool)
    return Taught(common=common, told=told, scale=scale)


def rates_of(known: Sales, item: Ints, pool: Pool, by: Taught) -> Rates:
    """Return the rate of every product with its host, by what products have in common."""
    return posterior(sold(known, item, by.told, by.scale), pool, by.common)


def sold(sales: Sales, item: Ints, told: float, scale: Scale) -> Sold:
    """Return the rows as counts with their exposures: stock until it was gone."""
    return Sold(item=item, count=sales.units, capped=sales.capped,
                exposure=scale.of(sales) * sales.stocked_share(told))


def pool_of(sales: Sales, asked: Asked, item: Ints, line: Ints) -> Pool:
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


def _few(sales: Sales, item: Ints, pool: Pool) -> tuple[Sales, Ints, Pool]:
    """Return every so many-th product with its rows."""
    kept = item % -(-len(item) // TOLD_FROM) == 0
    return (sales.rows(kept), np.unique(item[kept], return_inverse=True)[1],
            pool.of(np.isin(np.arange(len(pool.group)), item[kept])))


def _told(few: Sales, item: Ints, pool: Pool) -> tuple[float, Common]:
    """Return the likeliest share of demand that comes while a product is explained.

    The moments at which stock was gone tell it: early in their explanation, or anywhen.
    """
    middle = TOLD[len(TOLD) // 2]
    common, _ = learnt(sold(few, item, middle, Scale()), pool, rounds=FEW_ROUNDS)
    if not np.isfinite(few.gone).any():
        return middle, common
    found = [_likely(few, item, pool, one, Scale(), common) + few.moment_likelihood(one)
             for one in TOLD]
    return TOLD[int(np.argmax(found))], common


def _scale(few: Sales, item: Ints, pool: Pool, told: float, common: Common) -> Scale:
    """Return how demand followed what was forecast of its session, as the sales before tell."""
    known = np.isfinite(few.strength)
    if not known.any():
        return Scale()
    alone = _likely(few, item, pool, told, Scale(), common)
    tried = [Scale(outcome=outcome, power=power, n=int(known[:, outcome].sum()))
             for outcome in np.flatnonzero(known.any(axis=0)).tolist() for power in POWERS]
    gains = [_likely(few, item, pool, told, one, common) - alone for one in tried]
    return _best(tried, gains)


def _best(tried: Sequence[Scale], gains: Sequence[float]) -> Scale:
    at = int(np.argmax(gains))
    best, gain = tried[at], gains[at]
    if gain < CLEARLY:
        return Scale(gain=gain, n=best.n)
    return Scale(outcome=best.outcome, power=best.power, gain=gain, n=best.n)


def _likely(few: Sales, item: Ints, pool: Pool, told: float, scale: Scale,
            common: Common) -> float:
    return learnt(sold(few, item, told, scale), pool, start=common,
                  rounds=FEW_ROUNDS)[1].evidence
