"""Who comes to a show and how far they get: impressions, entries, clicks, wish to buy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.demo import change
from caopan.demo.cast import Hosts
from caopan.demo.demand import VIEWERS_PER_VIEW, Demand, traffic_factor
from caopan.demo.ragged import Floats, Ints
from caopan.demo.schedule import Shows
from caopan.demo.spend import Response, Spend

EXPOSED_PER_IMPRESSION = 0.7
"""People among those impressions that did not end in a view."""

HIGHEST_RATE = 0.9
"""No rate of the funnel is allowed beyond this, whatever luck and lift say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """The counts of each show before anything is sold; every array has shape (shows,)."""

    impressions: Ints
    impressions_paid: Ints
    exposed: Ints
    """People who saw the room offered (曝光人数)."""
    views_private: Ints
    views_public: Ints
    views_paid: Ints
    viewers: Ints
    product_viewers: Ints
    clickers: Ints
    buyers: Ints
    """People who want to buy; stock may refuse some."""

    @property
    def views(self) -> Ints:
        """Return the views from all sources."""
        return self.views_private + self.views_public + self.views_paid


def audience(
    shows: Shows, hosts: Hosts, *, demand: Demand, spend: Spend, response: Response,
    assigned: Ints, rng: np.random.Generator,
) -> Audience:
    """Return the audience of every show, each step drawn from the one before.

    Args:
        shows: the shows.
        hosts: all hosts.
        demand: what each of the shows can expect.
        spend: the spend of each of the shows.
        response: the true response of every host.
        assigned: shape (shows,), the known change of each show's merchant or -1.
        rng: source of randomness.
    """
    entered, shown = _entries(shows, hosts, demand, spend, assigned, rng)
    views, impressions = np.sum(entered, axis=0), np.sum(shown, axis=0)
    viewers = views - rng.binomial(views, 1 - VIEWERS_PER_VIEW)
    buying = np.where(shows.cart & ~shows.false_start, 1.0, 0.0)
    host = shows.host
    product_viewers = rng.binomial(viewers, hosts.prod_expo_rate[host] * buying)
    click = hosts.prod_ctr[host] * change.ratio("prod_ctr_expo", assigned, active=demand.last)
    clickers = rng.binomial(product_viewers, click)
    paid_share = entered[2] / np.maximum(views, 1)
    pay = pay_rate(shows, hosts, demand, assigned)
    pay = pay * (1 - paid_share * (1 - response.conversion[host]))
    return Audience(
        impressions=impressions, impressions_paid=shown[2],
        exposed=viewers + rng.binomial(impressions - views, EXPOSED_PER_IMPRESSION),
        views_private=entered[0], views_public=entered[1], views_paid=entered[2],
        viewers=viewers, product_viewers=product_viewers, clickers=clickers,
        buyers=rng.binomial(clickers, np.minimum(pay, HIGHEST_RATE)),
    )


def pay_rate(shows: Shows, hosts: Hosts, demand: Demand, assigned: Ints) -> Floats:
    """Return the true click-to-pay rate of organic viewers in each show."""
    moved = change.ratio("click_pay_rate", assigned, active=demand.last)
    rate: Floats = (hosts.click_pay_rate[shows.host] * shows.conversion * moved
                    * np.exp(demand.lift / 2))
    return rate


def _entries(
    shows: Shows, hosts: Hosts, demand: Demand, spend: Spend, assigned: Ints,
    rng: np.random.Generator,
) -> tuple[list[Ints], list[Ints]]:
    """Return entries and impressions, each as private, public and paid."""
    host = shows.host
    organic = demand.views * traffic_factor(demand, assigned)
    moved = change.ratio("impressions_per_hour", assigned, active=demand.last)
    real = ~shows.false_start
    means = (
        organic * hosts.private_share[host],
        organic * (1 - hosts.private_share[host]) + spend.carried_views * moved * real,
        spend.paid_views * moved * real,
    )
    rates = (hosts.enter_private, hosts.enter_public, hosts.enter_paid)
    enter = change.ratio("enter_rate", assigned, active=demand.last)
    shown = [rng.poisson(mean / rate[host]) for mean, rate in zip(means, rates, strict=True)]
    entered = [rng.binomial(number, rate[host] * enter)
               for number, rate in zip(shown, rates, strict=True)]
    return entered, shown
