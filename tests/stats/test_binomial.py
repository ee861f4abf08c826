from __future__ import annotations

import math

import pytest
from scipy import stats

from caopan.stats.binomial import (
    chance_of_at_least,
    chance_of_at_most,
    fisher_probability,
    rate_interval,
)


def test_one_box_to_twenty_people_at_ten_percent_is_nothing_unusual() -> None:
    """0.9^20 + 20 x 0.1 x 0.9^19 = 0.3917: the fruit."""
    assert chance_of_at_most(1, 20, 0.1) == pytest.approx(0.9**20 + 20 * 0.1 * 0.9**19)
    assert round(chance_of_at_most(1, 20, 0.1), 2) == 0.39


def test_at_most_and_at_least_share_their_own_number() -> None:
    assert chance_of_at_most(3, 12, 0.3) + chance_of_at_least(3, 12, 0.3) == pytest.approx(
        1.0 + math.comb(12, 3) * 0.3**3 * 0.7**9)


def test_at_least_none_is_certain() -> None:
    assert chance_of_at_least(0, 5, 0.2) == 1.0


@pytest.mark.parametrize(("first", "second"), [
    ((10, 100), (1, 20)), ((3, 10), (9, 11)), ((0, 40), (5, 50)), ((0, 5), (0, 7)),
    ((5, 5), (2, 9)), ((120, 4000), (80, 4100)),
])
def test_fisher_agrees_with_another_library(
    first: tuple[int, int], second: tuple[int, int],
) -> None:
    table = [[first[0], first[1] - first[0]], [second[0], second[1] - second[0]]]

    assert fisher_probability(first, second) == pytest.approx(stats.fisher_exact(table).pvalue)


@pytest.mark.parametrize(("successes", "trials"), [(0, 10), (1, 20), (7, 7), (33, 400)])
def test_the_range_of_a_rate_is_clopper_and_pearsons(successes: int, trials: int) -> None:
    exact = stats.binomtest(successes, trials).proportion_ci(0.8, method="exact")

    assert rate_interval(successes, trials, level=0.8) == pytest.approx((exact.low, exact.high))
