from __future__ import annotations

import numpy as np
import pytest

from caopan.stats.arrays import Floats, Ints
from caopan.stats.mixed import Mixed, fit, refit, told_before

SIMPLE = Mixed(mean=0.0, effects=np.zeros(1), scatter=1.0, step=0.0, between=1.0)


def _world(*, groups: int = 60, rows: int = 25, seed: int = 1) -> tuple[Floats, Floats, Ints]:
    rng = np.random.default_rng(seed)
    group = np.repeat(np.arange(groups), rows)
    columns = rng.normal(size=(groups * rows, 2))
    steps = rng.normal(0.0, 0.2, (groups, rows))
    steps[:, 0] = rng.normal(0.0, 1.5, groups)
    level = np.cumsum(steps, axis=1).ravel()
    noise = rng.normal(0.0, 0.7, groups * rows)
    return 3.0 + columns @ np.array([1.2, -0.6]) + level + noise, columns, group


def test_the_level_of_a_group_is_the_shrunken_mean_worked_by_hand() -> None:
    values = np.array([2.0, 4.0, np.nan, 9.0])

    told, spread = told_before(SIMPLE, values, np.zeros((4, 1)), np.array([0, 0, 0, 1]))

    # one value weighs 1 against a prior of weight 1, then two against it
    np.testing.assert_allclose(told, [0.0, 1.0, 2.0, 0.0])
    np.testing.assert_allclose(spread, [2.0, 1.5, 1.0 + 1.0 / 3.0, 2.0])


def test_what_made_a_world_is_recovered() -> None:
    model = fit(*_world())

    np.testing.assert_allclose(model.effects, [1.2, -0.6], atol=0.06)
    assert model.mean == pytest.approx(3.0, abs=0.5)
    assert model.scatter == pytest.approx(0.49, abs=0.1)
    assert model.between == pytest.approx(2.25, abs=1.1)
    assert model.step == pytest.approx(0.04, abs=0.03)


def test_it_tells_better_than_the_mean_of_the_group_so_far() -> None:
    values, columns, group = _world(seed=2)

    told, spread = told_before(fit(values, columns, group), values, columns, group)

    later = np.tile(np.arange(25) >= 5, 60)
    off = (values - told)[later]
    assert off.std() < 0.9
    assert np.mean(np.abs(off) < 1.2816 * np.sqrt(spread[later])) == pytest.approx(0.8, abs=0.03)


def test_a_later_value_reaches_nothing_that_was_told_before() -> None:
    values, columns, group = _world(groups=3)
    model = fit(values, columns, group)
    other = values.copy()
    other[[10, 40]] += 100.0

    told, changed = (told_before(model, each, columns, group)[0] for each in (values, other))

    same = np.ones(75, dtype=np.bool_)
    same[11:25] = same[41:50] = False
    np.testing.assert_array_equal(told[same], changed[same])
    assert (np.abs(told - changed)[~same] > 0).all()


def test_a_refit_at_the_same_variances_is_the_same_model() -> None:
    world = _world(groups=20)
    model = fit(*world)

    again = refit(model, *world)

    np.testing.assert_allclose(again.effects, model.effects)
    assert again.scatter == model.scatter


def test_the_order_of_columns_is_irrelevant_and_a_seed_gives_one_answer() -> None:
    values, columns, group = _world(groups=10)

    one, two = fit(values, columns, group), fit(values, columns[:, ::-1], group)

    np.testing.assert_allclose(one.effects, two.effects[::-1], atol=1e-6)
