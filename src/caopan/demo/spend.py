"""Advertising: spend follows demand, its effect saturates and carries over."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.demo.cast import Hosts, Life, Merchants
from caopan.demo.demand import Demand
from caopan.demo.ragged import Floats, Ints, steps
from caopan.demo.schedule import SECONDS_A_DAY, Shows
from caopan.demo.size import Size

EXPERIMENTS = ("off", "x0", "x1", "x2")
LADDER_DAYS, LADDER_SHARE = 60, 0.4
"""Hosts with a ladder randomise this share of the shows of their last days, unless told else."""
LADDER_HOSTS = 0.35
FOLLOWS = 0.6
"""Spend moves by this share of the (log) demand that the operator sees on the day."""
ROUND_TO = 1_000
"""Planned spend is a multiple of this many fen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """The true response of each host's traffic to spend; every array has shape (hosts,).

    Extra views of a show = ceiling · a^slope / (a^slope + half^slope), a = spend of the show plus
    what earlier spend left, decaying by ``carry`` a day.
    """

    ceiling: Floats
    half: Floats
    """Fen."""
    slope: Floats
    carry: Floats
    """Share kept a day, 0-1."""
    conversion: Floats
    """How well a paid viewer buys, compared with an organic one."""
    fee: Floats
    """Spend planned per expected GMV."""
    ladder: Floats
    """Share of the shows of the last ``ladder_days`` whose spend is drawn."""
    ladder_days: int = LADDER_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Spend:
    """The spend of each show and what it brings; every array has shape (shows,)."""

    planned: Ints
    actual: Ints
    experiment: Ints
    paid_views: Floats
    """Expected extra views from the show's own spend."""
    carried_views: Floats
    """Expected extra organic views from earlier spend."""


def responses(
    merchants: Merchants, hosts: Hosts, shows: Shows, demand: Demand, rng: np.random.Generator,
) -> Response:
    """Return the true response of every host, in proportion to a usual show of theirs."""
    n = len(hosts.merchant)
    usual = ~shows.false_start & (shows.level == 0)
    number = np.maximum(np.bincount(shows.host[usual], minlength=n), 1)
    views = np.bincount(shows.host[usual], demand.views[usual], n) / number
    value = np.bincount(shows.host[usual], demand.value[usual], n) / number
    fee = rng.uniform(0.04, 0.12, n)
    living = hosts.advertises & (merchants.life[hosts.merchant] == Life.LIVING)
    ladder = living & (rng.random(n) < LADDER_HOSTS)
    ladder[np.flatnonzero(living)[:1]] = True
    return Response(
        ceiling=views * rng.uniform(0.4, 1.1, n),
        half=np.maximum(value * fee * rng.uniform(0.6, 1.6, n), 1.0),
        slope=rng.uniform(0.9, 1.5, n),
        carry=rng.uniform(0.25, 0.65, n),
        conversion=rng.uniform(0.55, 0.85, n),
        fee=fee,
        ladder=LADDER_SHARE * ladder,
    )


def spend(
    size: Size, hosts: Hosts, shows: Shows, demand: Demand, response: Response,
    rng: np.random.Generator,
) -> Spend:
    """Return the spend of every show: planned on expected demand, adjusted to what is seen."""
    host, n = shows.host, len(shows.host)
    buys = hosts.advertises[host] & shows.cart & ~shows.false_start
    wish = response.fee[host] * demand.value * np.exp(rng.normal(0, 0.2, n)) * buys
    late = (shows.day >= size.days - response.ladder_days) & (shows.day < size.days)
    tried = buys & late & (rng.random(n) < response.ladder[host])
    rung = rng.integers(0, 3, n)
    planned = np.round(wish * np.where(tried, rung, 1) / ROUND_TO).astype(np.int64) * ROUND_TO
    follow = np.where(tried, 0.0, FOLLOWS * demand.luck) + rng.normal(0, 0.1, n)
    actual = np.where(planned > 0, planned * np.exp(follow), 0).astype(np.int64)
    own, carried = _extra_views(shows, response, actual)
    return Spend(planned=planned, actual=actual, paid_views=own, carried_views=carried,
                 experiment=np.where(tried, rung + 1, 0))


def hill(amounts: Floats, *, ceiling: Floats, half: Floats, slope: Floats) -> Floats:
    """Return the saturating response; ``half`` brings half of the ceiling.

    >>> one = np.ones(1)
    >>> hill(one * 5, ceiling=one * 8, half=one * 5, slope=one * 1.3).tolist()
    [4.0]
    """
    part = (np.maximum(amounts, 0.0) / half) ** slope
    response: Floats = ceiling * part / (1 + part)
    return response


def _extra_views(shows: Shows, response: Response, actual: Ints) -> tuple[Floats, Floats]:
    order = np.lexsort((shows.start, shows.host))
    day = (shows.start / SECONDS_A_DAY)[order]
    host = shows.host[order]
    stock = actual[order].astype(np.float64)
    for rank, step in enumerate(steps(np.bincount(host))):
        if rank:
            kept = response.carry[host[step]] ** (day[step] - day[step - 1])
            stock[step] += kept * stock[step - 1]
    extra = hill(stock, ceiling=response.ceiling[host], half=response.half[host],
                 slope=response.slope[host])
    own = extra * np.where(stock > 0, actual[order] / np.maximum(stock, 1e-9), 0.0)
    views, carried = np.empty(len(order)), np.empty(len(order))
    views[order], carried[order] = own, extra - own
    return views, carried
