from __future__ import annotations

import numpy as np
import pytest

from caopan.forecast.response import Curve, expected_of, interval_of


def test_a_curve_tells_its_extra_sales_and_the_next_yuan_with_a_range() -> None:
    curve = Curve(ceiling=np.array([60.0, 80.0, 100.0]), half=np.full(3, 10.0), slope=np.ones(3))

    brings, next_one = curve.value(10.0), curve.marginal(10.0)

    assert (brings.low, brings.mid, brings.high) == pytest.approx((32.0, 40.0, 48.0))
    assert (next_one.low, next_one.mid, next_one.high) == pytest.approx((1.6, 2.0, 2.4))


def test_without_spend_there_is_nothing_extra() -> None:
    curve = Curve(ceiling=np.array([-5.0, 80.0]), half=np.full(2, 10.0), slope=np.full(2, 1.3))

    assert curve.value(0.0).high == 0.0


def test_a_range_is_central() -> None:
    found = interval_of(np.arange(101.0), level=0.8)

    assert (found.low, found.mid, found.high) == pytest.approx((10.0, 50.0, 90.0))


def test_the_middles_of_two_hosts_add_up_to_that_of_both() -> None:
    rng = np.random.default_rng(1)
    first, second = (rng.lognormal(0.0, spread, 500) for spread in (0.4, 0.8))

    both = expected_of(first + second, level=0.8).mid

    assert both == pytest.approx(
        expected_of(first, level=0.8).mid + expected_of(second, level=0.8).mid)
    assert expected_of(second, level=0.8).mid > interval_of(second, level=0.8).mid


def test_a_mean_that_few_draws_pull_away_stays_in_its_range() -> None:
    found = expected_of(np.array([1.0] * 99 + [1e6]), level=0.8)

    assert (found.low, found.mid, found.high) == (1.0, 1.0, 1.0)
