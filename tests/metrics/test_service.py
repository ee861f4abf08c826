from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

MERCHANTS = [{"merchant_id": "brand", "kind": "brand"}, {"merchant_id": "farm",
                                                         "kind": "factory"}]
TERM = {"engagement_id": "e", "provider_id": "v", "merchant_id": "brand",
        "starts_on": "2026-03-02", "ends_on": "2026-03-04"}


def order(name: str, day: str, amount: int, merchant: str = "brand", **more: object) -> dict:
    return {"order_id": name, "paid_at": f"{day}T20:00", "merchant_id": merchant,
            "amount": amount, "quantity": 1, "currency": "CNY", **more}


ORDERS = [order("before", "2026-03-01", 10), order("first", "2026-03-02", 100),
          order("last", "2026-03-03", 200), order("after", "2026-03-04", 40),
          order("other", "2026-03-02", 650, "farm")]


def test_an_engagement_is_in_force_up_to_but_not_on_its_last_day(
    world: Callable[..., Any],
) -> None:
    ledger = world(orders=ORDERS, merchants=MERCHANTS, engagements=[TERM])

    assert ledger.by("gmv_orders", "served") == {True: 300, False: 700}
    assert ledger.by("gmv_orders", "provider_id") == {"v": 300, None: 700}
    assert ledger.one("served_gmv") == 300
    assert ledger.one("served_gmv_share") == pytest.approx(0.3)


def test_the_share_of_merchants_served_counts_those_that_sold(world: Callable[..., Any]) -> None:
    ledger = world(orders=ORDERS, merchants=MERCHANTS, engagements=[TERM])

    assert ledger.one("served_share") == 0.5
    assert ledger.one("merchants_served") == 1
    assert ledger.one("brands_served") == 1
    assert ledger.one("served_brand_gmv") == 300
    assert ledger.one("served_share", period="2026-03-04/2026-03-05") == 0


def test_two_engagements_of_one_provider_count_once_and_two_providers_each(
    world: Callable[..., Any],
) -> None:
    again = {**TERM, "engagement_id": "e2", "starts_on": "2026-03-01"}
    rival = {**TERM, "engagement_id": "e3", "provider_id": "w"}

    ledger = world(orders=ORDERS, engagements=[TERM, again, rival])

    assert ledger.by("gmv_orders", "provider_id") == {"v": 310, "w": 300, None: 690}
    assert ledger.by("gmv_orders", "served") == {True: 310, False: 690}


def test_an_engagement_for_one_streamer_serves_only_that_one(world: Callable[..., Any]) -> None:
    ledger = world(
        orders=[order("1", "2026-03-02", 100, streamer_id="h"),
                order("2", "2026-03-02", 10, streamer_id="other"),
                order("3", "2026-03-02", 1)],
        engagements=[{**TERM, "streamer_id": "h"}],
    )

    assert ledger.by("gmv_orders", "served") == {True: 100, False: 11}


def test_an_engagement_without_an_end_goes_on(world: Callable[..., Any]) -> None:
    ledger = world(orders=ORDERS, engagements=[{**TERM, "ends_on": None}])

    assert ledger.by("gmv_orders", "served") == {True: 340, False: 660}


def test_whether_an_unknown_merchant_is_served_is_not_known(world: Callable[..., Any]) -> None:
    ledger = world(orders=[{**order("1", "2026-03-02", 5), "merchant_id": None}],
                   engagements=[TERM])

    assert ledger.by("gmv_orders", "served") == {None: 5}
    assert ledger.one("served_gmv") is None


def test_sessions_are_served_by_their_merchant_and_grouped_by_the_provider_s_tier(
    world: Callable[..., Any],
) -> None:
    shows = world(
        sessions=[{"session_id": "s", "streamer_id": "h", "merchant_id": "brand",
                   "started_at": "2026-03-02T20:00", "views": 3}],
        engagements=[TERM], providers=[{"provider_id": "v", "tier": "core", "kind": "mcn"}],
    )

    assert shows.by("view_pv", "provider_tier", "provider_kind") == {("core", "mcn"): 3}


def test_a_provider_s_first_days_count_once_they_are_over(world: Callable[..., Any]) -> None:
    ledger = world(orders=[order("0", "2026-03-01", 10), order("1", "2026-03-02", 100),
                           order("30", "2026-03-31", 200), order("31", "2026-04-01", 400)],
                   engagements=[{**TERM, "ends_on": None}])

    (row,) = ledger.value("provider_gmv_first_30", by=("provider_id",))
    assert (row["provider_id"], row["value"], row["denominator"]) == ("v", 300, 1)
    assert ledger.one("provider_gmv_first_90") is None
    assert ledger.one("provider_gmv_first_30", as_of="2026-03-31T23:00") is None


def test_a_provider_older_than_the_order_data_has_no_first_days(
    world: Callable[..., Any],
) -> None:
    ledger = world(orders=[order("1", "2026-03-05", 100), order("2", "2026-06-01", 1)],
                   engagements=[{**TERM, "ends_on": None}])

    assert ledger.one("provider_gmv_first_30") is None
