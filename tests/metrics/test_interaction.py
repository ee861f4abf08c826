from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

LOUD = {"session_id": "loud", "streamer_id": "h", "started_at": "2026-03-01T20:00", "views": 200,
        "viewers": 100, "comments": 40, "likes": 300, "shares": 8, "new_followers": 2}
MUTE = {"session_id": "mute", "streamer_id": "h", "started_at": "2026-03-02T20:00", "views": 50,
        "viewers": 25, "comments": 10, "likes": 0, "shares": 2, "new_followers": 3}


@pytest.mark.parametrize(("name", "expected"), [
    ("comments", 50), ("likes", 300), ("shares", 10), ("comments_per_viewer", 0.4),
    ("likes_per_viewer", 2.4), ("shares_per_viewer", 0.08),
    ("interactions_per_viewer", 365 / 125), ("interactions_per_view", 365 / 250),
])
def test_interaction_counts_acts(
    world: Callable[..., Any], name: str, expected: float,
) -> None:
    assert world(sessions=[LOUD, MUTE]).one(name) == pytest.approx(expected)


def test_a_session_that_lacks_one_act_has_no_total_of_acts(world: Callable[..., Any]) -> None:
    shows = world(sessions=[LOUD, {**MUTE, "shares": None}])

    assert shows.one("interactions_per_viewer") == 3.5
    assert shows.one("comments_per_viewer") == 0.4
