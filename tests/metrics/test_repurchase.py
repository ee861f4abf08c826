from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest


def buy(name: str, buyer: str | None, when: str, **more: object) -> dict:
    return {"order_id": name, "buyer_id": buyer, "paid_at": when, "merchant_id": "m",
            "amount": 100, "currency": "CNY", **more}


# ann: again after 10 days; bob: after 40; cat: never; dan: twice on one day, never again.
HISTORY = [
    buy("1", "ann", "2026-01-05T20:00", new_to_shop=True), buy("2", "ann", "2026-01-15T20:00"),
    buy("3", "bob", "2026-01-05T20:00", new_to_shop=False), buy("4", "bob", "2026-02-14T20:00"),
    buy("5", "cat", "2026-01-31T20:00", new_to_shop=True),
    buy("6", "dan", "2026-01-06T20:00"), buy("7", "dan", "2026-01-06T21:00"),
]


@pytest.mark.parametrize(("name", "share", "n"), [
    ("repurchase_30", 0.25, 4), ("repurchase_60", 0.5, 4), ("repurchase_90", 0.5, 4),
    ("repurchase_30_new", 0.5, 2), ("repurchase_90_new", 0.5, 2),
])
def test_rolling_repurchase_runs_from_the_first_order(
    world: Callable[..., Any], name: str, share: float, n: int,
) -> None:
    (row,) = world(orders=HISTORY).value(name, as_of="2026-06-30T12:00")

    assert (row["value"], row["n"]) == (share, n)


def test_only_buyers_watched_long_enough_are_in_the_denominator(
    world: Callable[..., Any],
) -> None:
    ledger = world(orders=HISTORY)

    (row,) = ledger.value("repurchase_30", as_of="2026-02-06T12:00")
    assert (row["numerator"], row["denominator"]) == (1, 3)
    assert ledger.one("repurchase_30", as_of="2026-02-04T12:00") is None
    assert ledger.one("repurchase_60", as_of="2026-02-20T12:00") is None


def test_a_period_chooses_buyers_by_their_first_purchase_ever(
    world: Callable[..., Any],
) -> None:
    ledger = world(orders=HISTORY)

    (row,) = ledger.value("repurchase_30", period="2026-01-10/2026-02-28",
                          as_of="2026-06-30T12:00")

    assert (row["numerator"], row["denominator"]) == (0, 1)
    assert ledger.by("repurchase_60", "month", as_of="2026-06-30T12:00") == {
        date(2026, 1, 1): 0.5}


def test_a_buyer_is_new_in_each_shop(world: Callable[..., Any]) -> None:
    ledger = world(orders=[
        buy("1", "ann", "2026-01-05T20:00"), buy("2", "ann", "2026-01-08T20:00"),
        buy("3", "ann", "2026-01-06T20:00", merchant_id="z"),
        buy("4", "bob", "2026-01-06T20:00", merchant_id=None),
        buy("5", "bob", "2026-01-07T20:00", merchant_id=None),
    ])

    assert ledger.by("repurchase_30", "merchant_id", as_of="2026-06-30T12:00") == {
        "m": 1, "z": 0, None: 1}


def test_shops_with_trust_rights_are_set_beside_those_without(world: Callable[..., Any]) -> None:
    ledger = world(
        orders=[buy("1", "ann", "2026-01-05T20:00"), buy("2", "ann", "2026-01-08T20:00"),
                buy("3", "ann", "2026-01-06T20:00", merchant_id="z")],
        merchants=[{"merchant_id": "m", "trust_rights": "freight"}, {"merchant_id": "z"}],
    )

    assert ledger.by("repurchase_30", "trusted", as_of="2026-06-30T12:00") == {
        True: 1, False: 0}


def test_monthly_repurchase_looks_at_the_very_next_month(world: Callable[..., Any]) -> None:
    ledger = world(orders=HISTORY)

    found = ledger.by("repurchase_monthly", "month", as_of="2026-03-01T12:00")

    assert found == {date(2026, 1, 1): 0.25, date(2026, 2, 1): None}
    assert ledger.one("repurchase_monthly", as_of="2026-04-01T12:00") == 0.2
    assert ledger.one("repurchase_monthly_new", as_of="2026-03-01T12:00") == 0


def test_a_year_s_end_is_followed_by_january(world: Callable[..., Any]) -> None:
    ledger = world(orders=[buy("1", "ann", "2025-12-05T20:00"),
                           buy("2", "ann", "2026-01-08T20:00")])

    assert ledger.by("repurchase_monthly", "month", as_of="2026-02-01T12:00") == {
        date(2025, 12, 1): 1, date(2026, 1, 1): None}


def test_within_a_period_two_orders_are_enough(world: Callable[..., Any]) -> None:
    ledger = world(orders=HISTORY)

    assert ledger.one("repurchase_within") == 0.75
    assert ledger.one("repurchase_within", period="2026-01-01/2026-02-01") == 0.5
    assert ledger.by("repurchase_within", "month") == {date(2026, 1, 1): 0.5,
                                                       date(2026, 2, 1): 0}


def test_orders_without_a_buyer_say_nothing_of_repurchase(world: Callable[..., Any]) -> None:
    ledger = world(orders=[buy("1", None, "2026-01-05T20:00"),
                           buy("2", None, "2026-01-09T20:00")])

    for name in ("repurchase_30", "repurchase_monthly", "repurchase_within"):
        assert ledger.one(name, as_of="2026-06-30T12:00") is None
