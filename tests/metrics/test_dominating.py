from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from caopan.metrics.dominating import largest_session
from caopan.metrics.grouping import UnknownGroupingError


def test_the_largest_session_is_named_with_its_share(world: Callable[..., Any]) -> None:
    shows = world(sessions=[
        {"session_id": name, "streamer_id": "h", "started_at": f"2026-03-0{day}T20:00",
         "gmv": gmv, "currency": "CNY"}
        for day, (name, gmv) in enumerate((("a", 50), ("b", 900), ("c", 50), ("d", None)), 1)])

    (row,) = shows.rows(largest_session(shows.scope("streamer_id")))

    assert (row["session_id"], row["share"], row["total"], row["sessions"]) == (
        "b", 0.9, 1_000, 3)
    assert shows.rows(largest_session(shows.scope(period="2026-03-03/2026-03-09")))[0][
        "session_id"] == "c"


def test_sessions_are_not_split_by_product(world: Callable[..., Any]) -> None:
    with pytest.raises(UnknownGroupingError):
        largest_session(world().scope("product_id"))
