from __future__ import annotations

from collections.abc import Callable
from typing import Any

from caopan.metrics.top import top_minutes


def test_the_best_minutes_of_each_session(world: Callable[..., Any]) -> None:
    shows = world(
        sessions=[{"session_id": "s", "streamer_id": "h", "started_at": "2026-03-01T20:00"}],
        session_minutes=[
            {"session_id": "s", "minute": minute, "gmv": gmv, "orders": 1}
            for minute, gmv in enumerate((10, 90, None, 90, 20))
        ] + [{"session_id": "t", "minute": 0, "gmv": 0}],
    )

    rows = shows.rows(top_minutes(shows.scope("streamer_id"), first=2))

    assert [(row["session_id"], row["minute"], row["gmv"], row["place"]) for row in rows] == [
        ("s", 1, 90, 1), ("s", 3, 90, 2), ("t", 0, 0, 1)]
    assert rows[0]["streamer_id"] == "h"
