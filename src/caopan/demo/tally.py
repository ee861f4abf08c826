"""The counts of a show that follow from its audience and its orders."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.demo.audience import Audience
from caopan.demo.cast import Hosts
from caopan.demo.lineup import Lineup
from caopan.demo.ragged import Ints, groups, spread
from caopan.demo.sale import Sales
from caopan.demo.schedule import Shows

MORE_CLICKS = 0.35
"""Clicks a clicker adds to the first."""
IMPRESSIONS_EACH = 5.0
"""Product impressions of a product viewer beyond the first."""
COMMENTS, LIKES, SHARES = 0.08, 0.5, 0.01
"""Expected per viewer."""
LOST_PER_NEW = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Counts of each show; every array has shape (shows,)."""

    orders: Ints
    buyers: Ints
    units: Ints
    gmv: Ints
    product_impressions: Ints
    product_clicks: Ints
    new_followers: Ints
    lost_followers: Ints
    comments: Ints
    likes: Ints
    shares: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryTally:
    """Counts of each product of each show; every array has shape (line-up,)."""

    orders: Ints
    units: Ints
    gmv: Ints
    impressions: Ints
    clicks: Ints


def tally(
    shows: Shows, hosts: Hosts, audience: Audience, sales: Sales, rng: np.random.Generator,
) -> Tally:
    """Return the counts of every show; a click precedes every order, an impression a click."""
    n = len(shows.host)
    orders = np.bincount(sales.show, minlength=n)
    clicks = (audience.clickers + rng.poisson(MORE_CLICKS * audience.clickers)
              + orders - sales.slots)
    seen = audience.product_viewers
    new = rng.binomial(audience.viewers, hosts.follow_rate[shows.host])
    lost = rng.poisson(LOST_PER_NEW * new + 0.2)
    return Tally(
        orders=orders, buyers=sales.slots, units=whole(sales.show, sales.quantity, n),
        gmv=whole(sales.show, sales.amount, n),
        product_clicks=clicks,
        product_impressions=seen + rng.poisson(IMPRESSIONS_EACH * seen) + clicks,
        new_followers=new,
        lost_followers=np.minimum(lost, new + hosts.followers[shows.host] // 2_000),
        comments=rng.poisson(COMMENTS * audience.viewers),
        likes=rng.poisson(LIKES * audience.viewers),
        shares=rng.poisson(SHARES * audience.viewers),
    )


def entry_tally(
    lineup: Lineup, sales: Sales, shown: Tally, rng: np.random.Generator,
) -> EntryTally:
    """Return the counts of every product of every show; they add up to the show's."""
    n, show = len(lineup.product), groups(lineup.counts)
    orders = np.bincount(sales.entry, minlength=n)
    pull = lineup.pull * (lineup.explained + 60.0)
    clicks = orders + spread(shown.product_clicks - shown.orders, pull, lineup.counts, rng)
    rest = shown.product_impressions - shown.product_clicks
    views = spread(rest, lineup.explained + 30.0 + 0.0 * show, lineup.counts, rng)
    return EntryTally(
        orders=orders, units=whole(sales.entry, sales.quantity, n),
        gmv=whole(sales.entry, sales.amount, n), clicks=clicks, impressions=clicks + views,
    )


def whole(places: Ints, amounts: Ints, size: int) -> Ints:
    """Return the sum of the whole amounts at each place, exactly.

    >>> whole(np.array([0, 2, 2]), np.array([5, 1, 2]), 3).tolist()
    [5, 0, 3]
    """
    return np.bincount(places, amounts, size).astype(np.int64)
