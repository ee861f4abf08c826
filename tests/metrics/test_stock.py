from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

SHOW = {"session_id": "s", "streamer_id": "h", "started_at": "2026-03-01T20:00",
        "ended_at": "2026-03-01T22:00"}
OPEN = {"session_id": "open", "streamer_id": "h", "started_at": "2026-03-01T20:00"}
GOODS = [
    {"session_id": "s", "product_id": "gone", "units": 50, "stock_planned": 50,
     "sold_out_at": "2026-03-01T21:30"},
    {"session_id": "s", "product_id": "left", "units": 10, "stock_planned": 50},
    {"session_id": "s", "product_id": "none", "units": 0, "stock_planned": 20},
    {"session_id": "s", "product_id": "unplanned", "units": 7},
    {"session_id": "s", "product_id": "unknown", "units": None},
]


@pytest.mark.parametrize(("name", "expected", "n"), [
    ("products_listed", 5, 5), ("sell_through", 0.75, 4), ("stock_sold_share", 0.5, 3),
    ("sold_out_share", 1 / 3, 3), ("stockout_min", 30, 3),
])
def test_what_of_the_line_up_sold(
    world: Callable[..., Any], name: str, expected: float, n: int,
) -> None:
    (row,) = world(sessions=[SHOW], session_products=GOODS).value(name)

    assert row["value"] == pytest.approx(expected)
    assert row["n"] == n


def test_minutes_out_of_stock_need_the_session_s_end(world: Callable[..., Any]) -> None:
    gone = {**GOODS[0], "session_id": "open"}

    assert world(sessions=[OPEN], session_products=[gone]).one("stockout_min") is None


def test_sold_out_after_the_show_is_no_minute_on_air(world: Callable[..., Any]) -> None:
    late = {**GOODS[0], "sold_out_at": "2026-03-01T23:00"}

    assert world(sessions=[SHOW], session_products=[late]).one("stockout_min") == 0
