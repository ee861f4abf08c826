from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from caopan.metrics.base import LINE_SHAPE, SESSION_SHAPE
from caopan.metrics.grouping import LINKS, UnknownGroupingError, check

ORDER = {"paid_at": "2026-03-01T20:00", "quantity": 1, "currency": "CNY"}


def test_orders_reach_their_merchant_their_product_and_their_session(
    world: Callable[..., Any],
) -> None:
    ledger = world(
        orders=[
            {**ORDER, "order_id": "1", "merchant_id": "m", "product_id": "p", "session_id": "s",
             "amount": 100},
            {**ORDER, "order_id": "2", "merchant_id": "nobody", "amount": 7},
        ],
        merchants=[{"merchant_id": "m", "category": "fruit", "trust_rights": "refund;freight"}],
        products=[{"product_id": "p", "category": "apple"}],
        sessions=[{"session_id": "s", "streamer_id": "h", "started_at": "2026-03-01T19:00",
                   "platform": "kuaishou"}],
    )

    assert ledger.by("gmv_orders", "merchant_category") == {"fruit": 100, None: 7}
    assert ledger.by("gmv_orders", "product_category") == {"apple": 100, None: 7}
    assert ledger.by("gmv_orders", "platform") == {"kuaishou": 100, None: 7}
    assert ledger.by("gmv_orders", "streamer_id") == {"h": 100, None: 7}
    assert ledger.by("gmv_orders", "trusted") == {True: 100, None: 7}


def test_a_row_s_own_value_wins_over_the_linked_one(world: Callable[..., Any]) -> None:
    ledger = world(
        orders=[{**ORDER, "order_id": "1", "session_id": "s", "streamer_id": "own",
                 "amount": 1}],
        sessions=[{"session_id": "s", "streamer_id": "linked",
                   "started_at": "2026-03-01T19:00"}],
    )

    assert ledger.by("gmv_orders", "streamer_id") == {"own": 1}


def test_a_session_without_a_merchant_takes_its_streamer_s(world: Callable[..., Any]) -> None:
    shows = world(
        sessions=[{"session_id": "s", "streamer_id": "h", "started_at": "2026-03-01T19:00",
                   "views": 5}],
        streamers=[{"streamer_id": "h", "merchant_id": "m"}],
        merchants=[{"merchant_id": "m", "city": "Hangzhou"}],
    )

    assert shows.by("view_pv", "merchant_id", "merchant_city") == {("m", "Hangzhou"): 5}


def test_a_shop_without_trust_rights_is_told_from_one_that_is_not_known(
    world: Callable[..., Any],
) -> None:
    ledger = world(
        orders=[{**ORDER, "order_id": name, "merchant_id": name, "amount": 1}
                for name in ("plain", "unknown")],
        merchants=[{"merchant_id": "plain"}],
    )

    assert ledger.by("gmv_orders", "trusted") == {False: 1, None: 1}


def test_no_row_is_lost_or_doubled_by_a_link(world: Callable[..., Any]) -> None:
    ledger = world(
        orders=[{**ORDER, "order_id": str(number), "merchant_id": "m", "amount": 10}
                for number in range(4)],
        merchants=[{"merchant_id": "m", "category": "fruit", "kind": "brand", "city": "X"}],
    )

    found = ledger.value("gmv_orders", by=("merchant_category", "merchant_kind",
                                           "merchant_city"))

    assert [(row["value"], row["n"]) for row in found] == [(40, 4)]


def test_minutes_carry_the_currency_of_their_session(world: Callable[..., Any]) -> None:
    shows = world(
        sessions=[{"session_id": "s", "streamer_id": "h", "started_at": "2026-03-01T19:00",
                   "platform": "douyin"}],
        session_minutes=[{"session_id": "s", "minute": 0, "entries": 4},
                         {"session_id": "s", "minute": 1, "entries": 5}],
    )

    assert shows.by("entries", "minute") == {0: 4, 1: 5}
    assert shows.by("entries", "platform", "streamer_id") == {("douyin", "h"): 9}


def test_hours_are_not_offered_where_only_days_are_known() -> None:
    assert "hour" in SESSION_SHAPE.groups
    assert {"day", "month", "provider_id", "served", "trusted"} <= set(LINE_SHAPE.groups)


@pytest.mark.parametrize("name", LINKS)
def test_every_link_leads_to_a_grouping_of_order_lines(name: str) -> None:
    assert name in LINE_SHAPE.groups


def test_all_choices_are_named_where_none_is_near() -> None:
    with pytest.raises(UnknownGroupingError) as refusal:
        check(("qqq",), ("day", "month"), metric="gmv_gross")

    assert refusal.value.message.advise("en") == "split it by one of: day, month"


def test_a_name_that_is_only_a_little_alike_is_no_slip() -> None:
    with pytest.raises(UnknownGroupingError) as refusal:
        check(("started_at",), ("day", "trusted", "served"), metric="gmv_gross")

    assert refusal.value.message.advise("en") == "split it by one of: day, trusted, served"
