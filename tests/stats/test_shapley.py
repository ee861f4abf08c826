from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from caopan.stats.lmdi import lmdi
from caopan.stats.shapley import TooManyFactorsError, carried, shapley

VALUES = st.one_of(st.just(0.0), st.floats(0.01, 100.0))


def by_all_orders(before: list[float], after: list[float]) -> list[float]:
    """Return the definition: the mean contribution over every order of change."""
    total, orders = np.zeros(len(before)), list(permutations(range(len(before))))
    for order in orders:
        now = list(before)
        for factor in order:
            old = np.prod(now)
            now[factor] = after[factor]
            total[factor] += np.prod(now) - old
    return (total / len(orders)).tolist()


def test_it_is_the_mean_over_all_orders() -> None:
    before, after = [2.0, 3.0, 5.0, 0.5], [4.0, 0.0, 6.0, 0.25]

    parts = shapley(np.array([before]), np.array([after]))

    np.testing.assert_allclose(parts[0], by_all_orders(before, after))


def test_a_conversion_of_zero_does_not_swallow_the_other_factors() -> None:
    """Exposure +50 %, click rate -20 %, conversion to zero: 1000 x .3 x .9 = 270 (methods, 6)."""
    before = np.array([[1000.0, 0.3, 0.9]])
    after = np.array([[1500.0, 0.24, 0.0]])

    parts = shapley(before, after)

    np.testing.assert_allclose(parts, [[63.0, -31.5, -301.5]])


def test_an_undefined_ratio_is_carried_over_and_never_zero() -> None:
    """Nobody bought: spend per buyer is not known, and stays what it was."""
    before = np.array([[100.0, 0.1, 50.0]])
    after = np.array([[80.0, 0.0, np.nan]])

    parts = shapley(before, after)

    assert parts[0, 2] == 0.0
    np.testing.assert_allclose(parts.sum(), -500.0)


def test_undefined_on_both_sides_is_one() -> None:
    first, second = carried(np.array([[np.nan]]), np.array([[np.nan]]))

    assert first.tolist() == second.tolist() == [[1.0]]


@given(hnp.arrays(float, (3, 5), elements=VALUES), hnp.arrays(float, (3, 5), elements=VALUES))
def test_the_parts_add_up_to_the_change(before: np.ndarray, after: np.ndarray) -> None:
    parts = shapley(before, after)

    change = after.prod(axis=1) - before.prod(axis=1)
    scale = np.maximum(after, before).prod(axis=1).max() + 1.0
    np.testing.assert_allclose(parts.sum(axis=1), change, atol=1e-9 * scale)


def test_without_zeros_it_comes_close_to_lmdi() -> None:
    rng = np.random.default_rng(5)
    before = rng.uniform(0.5, 2.0, (200, 5))
    after = before * rng.lognormal(0.0, 0.2, (200, 5))

    apart = np.abs(shapley(before, after) - lmdi(before, after)).sum(axis=1)

    assert np.median(apart / np.abs(lmdi(before, after)).sum(axis=1)) < 0.02


def test_more_than_eight_factors_are_refused() -> None:
    with pytest.raises(TooManyFactorsError, match="9 factors"):
        shapley(np.ones((1, 9)), np.ones((1, 9)))
