from __future__ import annotations

import numpy as np
import pytest

from caopan.plan.margin import margin_of
from caopan.plan.stock_plan import Order
from caopan.plan.waves import Told, waves
from caopan.units.interval import Interval
from tests.plan.conftest import line

DEMAND = np.arange(1.0, 41.0)


def told(product: str, *, position: int, stock: int = 40, seconds: float | None = 600.0,
         price: int = 2_000, cost: int = 800) -> Told:
    order = Order(quantity=stock, held=0, cost=0.0, profit=0.0, stockout=0.0, left=0.0, waste=0.0,
                  risk=0.0, range=Interval(low=0, mid=0, high=0, level=0.8))
    return (line(product, position=position, seconds=seconds, price=price, cost=cost), order,
            DEMAND)


def test_each_segment_is_paid_by_what_its_stock_can_earn() -> None:
    rows = [told("草莓", position=1), told("苹果", position=2, stock=10)]

    first, second = waves(rows, spend=100_00.0, minutes=120.0, level=0.8)

    assert (first.start, first.end, second.end) == (0.0, 60.0, 120.0)
    assert first.spend + second.spend == pytest.approx(100_00)
    # stock of 40 meets all of 20.5; of 10 meets 8.875 of it
    assert first.spend / second.spend == pytest.approx(20.5 / 8.875)
    assert (first.cover, second.cover) == (1.0, pytest.approx(8.875 / 20.5))
    assert second.spent_before == pytest.approx(first.spend)


def test_the_stop_is_where_spend_has_lost_money_even_if_it_did_everything() -> None:
    only, = waves([told("草莓", position=1)], spend=24_000.0, minutes=60.0, level=0.8)

    assert only.stop_below == 20  # 12 yuan a box pay for 240
    assert only.expected_low == 4
    assert only.stock_needed == 20


def test_what_loses_on_every_sale_gets_no_spend_and_no_stop() -> None:
    loses, earns = waves([told("福利", position=1, price=700), told("草莓", position=2)],
                         spend=10_000.0, minutes=60.0, level=0.8)

    assert loses.spend == 0
    assert loses.stop_below is None
    assert earns.spend == 10_000


def test_a_long_line_up_has_four_waves_that_hold_every_product_once() -> None:
    rows = [told(f"p{at:02}", position=at) for at in range(11)]

    found = waves(rows[::-1], spend=10_000.0, minutes=110.0, level=0.8)

    assert len(found) == 4
    assert [name for one in found for name in one.products] == [f"p{at:02}" for at in range(11)]
    assert sum(one.spend for one in found) == pytest.approx(10_000)
    assert [one.number for one in found] == [1, 2, 3, 4]


def test_without_a_line_up_there_is_one_wave() -> None:
    only, = waves([], spend=500.0, minutes=90.0, level=0.8)

    assert (only.spend, only.end, only.cover, only.stop_below) == (500.0, 90.0, None, None)


def test_the_margin_is_what_sales_leave_after_goods() -> None:
    assert margin_of([told("草莓", position=1)]) == pytest.approx(0.6)
    assert margin_of([told("草莓", position=1), told("福利", position=2, price=400)]) == (
        pytest.approx((1_200 - 400) / 2_400))
