from __future__ import annotations

from collections.abc import Callable
from typing import Any

MILLION = 100_000_000
LINE = {"paid_at": "2026-03-01T20:00", "currency": "CNY", "quantity": 1}
MERCHANTS = [
    {"merchant_id": "big", "kind": "brand", "joined_on": "2026-02-01"},
    {"merchant_id": "mid", "kind": "brand", "joined_on": "2026-03-01"},
    {"merchant_id": "low", "kind": "brand", "joined_on": None},
    {"merchant_id": "works", "kind": "factory", "joined_on": "2026-03-05"},
]
ORDERS = [
    {**LINE, "order_id": "1", "merchant_id": "big", "amount": 60 * MILLION, "channel": "self"},
    {**LINE, "order_id": "2", "merchant_id": "big", "amount": 40 * MILLION,
     "channel": "distributed"},
    {**LINE, "order_id": "3", "merchant_id": "mid", "amount": 50 * MILLION, "channel": "self"},
    {**LINE, "order_id": "4", "merchant_id": "low", "amount": 50 * MILLION - 1},
    {**LINE, "order_id": "5", "merchant_id": "works", "amount": 900 * MILLION,
     "channel": "self"},
]


def test_brands_over_a_threshold(world: Callable[..., Any]) -> None:
    ledger = world(orders=ORDERS, merchants=MERCHANTS)

    assert ledger.one("brands_over_50m") == 2
    assert ledger.one("brands_over_100m") == 1
    assert ledger.one("brands_over_50m", period="2026-03-02/2027-03-02") is None


def test_brands_own_rooms(world: Callable[..., Any]) -> None:
    assert world(orders=ORDERS, merchants=MERCHANTS).one("brand_self_gmv") == 110 * MILLION


def test_providers_over_100_million_while_serving(world: Callable[..., Any]) -> None:
    terms = [{"engagement_id": str(number), "provider_id": provider, "merchant_id": merchant,
              "starts_on": "2026-01-01"}
             for number, (provider, merchant) in enumerate(
                 [("v", "big"), ("w", "mid"), ("w", "low"), ("x", "mid"), ("x", "big")])]

    ledger = world(orders=ORDERS, merchants=MERCHANTS, engagements=terms)

    assert ledger.one("providers_over_100m") == 2
    assert ledger.by("providers_over_100m", "provider_id")["w"] == 0


def test_who_joined_and_who_was_admitted(world: Callable[..., Any]) -> None:
    register = world(merchants=MERCHANTS, providers=[
        {"provider_id": "v", "admitted_on": "2026-03-02", "kind": "mcn"},
        {"provider_id": "w", "admitted_on": None}])
    march = {"period": "2026-03-01/2026-04-01"}

    assert register.one("merchants_joined", **march) == 2
    assert register.one("new_brands", **march) == 1
    assert register.by("providers_admitted", "kind") == {"mcn": 1}


def show(name: str, day: str, gmv: int, operator: str | None = None) -> dict:
    return {"session_id": name, "streamer_id": "h", "started_at": f"{day}T20:00", "gmv": gmv,
            "operator_id": operator, "currency": "CNY"}


def test_an_operated_session_is_set_beside_the_streamer_s_usual(
    world: Callable[..., Any],
) -> None:
    shows = world(sessions=[
        show("old", "2026-01-01", 90_000), show("a", "2026-03-01", 100),
        show("b", "2026-03-02", 300), show("s", "2026-03-05", 400, "o"),
        show("t", "2026-03-06", 600, "o"), show("after", "2026-03-07", 9_000),
    ])

    (row,) = shows.value("operated_session_uplift")

    assert (row["numerator"], row["denominator"], row["value"], row["n"]) == (1_000, 400, 2.5, 2)


def test_an_operated_session_without_a_usual_one_before_says_nothing(
    world: Callable[..., Any],
) -> None:
    assert world(sessions=[show("s", "2026-03-05", 400, "o")]).one(
        "operated_session_uplift") is None


def test_the_fourteen_days_after_are_set_beside_the_fourteen_before(
    world: Callable[..., Any],
) -> None:
    shows = world(sessions=[
        show("edge", "2026-03-01", 50), show("first", "2026-03-02", 100),
        show("s", "2026-03-16", 7_000, "o"), show("later", "2026-03-30", 169),
        show("beyond", "2026-03-31", 5_000),
    ])

    (row,) = shows.value("operated_after_14")

    assert (row["numerator"], row["denominator"], row["value"]) == (169, 100, 1.69)
    assert shows.one("operated_after_14", as_of="2026-03-29T12:00") is None
