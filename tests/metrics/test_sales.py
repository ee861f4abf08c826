from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

SHOWS = [
    {"session_id": "a", "streamer_id": "h", "started_at": "2026-03-01T20:00",
     "ended_at": "2026-03-01T22:00", "views": 2_000, "viewers": 1_000, "gmv": 60_000,
     "orders": 20, "buyers": 10, "units": 40, "room_impressions": 10_000,
     "product_impressions": 5_000, "currency": "CNY"},
    {"session_id": "b", "streamer_id": "h", "started_at": "2026-03-02T20:00",
     "ended_at": "2026-03-02T22:00", "views": 3_000, "viewers": 1_000, "gmv": 40_000,
     "orders": 30, "buyers": 15, "units": 60, "room_impressions": 10_000,
     "product_impressions": 15_000, "currency": "CNY"},
]
GOODS = [
    {"session_id": "a", "product_id": "p", "gmv": 3_000, "units": 3, "impressions": 1_000,
     "currency": "CNY"},
    {"session_id": "b", "product_id": "p", "gmv": 1_000, "units": 1, "impressions": 3_000,
     "currency": "CNY"},
]


@pytest.mark.parametrize(("name", "expected"), [
    ("gmv_gross", 100_000), ("orders", 50), ("buyers", 25), ("units", 100),
    ("aov", 4_000), ("gmv_per_order", 2_000), ("price_per_item", 1_000),
    ("gmv_per_unit", 1_000), ("items_per_order", 2), ("orders_per_buyer", 2),
    ("gpm", 20_000), ("gpm_viewers", 50_000), ("gpm_room_impr", 5_000),
    ("gpm_prod_impr", 5_000), ("opm", 10), ("uv_value", 50),
    ("gmv_per_hour", 25_000), ("gmv_per_session", 50_000), ("orders_per_hour", 12.5),
    ("orders_per_session", 25),
])
def test_sales_of_two_sessions(
    world: Callable[..., Any], name: str, expected: float,
) -> None:
    assert world(sessions=SHOWS).one(name) == pytest.approx(expected)


@pytest.mark.parametrize(("name", "expected"), [
    ("gmv_products", 4_000), ("product_gpm", 1_000), ("product_price_per_item", 1_000),
])
def test_sales_of_a_product(world: Callable[..., Any], name: str, expected: float) -> None:
    assert world(sessions=SHOWS, session_products=GOODS).one(name) == expected


def test_the_avg_price_of_a_tiktok_export_is_per_order_and_not_per_item(
    world: Callable[..., Any],
) -> None:
    shows = world(sessions=[{**SHOWS[0], "gmv": 895_608_000, "orders": 36, "units": 39,
                             "currency": "IDR"}])

    assert round(shows.one("gmv_per_order") / 100) == 248_780
    assert round(shows.one("price_per_item") / 100) == 229_643


def test_a_session_without_a_figure_does_not_lower_the_average(
    world: Callable[..., Any],
) -> None:
    blank = {**SHOWS[0], "session_id": "blank", "gmv": None}
    nothing = {**SHOWS[0], "session_id": "nothing", "gmv": 0}

    assert world(sessions=[*SHOWS, blank]).one("gmv_per_session") == 50_000
    assert world(sessions=[SHOWS[1], nothing]).one("gmv_per_session") == 20_000
