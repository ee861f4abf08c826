from __future__ import annotations

import numpy as np

from caopan.stats.boosted import fit
from caopan.stats.quantiles import LEVELS


def _world(seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    columns = rng.uniform(-1.0, 1.0, (2_000, 2))
    return 3.0 * columns[:, 0] + rng.normal(0.0, 1.0, 2_000) * np.exp(columns[:, 1]), columns


def test_the_median_follows_what_moves_it_and_the_range_what_scatters_it() -> None:
    told = fit(*_world(1), seed=1).quantiles(np.array([[-0.7, -0.8], [0.7, -0.8], [0.7, 0.8]]))

    assert told[1, 9] - told[0, 9] > 2.0  # 4.2 in truth: few rounds draw it towards the middle
    calm, wild = (told[1:, 15] - told[1:, 3])
    assert wild > 1.5 * calm
    assert (np.diff(told, axis=1) >= 0).all()


def test_a_fresh_row_falls_below_each_quantile_about_as_often_as_it_says() -> None:
    values, columns = _world(2)

    below = (values[:, None] <= fit(*_world(1), seed=1).quantiles(columns)).mean(axis=0)

    np.testing.assert_allclose(below, LEVELS, atol=0.06)


def test_the_same_seed_gives_the_same_trees() -> None:
    assert fit(*_world(1), seed=1).models == fit(*_world(1), seed=1).models


def test_what_is_not_known_of_a_row_is_no_obstacle() -> None:
    trees = fit(*_world(1), seed=1)

    assert np.isfinite(trees.quantiles(np.array([[np.nan, np.nan]]))).all()
    assert trees.quantiles(np.zeros((0, 2))).shape == (0, 19)


def test_levels_of_ones_own_are_told_and_stay_in_order() -> None:
    values, columns = _world(1)

    trees = fit(values, columns, seed=1, levels=(0.3, 0.6, 0.8), rounds=40)

    told = trees.fitted(columns)
    assert trees.levels == (0.3, 0.6, 0.8)
    assert (np.diff(told, axis=1) >= 0).all()
    np.testing.assert_allclose((values[:, None] <= told).mean(axis=0), trees.levels, atol=0.06)


def test_rows_that_weigh_more_are_listened_to() -> None:
    rng = np.random.default_rng(3)
    kind = np.repeat([0.0, 10.0], 300)
    values, nothing = kind + rng.normal(size=600), np.zeros((600, 1))

    told = [fit(values, nothing, seed=1, levels=(0.5,), weight=np.where(kind > 0, heavy, 1.0),
                rounds=40).fitted(np.zeros((1, 1)))[0, 0] for heavy in (0.05, 20.0)]

    assert told[0] < 3.0
    assert told[1] > 7.0
