"""What a room rests on, read from a small synthetic world; alarms and the final of its replay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from caopan import Workspace
from caopan.live.room import Room, Status
from caopan.plan.item import Item, ItemType, Target
from caopan.plan.run_sheet import RunSheet
from caopan.units.interval import Interval
from caopan.workspace.live.knowing import known
from caopan.workspace.live.known import Knowing, Known
from caopan.workspace.live.pacing import FORECAST, TARGETS
from caopan.workspace.live.scripting import pick, script_of

START = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with Workspace.open(tmp_path_factory.mktemp("toy") / "room") as made:
        made.demo(size="toy", seed=7)
        yield made


def room(workspace: Workspace, *, streamer: str | None = None,
         target: Target | None = None) -> Room:
    if streamer is None:
        sessions = workspace.store.fetch(
            workspace.store.tables()["sessions"].select("streamer_id"))["streamer_id"].to_pylist()
        streamer = max(sorted(set(sessions)), key=sessions.count)
    sheet = RunSheet(items=(Item(id="a", type=ItemType.PRODUCT, title="苹果", product_id="p",
                                 seconds=7_200, target=target or Target()),))
    return Room(id="1", title="夜场", streamer_id=streamer, planned_start=START, plan=sheet,
                sheet=sheet, status=Status.LIVE, started_at=START)


@pytest.fixture(scope="module")
def found(workspace: Workspace) -> Known:
    return known(workspace.store, room(workspace))


def test_own_sessions_say_what_is_usual_and_what_a_clean_one_reaches(found: Known) -> None:
    usual, calm = found.background.usual, found.background.calm

    assert usual is not None
    assert usual.n == found.sessions >= 10
    assert np.nanmin(usual.online_low) >= 0
    assert calm is not None
    assert (calm.traffic, calm.limit >= 1.0, 0 < calm.rate < 1) == ("clicks", True, True)


def test_the_range_of_the_final_narrows_and_never_falls_below_what_is_sold(found: Known) -> None:
    pacing = found.pacing
    assert pacing is not None
    assert pacing.basis == FORECAST

    widths = []
    for share in (0.1, 0.5, 0.9):
        so_far = pacing.prior * share
        told, _ = pacing.told(share=share, so_far=so_far, lately=so_far * 0.1)
        assert told.low >= so_far
        widths.append(told.high / told.low)

    assert widths[0] > widths[1] > widths[2]


def test_targets_of_the_run_sheet_are_the_expectation_where_they_are_whole(
        workspace: Workspace) -> None:
    target = Target(gmv=Interval(low=80_000, mid=100_000, high=130_000, level=0.8))

    pacing = known(workspace.store, room(workspace, target=target)).pacing

    assert pacing is not None
    assert (pacing.basis, pacing.prior) == (TARGETS, 100_000)


def test_of_a_host_nobody_knows_nothing_is_told(workspace: Workspace) -> None:
    unknown = known(workspace.store, room(workspace, streamer="nobody"))

    assert unknown.document() == {
        "status": "ready", "sessions": 0, "usual": None, "conversion": None, "traffic": None,
        "planned_spend": False, "pacing": None}


def test_a_replayed_session_does_not_know_itself(workspace: Workspace, found: Known) -> None:
    minutes = workspace.store.fetch(workspace.store.tables()["session_minutes"])
    asked = room(workspace)
    sessions = workspace.store.fetch(workspace.store.tables()["sessions"]).to_pylist()
    mine = next(one["session_id"] for one in sessions if one["streamer_id"] == asked.streamer_id
                and one["session_id"] in set(minutes["session_id"].to_pylist()))

    assert known(workspace.store, replace(asked, replays=mine)).sessions == found.sessions - 1


def test_what_fails_to_be_read_is_as_unknown_and_says_so(workspace: Workspace) -> None:
    def broken(_: Room) -> Known:
        raise FileNotFoundError

    knowing = Knowing(broken)
    asked = room(workspace)

    assert knowing.wait(asked, seconds=10).status == "failed"
    knowing.close()


def test_a_past_session_becomes_a_script_that_sells_what_it_sold(workspace: Workspace) -> None:
    sessions = workspace.store.fetch(workspace.store.tables()["session_minutes"].filter(
        workspace.store.tables()["session_minutes"].orders > 0)).to_pylist()
    named = pick(workspace.store) or sessions[0]["session_id"]

    script = script_of(workspace.store, named, incidents=(), minutes=30)

    assert len(script.minutes) <= 30
    assert script.session_id == named
    assert script.run_sheet["items"][0]["type"] == "open"  # type: ignore[index]
