from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

LINE = {"paid_at": "2026-03-01T20:00", "currency": "CNY", "order_kind": "normal"}
LINES = [
    {**LINE, "order_id": "1", "line": "a", "buyer_id": "ann", "amount": 3_000, "quantity": 2},
    {**LINE, "order_id": "1", "line": "b", "buyer_id": "ann", "amount": 1_000, "quantity": 1},
    {**LINE, "order_id": "2", "buyer_id": "ann", "amount": 2_000, "quantity": 1,
     "refunded_at": "2026-03-02T10:00", "refund_amount": 2_000},
    {**LINE, "order_id": "3", "buyer_id": "bob", "amount": 6_000, "quantity": 4,
     "order_kind": None},
    {**LINE, "order_id": "4", "buyer_id": "cat", "amount": 0, "quantity": 1,
     "order_kind": "lottery"},
    {**LINE, "order_id": "5", "buyer_id": "dan", "amount": 0, "quantity": 1,
     "order_kind": "gift"},
    {**LINE, "order_id": "6", "buyer_id": "eve", "amount": 9_999, "quantity": 1,
     "paid_at": None},
]


@pytest.mark.parametrize(("name", "expected"), [
    ("gmv_orders", 12_000), ("orders_paid", 3), ("buyers_paid", 2), ("units_paid", 8),
    ("aov_paid", 6_000), ("gmv_per_order_paid", 4_000), ("price_per_item_paid", 1_500),
    ("items_per_order_paid", 8 / 3), ("orders_per_buyer_paid", 1.5),
])
def test_zero_yuan_prizes_and_unpaid_orders_are_no_sales_but_refunded_ones_are(
    world: Callable[..., Any], name: str, expected: float,
) -> None:
    assert world(orders=LINES).one(name) == pytest.approx(expected)


def test_a_prize_that_cost_something_is_a_sale(world: Callable[..., Any]) -> None:
    paid_prize = {**LINE, "order_id": "7", "amount": 100, "order_kind": "lottery"}
    free_order = {**LINE, "order_id": "8", "amount": 0, "order_kind": "normal"}

    ledger = world(orders=[paid_prize, free_order])

    assert ledger.one("gmv_orders") == 100
    assert ledger.one("orders_paid") == 2


def test_the_path_of_monthly_gmv(world: Callable[..., Any]) -> None:
    ledger = world(orders=[
        {**LINE, "order_id": "1", "amount": 10, "paid_at": "2026-03-31T23:59"},
        {**LINE, "order_id": "2", "amount": 30, "paid_at": "2026-04-01T00:00"},
    ])

    assert ledger.by("gmv_orders", "month") == {date(2026, 3, 1): 10, date(2026, 4, 1): 30}
