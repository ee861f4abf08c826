from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

SHOWS = [
    {"session_id": "a", "streamer_id": "h", "started_at": "2026-03-01T20:00", "viewers": 100,
     "views": 200, "new_followers": 5, "lost_followers": 1, "ad_spend": 1_000,
     "currency": "CNY"},
    {"session_id": "b", "streamer_id": "h", "started_at": "2026-03-02T20:00", "viewers": 300,
     "views": 300, "new_followers": 5, "lost_followers": None, "ad_spend": 2_000,
     "currency": "CNY"},
]
ADS = [
    {"plan_id": "fans", "starts_at": "2026-03-01T20:00", "goal": "followers", "spend": 300,
     "new_followers": 5, "currency": "CNY"},
    {"plan_id": "sales", "starts_at": "2026-03-01T20:00", "goal": "gmv", "spend": 9_000,
     "new_followers": 1, "currency": "CNY"},
    {"plan_id": "blank", "starts_at": "2026-03-01T20:00", "goal": None, "spend": 500,
     "new_followers": 50, "currency": "CNY"},
]
DAYS = [
    {"streamer_id": "h", "day": "2026-03-01", "followers": 100, "active_followers": 30},
    {"streamer_id": "h", "day": "2026-03-02", "followers": 110, "active_followers": 30},
    {"streamer_id": "h", "day": "2026-03-05", "followers": 90, "active_followers": None},
    {"streamer_id": "z", "day": "2026-03-02", "followers": 7, "active_followers": 0},
]


@pytest.mark.parametrize(("name", "expected"), [
    ("new_followers", 10), ("lost_followers", 1), ("net_followers", 4), ("follow_rate", 0.025),
    ("follow_rate_views", 0.02), ("unfollow_rate", 0.2), ("new_followers_per_session", 5),
    ("spend_per_new_follower", 300),
])
def test_followers_of_two_sessions(
    world: Callable[..., Any], name: str, expected: float,
) -> None:
    assert world(sessions=SHOWS).one(name) == pytest.approx(expected)


def test_a_follower_costs_what_the_ads_for_followers_cost(world: Callable[..., Any]) -> None:
    (row,) = world(ad_spend=ADS).value("cost_per_fan")

    assert (row["value"], row["numerator"], row["denominator"]) == (60, 300, 5)


def test_the_change_in_followers_is_from_count_to_count(world: Callable[..., Any]) -> None:
    days = world(followers_daily=DAYS)

    assert days.by("followers_change", "streamer_id") == {"h": -10, "z": None}
    assert days.one("followers_change", period="2026-03-05/2026-03-06") == -20


def test_active_followers_are_shared_over_all_known_days(world: Callable[..., Any]) -> None:
    assert world(followers_daily=DAYS).one("active_follower_share") == pytest.approx(60 / 217)
