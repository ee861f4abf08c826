from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from caopan.demo.cast import Life
from caopan.demo.lineup import LEAST_STOCK, NO_STOCK_LIMIT, Lineup, lineup
from caopan.demo.ragged import groups
from caopan.demo.setting import Setting, setting
from caopan.demo.size import size_named


@pytest.fixture(scope="module")
def small() -> Setting:
    return setting(size_named("small"), seed=2, until=date(2026, 5, 1))


@pytest.fixture(scope="module")
def listed(small: Setting) -> Lineup:
    return lineup(small.shows, small.merchants, small.goods, small.demand,
                  small.changes[small.shows.merchant], np.random.default_rng(1))


def test_a_show_lists_as_many_different_products_as_it_has(small: Setting, listed: Lineup) -> None:
    show = groups(listed.counts)
    pairs = show * 1_000_000 + listed.product

    sells = small.shows.cart & ~small.shows.false_start
    assert (listed.counts == np.where(sells, small.shows.listed, 0)).all()
    assert len(np.unique(pairs)) == len(pairs)


def test_products_come_from_the_merchant_of_the_show(small: Setting, listed: Lineup) -> None:
    owner = small.shows.merchant[groups(listed.counts)]

    assert (small.goods.merchant[listed.product] == owner).all()


def test_products_are_explained_one_after_the_other_within_the_show(
    small: Setting, listed: Lineup,
) -> None:
    show = groups(listed.counts)
    closes = listed.opens + listed.explained

    follows = show[1:] == show[:-1]
    assert (listed.opens[1:] == closes[:-1])[follows].all()
    assert (listed.opens[listed.position == 1] == 0).all()
    assert (closes <= small.shows.seconds[show]).all()


def test_campaigns_are_cheaper_and_a_planted_price_is_higher(
    small: Setting, listed: Lineup,
) -> None:
    show = groups(listed.counts)
    ratio = listed.price / small.goods.price[listed.product]
    raised = small.changes[small.shows.merchant] == 2
    plain = ~raised[show]

    assert abs(ratio[plain & (small.shows.level[show] == 0)].mean() - 1.0) < 0.02
    assert abs(ratio[plain & (small.shows.level[show] == 1)].mean() - 0.95) < 0.02
    last = raised[show] & small.demand.last[show] & (small.shows.level[show] == 0)
    assert abs(ratio[last].mean() - 1.12) < 0.03


def test_stock_is_planned_where_it_is_recorded_and_unlimited_elsewhere(
    small: Setting, listed: Lineup,
) -> None:
    recorded = small.merchants.stocked[small.shows.merchant[groups(listed.counts)]]

    assert (listed.stock[~recorded] == NO_STOCK_LIMIT).all()
    assert listed.stock[recorded].min() == LEAST_STOCK
    assert listed.stock[recorded].max() < 1e6


def test_steady_merchants_keep_their_prices(small: Setting, listed: Lineup) -> None:
    show = groups(listed.counts)
    steady = (small.merchants.life[small.shows.merchant] == Life.STEADY)[show]
    ratio = (listed.price / small.goods.price[listed.product])[steady
                                                               & (small.shows.level[show] == 0)]
    last = small.demand.last[show][steady & (small.shows.level[show] == 0)]

    assert abs(ratio[last].mean() / ratio[~last].mean() - 1) < 0.02
