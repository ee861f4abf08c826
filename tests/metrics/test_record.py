from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


def show(name: str, day: int, gmv: int | None, streamer: str = "h") -> dict:
    return {"session_id": name, "streamer_id": streamer, "currency": "CNY", "gmv": gmv,
            "started_at": f"2026-03-{day:02d}T20:00"}


SHOWS = [show("a", 1, 100), show("b", 2, 300), show("c", 3, 300), show("d", 4, None),
         show("e", 5, 450), show("z", 2, 900, "z")]


def test_the_record_is_the_best_session(world: Callable[..., Any]) -> None:
    assert world(sessions=SHOWS).by("session_record", "streamer_id") == {"h": 450, "z": 900}


def test_a_record_is_broken_only_by_more_and_only_once_there_is_one(
    world: Callable[..., Any],
) -> None:
    shows = world(sessions=SHOWS)

    (row,) = shows.value("record_break_rate")
    assert (row["numerator"], row["denominator"]) == (2, 3)
    assert shows.one("record_breaks") == 2
    assert shows.one("record_break_size") == pytest.approx(750 / 400)


def test_the_record_of_before_the_period_stands(world: Callable[..., Any]) -> None:
    (row,) = world(sessions=SHOWS).value("record_break_rate", period="2026-03-03/2026-04-01")

    assert (row["numerator"], row["denominator"]) == (1, 2)
