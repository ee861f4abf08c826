from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from caopan.metrics.catalogue import metric
from caopan.metrics.change import change, steps
from caopan.units.period import Period


def sale(name: str, day: str, amount: int, merchant: str = "m") -> dict:
    return {"order_id": name, "paid_at": f"{day}T20:00", "merchant_id": merchant,
            "amount": amount, "currency": "CNY"}


ORDERS = [sale("1", "2026-01-10", 100), sale("2", "2026-02-10", 150),
          sale("3", "2026-04-10", 60), sale("4", "2026-02-11", 7, "new")]
FEBRUARY = Period(start=date(2026, 2, 1), end=date(2026, 3, 1))
JANUARY = Period(start=date(2026, 1, 1), end=date(2026, 2, 1))


def test_two_periods_side_by_side(world: Callable[..., Any]) -> None:
    ledger = world(orders=ORDERS)

    rows = ledger.rows(change(metric("gmv_orders"), ledger.tables, period=FEBRUARY,
                              against=JANUARY, by=("merchant_id",)))

    assert [(row["merchant_id"], row["value"], row["value_before"], row["difference"],
             row["growth"]) for row in rows] == [
        ("m", 150, 100, 50, 0.5), ("new", 7, None, None, None)]
    assert rows[0]["currency"] == "CNY"


def test_the_period_of_equal_length_just_before_is_the_default(
    world: Callable[..., Any],
) -> None:
    shows = world(sessions=[
        {"session_id": "a", "streamer_id": "h", "started_at": "2026-02-27T20:00", "views": 4},
        {"session_id": "b", "streamer_id": "h", "started_at": "2026-03-02T20:00", "views": 3}])
    first = Period(start=date(2026, 3, 1), end=date(2026, 3, 4))

    (row,) = shows.rows(change(metric("view_pv"), shows.tables, period=first))

    assert (row["value"], row["value_before"], row["growth"]) == (3, 4, pytest.approx(-0.25))


def test_the_path_by_month_compares_only_neighbours(world: Callable[..., Any]) -> None:
    ledger = world(orders=ORDERS)

    rows = ledger.rows(steps(metric("gmv_orders"), ledger.tables, by=("merchant_id",)))

    path = [(row["month"].month, row["value"], row["value_before"], row["growth"])
            for row in rows if row["merchant_id"] == "m"]
    assert path == [(1, 100, None, None), (2, 150, 100, 0.5), (4, 60, None, None)]


def test_weeks_follow_weeks(world: Callable[..., Any]) -> None:
    ledger = world(orders=[sale("1", "2026-03-02", 10), sale("2", "2026-03-09", 30)])

    rows = ledger.rows(steps(metric("gmv_orders"), ledger.tables, step="week"))

    assert [row["value_before"] for row in rows] == [None, 10]
