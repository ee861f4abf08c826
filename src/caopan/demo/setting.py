"""Everything about a world that is decided before any show goes on air."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from caopan.demo import change
from caopan.demo.cast import Hosts, Life, Merchants, cast
from caopan.demo.demand import Demand, demand
from caopan.demo.frame import day_after
from caopan.demo.goods import Goods, goods
from caopan.demo.provider import Providers, providers
from caopan.demo.ragged import Floats, Ints
from caopan.demo.schedule import SECONDS_A_DAY, Shows, schedule
from caopan.demo.service import Engagements, engagements
from caopan.demo.shock import weekly_shocks
from caopan.demo.size import PLAN_DAYS, Size
from caopan.demo.spend import Response, Spend, responses, spend


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The cast, the calendar and the money of a world; small beside its orders."""

    size: Size
    seed: int
    first_day: date
    until: date
    """The day after the last one of history: ``[first_day, until)``."""
    merchants: Merchants
    hosts: Hosts
    goods: Goods
    served_by: Providers
    served: Engagements
    shocks: Floats
    changes: Ints
    """The known change of each merchant, -1 for none."""
    shows: Shows
    demand: Demand
    response: Response
    spend: Spend

    @property
    def blocks(self) -> list[tuple[int, int]]:
        """Return ranges of merchants ``[from, to)`` that each fit into memory."""
        past = self.shows.day < self.size.days
        load = np.bincount(self.shows.merchant[past], self.demand.buyers[past] + 50,
                           self.size.merchants)
        block = (np.cumsum(load) // self.size.block_orders).astype(np.int64)
        firsts = np.unique(block, return_index=True)[1].tolist()
        return list(zip(firsts, [*firsts[1:], self.size.merchants], strict=True))


def setting(size: Size, *, seed: int, until: date) -> Setting:
    """Return the setting of a world; the same arguments give the same one.

    >>> from caopan.demo.size import size_named
    >>> made = setting(size_named("toy"), seed=1, until=date(2026, 5, 1))
    >>> made.first_day, made.blocks
    (datetime.date(2026, 1, 1), [(0, 6)])
    """
    draws = iter(np.random.default_rng(seed).spawn(10))
    first_day = day_after(until, -size.days)
    merchants, hosts = cast(size, next(draws))
    products = goods(merchants, next(draws))
    changes = change.assign(merchants.life)
    shocks = weekly_shocks(merchants.life == Life.LIVING, rng=next(draws),
                           weeks=-(-(size.days + PLAN_DAYS) // 7))
    served_by = providers(size.merchants, next(draws))
    served = engagements(shocks, merchants.life, served_by, days=size.days, rng=next(draws))
    shows = schedule(size, merchants, hosts, changes, first_day=first_day, rng=next(draws))
    expected = demand(size, merchants, hosts, products, shows, shocks=shocks, served=served,
                      first_day=first_day)
    response = responses(merchants, hosts, shows, expected, next(draws))
    return Setting(
        size=size, seed=seed, first_day=first_day, until=until, merchants=merchants, hosts=hosts,
        goods=products, served_by=served_by, served=served, shocks=shocks, changes=changes,
        shows=shows, demand=expected, response=response,
        spend=spend(size, hosts, shows, expected, response, next(draws)),
    )


def in_days(shows: Shows) -> Floats:
    """Return when the shows begin, in days after the first midnight."""
    return shows.start / SECONDS_A_DAY
