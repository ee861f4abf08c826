from __future__ import annotations

import numpy as np

from caopan.forecast.history import History
from caopan.forecast.nothing import chance_of_nothing, with_nothing
from caopan.stats.quantiles import LEVELS

FINE = np.arange(1, 100) / 100


def _two_hosts(products: np.ndarray | None = None) -> History:
    """Return a host that never sells and one that always does, then one session more of each."""
    sold = np.concatenate([np.zeros(45), [np.nan], np.full(45, 9.0), [np.nan]])
    return History(subject=np.repeat([0, 1], 46), start=np.tile(np.arange(46.0), 2),
                   hours=np.ones(92), sold=sold, products=products)


def test_a_host_that_never_sold_and_one_that_always_did_are_told_apart() -> None:
    history = _two_hosts()

    chance = chance_of_nothing(history, np.full(92, 100.0))

    np.testing.assert_allclose(chance[[45, 91]], [(45 + 2.5) / 50, 2.5 / 50])


def test_what_comes_later_tells_nothing_of_a_session() -> None:
    history = _two_hosts()

    assert chance_of_nothing(history, history.start)[0] == 0.0


def test_shows_of_one_product_say_nothing_of_the_others() -> None:
    products = np.where(np.arange(92) < 46, 1.0, 30.0)
    products[45] = 30.0

    chance = chance_of_nothing(_two_hosts(products), np.full(92, 100.0))

    assert chance[45] == 0.0


def test_the_chance_of_nothing_takes_its_share_and_the_rest_keeps_its_shape() -> None:
    above = np.quantile(np.arange(1.0, 10_001.0), FINE)[None, :]

    told = with_nothing(above, np.array([0.5]), FINE)[0]

    assert (told[LEVELS <= 0.5] == 0).all()
    np.testing.assert_allclose(told[LEVELS > 0.51], (LEVELS[LEVELS > 0.51] - 0.5) * 20_000,
                               rtol=0.01)


def test_where_the_rest_is_not_known_nothing_is_told_above_the_chance() -> None:
    told = with_nothing(np.full((1, 99), np.nan), np.array([0.97]), FINE)

    assert (told == 0).all()
    assert np.isnan(with_nothing(np.full((1, 99), np.nan), np.array([0.5]), FINE)[0, 18])
