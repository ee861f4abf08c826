from __future__ import annotations

import math

import pytest

from caopan.units.interval import Interval, NotAnIntervalError


def test_an_interval_holds_its_ends_and_what_lies_between() -> None:
    prize = Interval(low=-3.0, mid=-1.0, high=2.0, level=0.8)

    assert prize.holds(-3.0)
    assert prize.holds(2.0)
    assert not prize.holds(2.1)


@pytest.mark.parametrize(("low", "mid", "high", "level"), [
    (2.0, 1.0, 3.0, 0.8), (0.0, 1.0, 0.5, 0.8), (math.nan, 1.0, 2.0, 0.8),
    (0.0, 1.0, math.inf, 0.8), (0.0, 1.0, 2.0, 0.0), (0.0, 1.0, 2.0, 1.0),
])
def test_what_is_no_interval_is_refused(low: float, mid: float, high: float, level: float) -> None:
    with pytest.raises(NotAnIntervalError) as refused:
        Interval(low=low, mid=mid, high=high, level=level)

    assert len(refused.value.numbers) == 4


def test_a_negative_factor_turns_the_interval_round() -> None:
    loss = Interval(low=1.0, mid=2.0, high=4.0, level=0.8)

    assert loss.scaled(-0.5) == Interval(low=-2.0, mid=-1.0, high=-0.5, level=0.8)
