from __future__ import annotations

import numpy as np
import pytest

from caopan.stats.hill import hill, hill_rate, stock


def test_half_of_the_ceiling_is_reached_at_half() -> None:
    assert hill(np.array([3.0]), half=3.0, slope=2.2).tolist() == [0.5]


def test_the_rate_is_the_derivative() -> None:
    amount, step = np.array([0.4, 1.0, 7.0]), 1e-6

    rise = (hill(amount + step, half=2.0, slope=1.4) - hill(amount, half=2.0, slope=1.4)) / step

    assert hill_rate(amount, half=2.0, slope=1.4) == pytest.approx(rise, rel=1e-4)


def test_what_is_left_decays_with_the_days_and_stays_with_its_host() -> None:
    amount, day = np.array([8.0, 4.0, 0.0, 5.0]), np.array([0.0, 1.0, 3.0, 3.5])

    kept = stock(amount, day, np.array([0, 0, 0, 1]), carry=0.5)

    assert kept.tolist() == [8.0, 8.0, 2.0, 5.0]


def test_steady_spend_has_the_steady_stock() -> None:
    kept = stock(np.ones(60), np.arange(60.0), np.zeros(60, dtype=np.int64), carry=0.4)

    assert kept[-1] == pytest.approx(1 / (1 - 0.4))
