from __future__ import annotations

import numpy as np

from caopan.demo.cast import Life, cast
from caopan.demo.change import CHANGES, assign, ratio
from caopan.demo.size import size_named


def test_the_toy_holds_every_kind_of_life() -> None:
    merchants, _ = cast(size_named("toy"), np.random.default_rng(1))

    assert set(merchants.life.tolist()) == {Life.LIVING, Life.CHANGED, Life.STEADY, Life.FRUIT}


def test_only_merchants_with_enough_shows_have_a_change_planted() -> None:
    size = size_named("large")
    merchants, hosts = cast(size, np.random.default_rng(1))

    shows = np.bincount(hosts.merchant, hosts.cadence)[merchants.life != Life.LIVING] * 4
    assert len(shows) > 500
    assert shows.min() >= 5


def test_rates_of_the_funnel_are_ratios() -> None:
    _, hosts = cast(size_named("small"), np.random.default_rng(1))

    for rate in (hosts.enter_private, hosts.enter_public, hosts.prod_expo_rate, hosts.prod_ctr,
                 hosts.click_pay_rate, hosts.follow_rate, hosts.private_share):
        assert rate.min() > 0
        assert rate.max() < 1


def test_trust_rights_raise_the_chance_to_return() -> None:
    merchants, _ = cast(size_named("medium"), np.random.default_rng(1))
    women = merchants.category == 2

    held = merchants.rights.any(axis=1)
    chances = merchants.return_probability
    assert set(chances[women & held].round(4).tolist()) == {0.4144}
    assert set(chances[women & ~held].round(4).tolist()) == {0.37}


def test_changes_are_dealt_in_turn_to_the_changed_merchants_only() -> None:
    life = np.array([Life.CHANGED] * (len(CHANGES) + 1) + [Life.LIVING, Life.STEADY])

    assert assign(life).tolist() == [*range(len(CHANGES)), 0, -1, -1]


def test_a_change_moves_its_own_factor_in_the_last_window_only() -> None:
    assigned = np.array([1, 1, 0, -1])
    active = np.array([True, False, True, True])

    assert ratio("click_pay_rate", assigned, active=active).tolist() == [0.75, 1.0, 1.0, 1.0]
    assert ratio("impressions_per_hour", assigned, active=active).tolist() == [1, 1, 0.65, 1]
