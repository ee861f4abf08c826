from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

LINE = {"currency": "CNY", "quantity": 1, "merchant_id": "m"}
SAME_DAY = {**LINE, "order_id": "same", "paid_at": "2026-03-01T20:00", "amount": 1_000,
            "refunded_at": "2026-03-01T23:00", "refund_amount": 1_000}
NEXT_DAY = {**LINE, "order_id": "next", "paid_at": "2026-03-01T23:50", "amount": 2_000,
            "refunded_at": "2026-03-02T00:10", "refund_amount": 500}
WEEK = {**LINE, "order_id": "week", "paid_at": "2026-03-01T08:00", "amount": 3_000,
        "refunded_at": "2026-03-08T23:00", "refund_amount": 3_000}
KEPT = {**LINE, "order_id": "kept", "paid_at": "2026-03-01T09:00", "amount": 4_000}
YOUNG = {**LINE, "order_id": "young", "paid_at": "2026-03-09T09:00", "amount": 10_000}
OLD = [SAME_DAY, NEXT_DAY, WEEK, KEPT]


@pytest.mark.parametrize(("days", "net", "rate", "orders"), [
    (0, 9_000, 0.1, 0.25), (1, 8_500, 0.15, 0.5), (7, 5_500, 0.45, 0.75),
])
def test_refunds_are_counted_to_the_end_of_the_kth_business_day(
    world: Callable[..., Any], days: int, net: int, rate: float, orders: float,
) -> None:
    ledger = world(orders=OLD)
    looked = "2026-04-15T12:00"

    assert ledger.one(f"gmv_net_{days}", as_of=looked) == net
    assert ledger.one(f"refund_rate_{days}", as_of=looked) == pytest.approx(rate)
    assert ledger.one(f"refund_rate_orders_{days}", as_of=looked) == orders


def test_the_last_day_must_be_over(world: Callable[..., Any]) -> None:
    ledger = world(orders=OLD)

    assert ledger.one("gmv_net_7", as_of="2026-03-08T23:59") is None
    assert ledger.one("gmv_net_7", as_of="2026-03-09T00:00") == 5_500


def test_a_total_with_one_young_order_is_refused_and_a_rate_leaves_it_out(
    world: Callable[..., Any],
) -> None:
    ledger = world(orders=[*OLD, YOUNG])

    (net,) = ledger.value("gmv_net_7", as_of="2026-03-10T12:00")
    (rate,) = ledger.value("refund_rate_7", as_of="2026-03-10T12:00")

    assert (net["value"], net["n"]) == (None, 4)
    assert (rate["value"], rate["denominator"], rate["n"]) == (0.45, 10_000, 4)


def test_only_the_month_that_is_ripe_has_a_net(world: Callable[..., Any]) -> None:
    april = {**YOUNG, "paid_at": "2026-04-09T09:00"}
    found = world(orders=[*OLD, april]).by("gmv_net_14", "month", as_of="2026-04-10T12:00")

    assert found == {date(2026, 3, 1): 5_500, date(2026, 4, 1): None}


def test_without_an_instant_the_data_s_own_last_one_is_taken(world: Callable[..., Any]) -> None:
    ledger = world(orders=[*OLD, YOUNG])

    assert ledger.one("refund_rate_7") == 0.45
    assert ledger.one("refund_rate_14") is None


def test_what_was_refunded_later_was_not_known_then(world: Callable[..., Any]) -> None:
    ledger = world(orders=OLD)

    assert ledger.one("refund_rate_1", as_of="2026-03-03T12:00") == pytest.approx(0.15)
    assert ledger.one("refund_rate_to_date", as_of="2026-03-03T12:00") == pytest.approx(0.15)
    assert ledger.one("refund_rate_to_date", as_of="2026-03-20T12:00") == pytest.approx(0.45)


def test_a_ledger_without_refunds_does_not_say_there_were_none(
    world: Callable[..., Any],
) -> None:
    silent = world(orders=[KEPT])
    nothing = world(orders=[{**KEPT, "refund_amount": 0}])

    for name in ("refund_rate_7", "gmv_net_7", "refund_rate_orders_7", "refund_rate_to_date"):
        assert silent.one(name, as_of="2026-04-15T12:00") is None
    assert nothing.one("refund_rate_7", as_of="2026-04-15T12:00") == 0
    assert nothing.one("gmv_net_7", as_of="2026-04-15T12:00") == 4_000
    assert nothing.one("refund_rate_orders_7", as_of="2026-04-15T12:00") == 0


def test_a_refund_without_a_date_belongs_to_no_age(world: Callable[..., Any]) -> None:
    ledger = world(orders=[*OLD, {**KEPT, "order_id": "u", "refund_amount": 4_000}])

    assert ledger.one("refund_rate_7", as_of="2026-04-15T12:00") is None
    assert ledger.one("gmv_net_7", as_of="2026-04-15T12:00") is None
    assert ledger.one("refund_rate_to_date", as_of="2026-04-15T12:00") == pytest.approx(8.5 / 14)


def test_a_refund_without_an_amount_is_not_known(world: Callable[..., Any]) -> None:
    ledger = world(orders=[*OLD, {**KEPT, "order_id": "u",
                                  "refunded_at": "2026-03-02T10:00"}])

    assert ledger.one("refund_rate_7", as_of="2026-04-15T12:00") is None
    assert ledger.one("refund_rate_to_date", as_of="2026-04-15T12:00") is None


def test_currencies_of_refunds_stay_apart(world: Callable[..., Any]) -> None:
    abroad = {**SAME_DAY, "order_id": "idr", "currency": "IDR", "refund_amount": 250}

    found = world(orders=[*OLD, abroad]).by("refund_rate_7", "currency",
                                            as_of="2026-04-15T12:00")

    assert found == {"CNY": 0.45, "IDR": 0.25}


def test_the_platform_s_own_refunds_stand_apart(world: Callable[..., Any]) -> None:
    shows = world(
        sessions=[
            {"session_id": "s", "streamer_id": "h", "started_at": "2026-03-01T20:00",
             "gmv": 1_000, "refund_amount": 200, "refund_as_of": "2026-03-08T00:00",
             "currency": "CNY"},
            {"session_id": "t", "streamer_id": "h", "started_at": "2026-03-02T20:00",
             "gmv": 9_000, "refund_amount": None, "currency": "CNY"},
        ],
        session_products=[{"session_id": "s", "product_id": "p", "gmv": 400,
                           "refund_amount": 100, "currency": "CNY"}],
    )

    assert shows.one("refund_rate_platform") == 0.2
    assert shows.one("refund_rate_products") == 0.25
