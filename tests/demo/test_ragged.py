from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from caopan.demo.ragged import (
    cumulative,
    first_of,
    groups,
    pick,
    ranks,
    rough,
    spread,
    starts,
    steps,
)


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(0, 10_000)), min_size=1, max_size=9),
       st.integers(0, 99))
def test_spread_parts_always_add_up_and_are_never_negative(
    shape: list[tuple[int, int]], seed: int,
) -> None:
    counts = np.array([count for count, _ in shape])
    amounts = np.array([amount for _, amount in shape])
    rng = np.random.default_rng(seed)

    parts = spread(amounts, rng.random(counts.sum()), counts, rng)

    assert np.bincount(groups(counts), parts).tolist() == amounts.tolist()
    assert parts.min() >= 0


def test_spread_follows_the_weights() -> None:
    parts = spread(np.array([1_000]), np.array([1.0, 0.0, 3.0]), np.array([3]),
                   np.random.default_rng(1))

    assert parts.tolist() == [250, 0, 750]


def test_spread_is_even_where_no_weight_is_given() -> None:
    parts = spread(np.array([4]), np.zeros(2), np.array([2]), np.random.default_rng(1))

    assert parts.tolist() == [2, 2]


def test_spread_of_nothing_is_nothing() -> None:
    parts = spread(np.array([0, 0]), np.zeros(0), np.array([0, 0]), np.random.default_rng(1))

    assert parts.tolist() == []


def test_groups_starts_and_ranks_know_empty_groups() -> None:
    counts = np.array([0, 2, 0, 1, 0])

    assert groups(counts).tolist() == [1, 1, 3]
    assert starts(counts).tolist() == [0, 0, 2, 2, 3]
    assert ranks(counts).tolist() == [0, 1, 0]


def test_steps_visit_every_element_once_in_order_of_rank() -> None:
    counts = np.array([1, 3, 0, 2])

    visited = [step.tolist() for step in steps(counts)]

    assert visited == [[0, 1, 4], [2, 5], [3]]


def test_cumulative_shares_end_at_one_in_every_group() -> None:
    share = cumulative(np.array([2.0, 2.0, 5.0]), np.array([2, 1]))

    assert share.tolist() == [0.5, 1.0, 1.0]


def test_pick_draws_by_weight_within_its_group() -> None:
    weights = np.array([1.0, 3.0, 1.0, 0.0])

    drawn = pick(weights, np.array([2, 2]), np.array([20_000, 100]), np.random.default_rng(1))

    assert abs((drawn[:20_000] == 1).mean() - 0.75) < 0.01
    assert set(drawn[20_000:].tolist()) == {2}


def test_rough_weights_have_the_means_asked_for_and_vary_as_counts_do() -> None:
    drawn = rough(np.full(50_000, 8.0), np.random.default_rng(1), noise=0.05)

    assert abs(drawn.mean() - 8.0) < 0.06
    assert abs(drawn.var() - (8.0 + 0.05 * 64)) < 0.5


def test_first_of_finds_the_first_place_of_each_value() -> None:
    assert first_of(np.array([1, 1, 0, 1]), 3).tolist() == [2, 0, -1]
