from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

# The TikTok session on which the two click rates were found 5.8 times apart.
TIKTOK = {"session_id": "t", "streamer_id": "h", "started_at": "2026-03-01T20:00",
          "views": 5_679, "product_impressions": 32_794, "product_clicks": 2_007, "orders": 36}
PEOPLE = {"session_id": "p", "streamer_id": "h", "started_at": "2026-03-02T20:00",
          "viewers": 1_000, "product_viewers": 800, "product_clickers": 200, "buyers": 20}


@pytest.mark.parametrize(("name", "expected"), [
    ("prod_ctr_view", 0.3534), ("prod_ctr_expo_times", 0.0612), ("ctor", 0.01794),
])
def test_one_word_ctr_has_two_values(
    world: Callable[..., Any], name: str, expected: float,
) -> None:
    assert world(sessions=[TIKTOK, PEOPLE]).one(name) == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize(("name", "expected"), [
    ("prod_expo_rate", 0.8), ("prod_ctr_expo", 0.25), ("click_pay_rate", 0.1),
    ("view_pay_rate", 0.02),
])
def test_steps_by_people_multiply_to_the_whole_way(
    world: Callable[..., Any], name: str, expected: float,
) -> None:
    assert world(sessions=[TIKTOK, PEOPLE]).one(name) == pytest.approx(expected)


def test_orders_and_units_per_view(world: Callable[..., Any]) -> None:
    shows = world(sessions=[{**TIKTOK, "views": 1_000, "units": 50}])

    assert shows.one("orders_per_view") == 0.036
    assert shows.one("units_per_view") == 0.05


def test_steps_of_a_product(world: Callable[..., Any]) -> None:
    goods = world(session_products=[
        {"session_id": "s", "product_id": "p", "impressions": 100, "clicks": 20, "orders": 3},
        {"session_id": "t", "product_id": "p", "impressions": 300, "clicks": 20, "orders": 1},
        {"session_id": "t", "product_id": "q", "impressions": 10, "clicks": 0, "orders": 0},
    ])

    assert goods.by("product_ctr_times", "product_id") == {"p": 0.1, "q": 0.0}
    assert goods.by("product_ctor", "product_id") == {"p": 0.1, "q": None}


def test_created_to_paid_counts_orders_once_and_by_creation(world: Callable[..., Any]) -> None:
    ledger = world(orders=[
        {"order_id": "1", "line": "a", "created_at": "2026-03-01T20:00",
         "paid_at": "2026-03-02T08:00"},
        {"order_id": "1", "line": "b", "created_at": "2026-03-01T20:00",
         "paid_at": "2026-03-02T08:00"},
        {"order_id": "2", "created_at": "2026-03-01T20:00"},
        {"order_id": "3", "paid_at": "2026-03-01T20:00"},
    ])

    assert ledger.one("create_pay_rate") == 0.5
    assert ledger.one("create_pay_rate", period="2026-03-02/2026-03-03") is None
