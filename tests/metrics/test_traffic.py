from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

SHORT = {"session_id": "short", "streamer_id": "h", "started_at": "2026-03-01T20:00",
         "ended_at": "2026-03-01T21:00", "room_impressions": 1_000, "room_viewers_exposed": 800,
         "views": 100, "viewers": 80, "avg_online": 10.0, "peak_online": 40,
         "avg_watch_seconds": 30.0, "private_views": 50, "public_views": 30, "paid_views": 20}
LONG = {"session_id": "long", "streamer_id": "h", "started_at": "2026-03-02T20:00",
        "ended_at": "2026-03-02T23:00", "room_impressions": 4_000, "room_viewers_exposed": 2_400,
        "views": 400, "viewers": 240, "avg_online": 30.0, "peak_online": 90,
        "avg_watch_seconds": 60.0, "private_views": 100, "public_views": 200, "paid_views": 100}


@pytest.mark.parametrize(("name", "expected"), [
    ("room_impr_pv", 5_000), ("room_impr_uv", 3_200), ("view_pv", 500), ("view_uv", 320),
    ("enter_rate", 0.1), ("enter_rate_times", 0.1), ("viewers_per_session", 160),
    ("views_per_viewer", 1.5625), ("impressions_per_hour", 1_250), ("views_per_hour", 125),
    ("acu", 25), ("pcu", 90), ("avg_watch_s", 52.5),
    ("private_share", 0.3), ("public_share", 0.46), ("paid_share", 0.24),
])
def test_traffic_of_two_sessions(
    world: Callable[..., Any], name: str, expected: float,
) -> None:
    assert world(sessions=[SHORT, LONG]).one(name) == pytest.approx(expected)


def test_watch_time_is_not_the_session_s_length_over_its_viewers(
    world: Callable[..., Any],
) -> None:
    assert world(sessions=[SHORT]).one("avg_watch_s") == 30
    assert world(sessions=[{**SHORT, "avg_watch_seconds": None}]).one("avg_watch_s") is None


@pytest.mark.parametrize("ended", [None, "2026-03-01T20:00", "2026-03-01T19:00"])
def test_a_session_without_a_length_counts_for_no_rate_per_hour(
    world: Callable[..., Any], ended: str | None,
) -> None:
    shows = world(sessions=[{**SHORT, "session_id": "x", "ended_at": ended}, LONG])

    assert shows.one("views_per_hour") == pytest.approx(400 / 3)
    assert shows.one("acu") == 30
    assert shows.one("hours") == 3


def test_minutes_tell_entries_and_who_was_online(world: Callable[..., Any]) -> None:
    shows = world(session_minutes=[
        {"session_id": "s", "minute": 0, "online": 10, "entries": 8, "entries_paid": 2},
        {"session_id": "s", "minute": 1, "online": 20, "entries": 12, "entries_paid": None},
        {"session_id": "s", "minute": 2, "online": None, "entries": 2, "entries_paid": 3},
    ])

    assert shows.one("entries") == 22
    assert shows.one("entries_paid_share") == 0.5
    assert shows.one("online_per_minute") == 15
