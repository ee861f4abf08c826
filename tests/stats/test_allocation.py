from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caopan.stats.allocation import allocated
from caopan.stats.arrays import Floats


def s_shaped(sessions: int, *, seed: int, steps: int = 301) -> tuple[Floats, Floats]:
    """Return Hill curves with a threshold, as spends and what they bring."""
    rng = np.random.default_rng(seed)
    spend = np.tile(np.linspace(0.0, 1500.0, steps), (sessions, 1))
    power, half = rng.uniform(1.0, 2.2, (sessions, 1)), rng.lognormal(6.0, 0.5, (sessions, 1))
    return spend, rng.lognormal(7.0, 0.8, (sessions, 1)) * spend**power / (
        spend**power + half**power)


def test_two_hundred_s_shaped_sessions_reach_the_bound() -> None:
    for seed in range(5):
        found = allocated(*s_shaped(200, seed=seed), 60_000.0)

        assert found.total == pytest.approx(found.bound, rel=2e-4)
        assert found.spend.sum() <= 60_000.0


def test_it_beats_equal_parts_where_thresholds_are_high() -> None:
    spend, value = s_shaped(200, seed=1)
    equal = value[:, np.searchsorted(spend[0], 300.0)].sum()

    assert allocated(spend, value, 60_000.0).total > 1.2 * equal


@given(st.integers(0, 10_000), st.floats(0.0, 14.0))
def test_nothing_on_the_grid_beats_the_bound_nor_is_overspent(seed: int, total: float) -> None:
    rng = np.random.default_rng(seed)
    spend = np.tile(np.arange(5.0), (3, 1))
    value = np.concatenate([np.zeros((3, 1)), rng.normal(2.0, 3.0, (3, 4)).cumsum(axis=1)], axis=1)

    found = allocated(spend, value, total)

    best = max(value[range(3), list(at)].sum() for at in product(range(5), repeat=3)
               if sum(at) <= total)
    assert found.spend.sum() <= total + 1e-9
    assert found.bound >= best - 1e-9
    assert found.total <= best + 1e-9


def test_money_that_brings_nothing_stays_unspent() -> None:
    spend = np.tile(np.arange(4.0), (2, 1))
    value = np.array([[0.0, 2.0, 1.0, 0.0], [0.0, -1.0, -2.0, -3.0]])

    found = allocated(spend, value, 6.0)

    assert found.spend.tolist() == [1.0, 0.0]
    assert (found.total, found.bound, found.shadow) == (2.0, 2.0, 0.0)


def test_least_spends_that_cannot_be_paid_are_refused() -> None:
    with pytest.raises(ValueError, match="exceed the total"):
        allocated(np.array([[5.0, 6.0]]), np.zeros((1, 2)), 4.0)
