from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caopan.stats.arrays import Floats
from caopan.stats.newsvendor import Terms, ordered, outlook, profits, quantile, within_cash


def terms(*, price: list[float], cost: list[float], salvage: float = 0.0, returned: float = 0.0,
          held: float = 0.0) -> Terms:
    n = len(price)
    return Terms(price=np.array(price), cost=np.array(cost), salvage=np.full(n, salvage),
                 returned=np.full(n, returned), held=np.full(n, held))


def brute(points: Floats, made: Terms) -> int:
    """Return the order a person finds by trying every one."""
    tried = [outlook(points, made, np.array([q]), low=0.1).profit[0]
             for q in range(int(points.max()) + 2)]
    return int(np.argmax(np.round(tried, 9)))


strawberries = np.array([[2.0, 4.0, 4.0, 6.0, 8.0]])


def test_the_order_of_a_toy_case_is_the_one_worked_by_hand() -> None:
    # 10 a box, bought at 5, 1 when left over: critical ratio 5 / 9 = .56, P(demand <= 4) = .6
    box = terms(price=[10.0], cost=[5.0], salvage=1.0)

    order = ordered(strawberries, box)
    seen = outlook(strawberries, box, order, low=0.2)

    # sold 2 4 4 4 4 = 3.6 on average: 36 + 0.4 left at 1 - 20
    assert order.tolist() == [4]
    assert seen.profit[0] == pytest.approx(16.4)
    assert seen.stockout[0] == pytest.approx(0.4)
    assert seen.left[0] == pytest.approx(0.4)
    assert seen.risk[0] == pytest.approx(8.0)  # at the low end 2 sell: 2 left, 4 lost on each


@given(st.lists(st.integers(0, 30), min_size=1, max_size=12), st.floats(1.0, 20.0),
       st.floats(0.5, 19.0), st.floats(0.0, 0.9), st.floats(0.0, 0.5))
def test_no_other_order_brings_more(demand: list[int], price: float, cost: float,
                                    salvage: float, returned: float) -> None:
    points = np.sort(np.array([demand], dtype=np.float64))
    made = terms(price=[price], cost=[cost], salvage=salvage * cost, returned=returned)

    best = outlook(points, made, ordered(points, made), low=0.1).profit[0]
    tried = outlook(points, made, np.array([brute(points, made)]), low=0.1).profit[0]

    assert best == pytest.approx(tried, abs=1e-9)


def test_what_is_there_already_is_not_ordered_again() -> None:
    box = terms(price=[10.0], cost=[5.0], salvage=1.0)

    assert ordered(strawberries, replace(box, held=np.array([3.0]))).tolist() == [1]
    assert ordered(strawberries, replace(box, held=np.array([50.0]))).tolist() == [0]


def test_returns_lower_the_order_and_what_costs_more_than_it_brings_is_not_bought() -> None:
    points = np.arange(1.0, 101.0)[None, :]
    box = terms(price=[10.0], cost=[4.0])

    assert ordered(points, box).tolist() == [60]
    assert ordered(points, replace(box, returned=np.array([0.2]))).tolist() == [50]
    assert ordered(points, replace(box, cost=np.array([11.0]))).tolist() == [0]


def test_profits_average_to_the_expected_one() -> None:
    box = terms(price=[10.0], cost=[5.0], salvage=1.0, returned=0.1, held=2.0)
    order = np.array([3])

    assert profits(strawberries, box, order).mean() == pytest.approx(
        outlook(strawberries, box, order, low=0.1).profit[0])


@given(st.integers(0, 10_000), st.floats(0.0, 1.2))
def test_cash_is_never_overspent_and_the_bound_is_never_beaten(seed: int, share: float) -> None:
    rng = np.random.default_rng(seed)
    points = np.sort(rng.poisson(rng.lognormal(2, 1, (8, 1)), (8, 50)).astype(float), axis=1)
    made = terms(price=rng.uniform(5, 20, 8).tolist(), cost=rng.uniform(2, 9, 8).tolist())
    free = ordered(points, made)
    cash = share * float(free @ made.cost)

    found = within_cash(points, made, cash)

    assert float(found.order @ made.cost) <= cash + 1e-6
    assert found.profit <= found.bound + 1e-6
    assert (found.order >= 0).all()


def test_a_line_up_comes_within_a_unit_of_the_bound() -> None:
    rng = np.random.default_rng(4)
    points = np.sort(rng.poisson(rng.lognormal(3, 1, (200, 1)), (200, 400)).astype(float), axis=1)
    made = terms(price=rng.uniform(8, 20, 200).tolist(), cost=rng.uniform(2, 9, 200).tolist())

    found = within_cash(points, made, 0.4 * float(ordered(points, made) @ made.cost))

    assert found.profit / found.bound > 0.9995
    assert found.price_of_cash > 0


def test_cash_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="below zero"):
        within_cash(strawberries, terms(price=[10.0], cost=[5.0]), -1.0)


def test_a_quantile_is_the_smallest_value_that_holds_the_share() -> None:
    assert quantile(strawberries, 0.2).tolist() == [2.0]
    assert quantile(strawberries, 0.61).tolist() == [6.0]
    assert quantile(strawberries, 1.0).tolist() == [8.0]
