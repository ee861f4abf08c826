from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from caopan.demo.schedule import SECONDS_A_DAY
from caopan.demo.setting import Setting, setting
from caopan.demo.size import Size
from caopan.demo.spend import hill


@pytest.fixture(scope="module")
def region() -> Setting:
    size = Size(name="region", merchants=150, days=150, sessions=15_000, orders=300_000)
    return setting(size, seed=6, until=date(2026, 5, 1))


def test_half_of_the_ceiling_comes_at_half_spend_and_almost_all_far_beyond() -> None:
    spend = np.array([0.0, 50.0, 5e6])

    extra = hill(spend, ceiling=np.full(3, 200.0), half=np.full(3, 50.0), slope=np.full(3, 1.2))

    assert extra.round(1).tolist() == [0.0, 100.0, 200.0]


def test_spend_follows_the_demand_that_the_operator_sees(region: Setting) -> None:
    made = region.spend
    usual = (made.experiment == 0) & (made.planned > 0)
    follow = np.log(made.actual[usual] / made.planned[usual])

    slope = np.polyfit(region.demand.luck[usual], follow, 1)[0]
    assert abs(slope - 0.6) < 0.03


def test_spend_on_the_ladder_does_not_follow_demand(region: Setting) -> None:
    made = region.spend
    tried = (made.experiment > 1) & (made.planned > 0)
    follow = np.log(made.actual[tried] / made.planned[tried])

    assert tried.sum() > 200
    assert abs(np.corrcoef(region.demand.luck[tried], follow)[0, 1]) < 0.12


def test_rungs_of_the_ladder_are_drawn_evenly_and_zero_is_zero(region: Setting) -> None:
    made = region.spend
    share = np.bincount(made.experiment, minlength=4)[1:] / (made.experiment > 0).sum()

    assert abs(share - 1 / 3).max() < 0.06
    assert made.actual[made.experiment == 1].max() == 0
    late = region.shows.day[made.experiment > 0]
    assert late.min() >= 150 - 60
    assert late.max() < 150


def test_earlier_spend_carries_over_at_the_stated_rate(region: Setting) -> None:
    made, shows = region.spend, region.shows
    host = int(np.bincount(shows.host[made.actual > 0]).argmax())
    rows = np.flatnonzero(shows.host == host)
    rows = rows[np.argsort(shows.start[rows])]
    days = shows.start[rows] / SECONDS_A_DAY

    stock = [sum(made.actual[earlier] * region.response.carry[host] ** (days[i] - days[j])
                 for j, earlier in enumerate(rows[: i + 1])) for i in range(len(rows))]
    extra = hill(np.array(stock), ceiling=region.response.ceiling[host],
                 half=region.response.half[host], slope=region.response.slope[host])
    assert np.allclose(made.paid_views[rows] + made.carried_views[rows], extra)


def test_hosts_without_ads_spend_nothing(region: Setting) -> None:
    quiet = ~region.hosts.advertises[region.shows.host]

    assert region.spend.actual[quiet].max() == 0
    assert region.spend.paid_views[quiet].max() == 0
