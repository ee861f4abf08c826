from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from caopan.metrics.catalogue import metric
from caopan.metrics.percentile import percentile


def show(streamer: str, viewers: int, buyers: int | None) -> dict:
    return {"session_id": streamer, "streamer_id": streamer, "started_at": "2026-03-01T20:00",
            "viewers": viewers, "buyers": buyers,
            "platform": "douyin" if streamer != "far" else "tiktok"}


def test_a_subject_stands_among_the_peers_that_have_a_value(world: Callable[..., Any]) -> None:
    shows = world(sessions=[show("low", 100, 1), show("mid", 100, 2), show("tie", 50, 1),
                            show("top", 100, 9), show("blank", 100, None), show("far", 10, 1)])

    rows = shows.rows(percentile(metric("view_pay_rate"), shows.tables, subject="streamer_id",
                                 peers=("platform",)))

    found = {row["streamer_id"]: (row["percentile"], row["peers"]) for row in rows}
    assert found == {
        "low": (0.125, 4), "mid": (0.5, 4), "tie": (0.5, 4), "top": (0.875, 4),
        "blank": (None, 4), "far": (0.5, 1)}


def test_without_peers_everyone_is_one_group(world: Callable[..., Any]) -> None:
    shows = world(sessions=[show("low", 100, 1), show("far", 10, 1)])

    rows = shows.rows(percentile(metric("view_pay_rate"), shows.tables, subject="streamer_id"))

    assert {row["streamer_id"]: row["percentile"] for row in rows} == {
        "low": pytest.approx(0.25), "far": pytest.approx(0.75)}
