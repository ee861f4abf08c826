from __future__ import annotations

import numpy as np
import pytest

from caopan.forecast.response import Curve, interval_of


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
