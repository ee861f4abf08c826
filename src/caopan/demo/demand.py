"""How many people a show can expect, before luck: all systematic parts of traffic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from caopan.demo import change, season
from caopan.demo.cast import Hosts, Life, Merchants
from caopan.demo.category import CATEGORIES
from caopan.demo.goods import Goods
from caopan.demo.ragged import Flags, Floats, Ints
from caopan.demo.schedule import Shows, in_window
from caopan.demo.service import Engagements
from caopan.demo.size import Size

LEVEL_EFFECT = (0.0, 0.4, 0.8)
"""Log effect of a show's level (B, A, S) on traffic an hour."""

VIEWERS_PER_VIEW = 0.8
"""Expected people per view."""

UNITS_PER_BUYER = 1.24
"""Expected units a buyer takes (orders a buyer times units an order)."""

ORGANIC_PART = 0.86
"""Share of the orders aimed at that organic traffic must bring; ads bring the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What a show can expect; every array has shape (shows,)."""

    views: Floats
    """Expected organic views before luck, changes and lift."""
    luck: Floats
    """Log shock that lasts a week, plus the session's own noise."""
    buyers: Floats
    """Expected buyers before luck, changes and lift."""
    value: Floats
    """Expected GMV in fen before luck, changes and lift."""
    engagement: Ints
    """Place among the engagements, -1 for none."""
    lift: Floats
    """True log lift of GMV that the engagement brings; half through traffic, half conversion."""
    last: Flags
    """Whether the show lies in the last window."""


def demand(
    size: Size, merchants: Merchants, hosts: Hosts, goods: Goods, shows: Shows,
    *, shocks: Floats, served: Engagements, first_day: date,
) -> Demand:
    """Return what each show can expect, scaled so that the orders aimed at come about."""
    host, owner, day = shows.host, shows.merchant, shows.day
    log_rate = hosts.traffic[host] + _calendar(size, merchants, shows, first_day)
    log_rate += np.array(LEVEL_EFFECT)[shows.level]
    per_view = (VIEWERS_PER_VIEW * hosts.prod_expo_rate * hosts.prod_ctr
                * hosts.click_pay_rate)[host]
    views = np.exp(log_rate) * shows.seconds / 3600
    sells = shows.cart & ~shows.false_start & (day < size.days)
    views *= size.orders * ORGANIC_PART / (views * per_view * 1.04)[sells].sum()
    engagement, lift = _lift(served, shows)
    week = np.minimum(day // 7, shocks.shape[1] - 1)
    buyers = views * per_view
    return Demand(
        views=views, luck=shocks[owner, week] + shows.noise, buyers=buyers,
        value=buyers * UNITS_PER_BUYER * goods.mean_price()[owner],
        engagement=engagement, lift=lift, last=in_window(shows.start, size),
    )


def _calendar(size: Size, merchants: Merchants, shows: Shows, first_day: date) -> Floats:
    owner, day = shows.merchant, shows.day
    peak = np.array([c.season_peak for c in CATEGORIES])[merchants.category[owner]]
    moving = season.season_effect(first_day, day, phase=peak)
    festival = season.festivals(first_day, days=int(day.max(initial=0)) + 1)[day]
    moving = moving + season.FESTIVAL_EFFECT * festival
    moving += merchants.trend[owner] * (day - size.days / 2)
    living = merchants.life[owner] == Life.LIVING
    effect: Floats = season.weekday_effect(first_day, day) + np.where(living, moving, 0.0)
    return effect


def _lift(served: Engagements, shows: Shows) -> tuple[Ints, Floats]:
    place = np.full(int(shows.merchant.max(initial=0)) + 2, -1, dtype=np.int64)
    within = served.merchant < len(place)
    place[served.merchant[within]] = np.flatnonzero(within)
    engagement = place[shows.merchant]
    starts = np.append(served.start, np.iinfo(np.int64).max)
    engagement = np.where(shows.day >= starts[engagement], engagement, -1)
    return engagement, np.append(served.lift, 0.0)[engagement]


def traffic_factor(demand: Demand, changes: Ints) -> Floats:
    """Return what a show's organic traffic is multiplied by: luck, lift and known changes.

    >>> one = np.ones(1)
    >>> made = Demand(views=one, luck=one * 0, buyers=one, value=one, lift=one * 0,
    ...               engagement=np.array([-1]), last=np.array([True]))
    >>> traffic_factor(made, np.array([0])).tolist()
    [0.65]
    """
    moved = change.ratio("impressions_per_hour", changes, active=demand.last)
    factor: Floats = np.exp(demand.luck + demand.lift / 2) * moved
    return factor
