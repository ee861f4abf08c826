from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

LINE = {"paid_at": "2026-03-01T20:00", "currency": "CNY"}


def listed(session: str, product: str, gmv: int | None) -> dict:
    return {"session_id": session, "product_id": product, "gmv": gmv, "currency": "CNY"}


GOODS = [listed("s", "hit", 400), listed("t", "hit", 200), listed("s", "two", 200),
         listed("s", "three", 100), listed("s", "four", 100), listed("t", "blank", None)]


def test_a_product_s_share_is_of_all_its_sessions_together(world: Callable[..., Any]) -> None:
    goods = world(session_products=GOODS)

    assert goods.one("top1_sku_share") == 0.6
    assert goods.one("top3_sku_share") == pytest.approx(0.9)
    assert goods.by("top1_sku_share", "session_id") == {"s": 0.5, "t": 1}


def test_the_ledger_tells_the_same_by_orders(world: Callable[..., Any]) -> None:
    ledger = world(orders=[
        {**LINE, "order_id": "1", "product_id": "p", "amount": 300},
        {**LINE, "order_id": "2", "product_id": "p", "amount": 300},
        {**LINE, "order_id": "3", "product_id": "q", "amount": 400},
        {**LINE, "order_id": "4", "product_id": None, "amount": 9_000},
    ])

    assert ledger.one("top1_sku_share_orders") == 0.6
    assert ledger.one("top3_sku_share_orders") == 1


def test_one_session_can_make_the_month(world: Callable[..., Any]) -> None:
    shows = world(sessions=[
        {"session_id": str(number), "streamer_id": "h", "started_at": "2026-03-01T20:00",
         "gmv": gmv, "currency": "CNY"} for number, gmv in enumerate((800, 100, 50, 50))])

    assert shows.one("top1_session_share") == 0.8
    assert shows.one("top3_session_share") == pytest.approx(0.95)


def test_own_rooms_and_distribution_share_what_is_known(world: Callable[..., Any]) -> None:
    ledger = world(orders=[
        {**LINE, "order_id": "1", "channel": "self", "amount": 300},
        {**LINE, "order_id": "2", "channel": "distributed", "amount": 100},
        {**LINE, "order_id": "3", "channel": None, "amount": 5_000},
    ])

    assert ledger.one("self_share") == 0.75
    assert ledger.one("distributed_share") == 0.25


def test_new_and_old_buyers_share_what_is_flagged(world: Callable[..., Any]) -> None:
    ledger = world(orders=[
        {**LINE, "order_id": "1", "buyer_id": "ann", "new_to_shop": True, "amount": 100},
        {**LINE, "order_id": "2", "buyer_id": "ann", "new_to_shop": False, "amount": 100},
        {**LINE, "order_id": "3", "buyer_id": "bob", "new_to_shop": False, "amount": 200},
        {**LINE, "order_id": "4", "buyer_id": "cat", "new_to_shop": None, "amount": 7_000},
    ])

    assert ledger.one("new_buyer_gmv_share") == 0.25
    assert ledger.one("old_buyer_gmv_share") == 0.75
    assert ledger.one("new_buyer_share") == 0.5


def test_the_live_channel_is_shared_among_the_parts_and_not_the_shop_total(
    world: Callable[..., Any],
) -> None:
    span = {"product_id": "p", "from": "2026-03-01", "to": "2026-03-08", "currency": "CNY"}
    goods = world(product_channels=[
        {**span, "channel": "shop", "gmv": 1_000}, {**span, "channel": "live", "gmv": 600},
        {**span, "channel": "video", "gmv": 300}, {**span, "channel": "card", "gmv": 100},
    ])

    assert goods.one("live_channel_share") == 0.6


def test_nothing_sold_has_no_top(world: Callable[..., Any]) -> None:
    assert world(session_products=[listed("s", "p", 0)]).one("top1_sku_share") is None
