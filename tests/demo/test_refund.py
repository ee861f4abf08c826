from __future__ import annotations

import numpy as np

from caopan.demo.category import CATEGORIES
from caopan.demo.refund import matured, refund_delays, refunded_amounts


def test_refunds_come_at_the_stated_rate_and_mature_as_stated() -> None:
    women, n = CATEGORIES[2], 100_000
    one = np.ones(n)

    delay = refund_delays(one * women.refund_rate, one * women.quick_share,
                          one * women.quick_days, one * women.slow_days, np.random.default_rng(1))

    assert abs(np.isfinite(delay).mean() - women.refund_rate) < 0.005
    for days in (1, 7, 14):
        known = (delay <= days).sum() / np.isfinite(delay).sum()
        assert abs(known - matured(women, days=days)) < 0.01


def test_a_refund_never_returns_more_than_was_paid() -> None:
    amounts = np.array([1, 99, 10_000] * 100)

    back = refunded_amounts(amounts, np.random.default_rng(1))

    assert (back <= amounts).all()
    assert 0.8 < (back == amounts).mean() < 1


def test_maturity_rises_to_one() -> None:
    for category in CATEGORIES:
        curve = [matured(category, days=d) for d in (0, 1, 7, 30, 90)]
        assert curve == sorted(curve)
        assert curve[0] == 0
        assert curve[-1] > 0.999
