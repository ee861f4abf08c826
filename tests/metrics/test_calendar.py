from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

LATE = {"session_id": "late", "streamer_id": "h", "started_at": "2026-03-01T23:30", "views": 1}
EARLY = {"session_id": "early", "streamer_id": "h", "started_at": "2026-03-02T00:10", "views": 2}


def test_a_session_belongs_to_the_shanghai_day_it_started_on(world: Callable[..., Any]) -> None:
    shows = world(sessions=[LATE, EARLY])

    assert shows.by("view_pv", "day") == {date(2026, 3, 1): 1, date(2026, 3, 2): 2}


@pytest.mark.parametrize(("group", "expected"), [
    ("week", {date(2026, 2, 23): 1, date(2026, 3, 2): 2}),
    ("month", {date(2026, 3, 1): 3}),
    ("weekday", {7: 1, 1: 2}),
    ("hour", {23: 1, 0: 2}),
])
def test_parts_of_time_are_told_in_shanghai(
    world: Callable[..., Any], group: str, expected: dict[object, float],
) -> None:
    assert world(sessions=[LATE, EARLY]).by("view_pv", group) == expected


def test_a_period_holds_its_first_day_and_not_its_last(world: Callable[..., Any]) -> None:
    shows = world(sessions=[LATE, EARLY])

    assert shows.one("view_pv", period="2026-03-01/2026-03-02") == 1
    assert shows.one("view_pv", period="2026-03-02/2026-03-03") == 2


def test_nothing_after_the_instant_of_looking_is_seen(world: Callable[..., Any]) -> None:
    assert world(sessions=[LATE, EARLY]).one("view_pv", as_of="2026-03-02T00:00") == 1


def test_products_are_dated_by_their_session(world: Callable[..., Any]) -> None:
    shows = world(sessions=[LATE, EARLY], session_products=[
        {"session_id": "late", "product_id": "p", "gmv": 100, "currency": "CNY"},
        {"session_id": "early", "product_id": "p", "gmv": 200, "currency": "CNY"},
        {"session_id": "unknown", "product_id": "p", "gmv": 400, "currency": "CNY"},
    ])

    assert shows.one("gmv_products", period="2026-03-02/2026-03-03") == 200
    assert shows.one("gmv_products") == 700
    assert shows.by("gmv_products", "day", "currency") == {
        (date(2026, 3, 1), "CNY"): 100, (date(2026, 3, 2), "CNY"): 200, (None, "CNY"): 400}


def test_unpaid_orders_are_in_no_period(world: Callable[..., Any]) -> None:
    orders = world(orders=[
        {"order_id": "paid", "paid_at": "2026-03-01T20:00", "amount": 300, "currency": "CNY"},
        {"order_id": "unpaid", "created_at": "2026-03-01T20:00", "amount": 500,
         "currency": "CNY"},
    ])

    assert orders.one("gmv_orders") == 300
    assert orders.one("gmv_orders", period="2026-03-01/2026-03-02") == 300
