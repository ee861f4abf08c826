from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from caopan.metrics.grouping import UnknownGroupingError


def show(name: str, day: str, streamer: str = "h", hours: int | None = 2) -> dict:
    ended = {"ended_at": f"{day}T{20 + hours}:00"} if hours else {}
    return {"session_id": name, "streamer_id": streamer, "started_at": f"{day}T20:00", **ended}


SHOWS = [show("a", "2026-03-02"), show("b", "2026-03-09", hours=3),
         show("c", "2026-03-15", hours=None), show("d", "2026-03-15", "z", 1)]


def test_sessions_and_their_hours(world: Callable[..., Any]) -> None:
    shows = world(sessions=SHOWS)

    assert shows.by("sessions", "streamer_id") == {"h": 3, "z": 1}
    assert shows.by("hours", "streamer_id") == {"h": 5, "z": 1}
    assert shows.one("hours_per_session") == 2
    assert shows.one("streamers_live") == 2


def test_sessions_per_week_of_a_period(world: Callable[..., Any]) -> None:
    found = world(sessions=SHOWS).by("sessions_per_week", "streamer_id",
                                     period="2026-03-02/2026-03-30")

    assert found == {"h": 0.75, "z": 0.25}


def test_sessions_per_week_from_the_first_to_the_last(world: Callable[..., Any]) -> None:
    assert world(sessions=SHOWS).by("sessions_per_week", "streamer_id") == {
        "h": pytest.approx(1.5), "z": pytest.approx(7)}


def test_sessions_per_week_is_not_split_by_week(world: Callable[..., Any]) -> None:
    with pytest.raises(UnknownGroupingError):
        world(sessions=SHOWS).value("sessions_per_week", by=("week",))
