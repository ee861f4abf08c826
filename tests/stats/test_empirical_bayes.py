from __future__ import annotations

import numpy as np
import pytest

from caopan.stats.empirical_bayes import fitted, shrunken


def test_three_values_by_hand() -> None:
    """Equal errors 1: the sum of squares over (1 + t2) is 2, so t2 = 8 / 2 - 1 = 3."""
    peers = fitted(np.array([0.0, 2.0, 4.0]), np.ones(3), np.zeros(3, dtype=np.int64), 1)

    assert peers.centre[0] == pytest.approx(2.0)
    assert peers.spread[0] ** 2 == pytest.approx(3.0)
    assert peers.centre_error[0] == pytest.approx(np.sqrt(4.0 / 3.0))


def test_values_that_differ_less_than_their_noise_have_no_spread() -> None:
    values, errors = np.array([1.0, 1.1, 0.9]), np.ones(3)
    group = np.zeros(3, dtype=np.int64)

    peers = fitted(values, errors, group, 1)
    drawn = shrunken(values, errors, group, peers)

    assert peers.spread[0] == 0.0
    np.testing.assert_allclose(drawn.mean, 1.0)
    np.testing.assert_allclose(drawn.percentile, 0.5)


def test_a_noisy_value_is_drawn_further_in_than_a_sure_one() -> None:
    values, errors = np.array([5.0, 5.0, 0.0, 1.0, -1.0]), np.array([0.1, 3.0, 0.1, 0.1, 0.1])
    group = np.zeros(5, dtype=np.int64)

    drawn = shrunken(values, errors, group, fitted(values, errors, group, 1))

    assert drawn.mean[0] == pytest.approx(5.0, abs=0.02)
    assert drawn.mean[1] < 3.5
    assert drawn.percentile[0] > drawn.percentile[1] > 0.5


def test_groups_do_not_touch_each_other_and_missing_values_are_left_out() -> None:
    values = np.array([1.0, 3.0, 100.0, 300.0, np.nan])
    group = np.array([0, 0, 1, 1, 1])

    both = fitted(values, np.full(5, 0.5), group, 3)
    first = fitted(values[:2], np.full(2, 0.5), group[:2], 1)

    assert both.centre[0] == pytest.approx(first.centre[0])
    assert both.count.tolist() == [2.0, 2.0, 0.0]
    assert np.isnan(both.centre[2])
    assert np.isnan(shrunken(values, np.full(5, 0.5), group, both).percentile[4])


def test_the_spread_between_subjects_is_recovered() -> None:
    rng = np.random.default_rng(2)
    errors = rng.uniform(0.1, 1.0, 4000)
    truth = rng.normal(3.0, 0.4, 4000)
    values = truth + errors * rng.standard_normal(4000)
    group = np.zeros(4000, dtype=np.int64)

    peers = fitted(values, errors, group, 1)
    drawn = shrunken(values, errors, group, peers)

    assert peers.centre[0] == pytest.approx(3.0, abs=0.03)
    assert peers.spread[0] == pytest.approx(0.4, abs=0.03)
    assert np.mean((drawn.mean - truth) ** 2) < 0.6 * np.mean((values - truth) ** 2)
    held = np.mean(np.abs(drawn.mean - truth) < 1.2816 * drawn.error)
    assert held == pytest.approx(0.8, abs=0.02)
