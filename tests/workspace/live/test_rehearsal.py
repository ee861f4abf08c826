"""A made session rehearsed in an empty workspace, tick by tick: no clock is waited for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from caopan import Workspace
from caopan.live.command import Command, Kind
from caopan.workspace.live.desk import Desk
from caopan.workspace.live.rehearsal import BadSpeedError, Rehearsal
from caopan.workspace.live.rehearse import NoRehearsalError, begun, told
from caopan.workspace.live.scripting import NothingToReplayError

WRONG = [{"kind": "price_wrong", "minute": 4, "seconds": 60},
         {"kind": "stream_lost", "minute": 6, "seconds": 60},
         {"kind": "sell_out", "minute": 8, "seconds": 60}]


@dataclass
class Wall:
    """A wall clock that a test moves on."""

    at: datetime = field(default_factory=lambda: datetime(2026, 11, 28, 12, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.at

    def wait(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Workspace.open(tmp_path / "room") as workspace:
        made = Desk(workspace.store)
        yield made
        made.close()


def run(made: Rehearsal, wall: Wall, *, ticks: int) -> None:
    for _ in range(ticks):
        made.step()
        wall.wait(5 / made.speed)


def act(made: Rehearsal, wall: Wall, number: int, step: str, card: str = "price_wrong") -> None:
    made.desk.command(made.room.id, Command(
        id=f"c{number}", kind=Kind.CONTINGENCY, at=wall(), who="小林",
        body={"card": card, "step": step})).result(10)


def test_a_rehearsal_at_sixty_times_tells_its_incidents_and_what_the_crew_did(desk: Desk) -> None:
    wall = Wall()
    made = begun(desk, clock=wall, speed=60, incidents=WRONG, minutes=12)

    run(made, wall, ticks=12 * 4 + 3)
    act(made, wall, 1, "arm")
    wall.wait(2)  # two seconds of a person; the replay waits for nobody, its clock does
    act(made, wall, 2, "fire")
    run(made, wall, ticks=12 * 8 - 3)
    made.end("done")
    score: dict[str, Any] = made.document()["score"]

    assert (made.tick, score["injected"], score["detected"], score["handled"]) == (144, 3, 3, 1)
    price, stream, _ = score["incidents"]
    assert price["after_seconds"] <= 60
    assert 0 < price["acknowledged_after"] <= 15
    assert price["acknowledged_person_seconds"] == pytest.approx(
        price["acknowledged_after"] / 60, abs=0.06)
    assert 5 <= stream["after_seconds"] <= 15
    assert score["others"] == []


def test_a_clean_rehearsal_of_a_made_session_raises_nothing(desk: Desk) -> None:
    wall = Wall()
    made = begun(desk, clock=wall, speed=60, minutes=20)

    run(made, wall, ticks=240)

    assert made.score() == {"incidents": [], "injected": 0, "detected": 0, "handled": 0,
                            "others": []}
    assert made.room.current not in {None, "open"}


def test_room_time_is_the_replay_s_and_everything_synthetic_is_marked(desk: Desk) -> None:
    wall = Wall()
    made = begun(desk, clock=wall, speed=60, minutes=3)
    run(made, wall, ticks=24)

    snapshot = desk.snapshot(made.room.id, now=wall(), language="en")

    assert (snapshot["synthetic"], snapshot["rehearsal"], snapshot["speed"]) == (True, True, 60)
    assert snapshot["now"]["elapsed_seconds"] == pytest.approx(120, abs=1)
    assert snapshot["ages"]["heartbeat"]["source"] == "synthetic"
    assert snapshot["ages"]["heartbeat"]["seconds"] <= 5


def test_a_slow_machine_makes_a_slow_room_and_no_alarm(desk: Desk) -> None:
    wall = Wall()
    made = begun(desk, clock=wall, speed=60, minutes=3)
    run(made, wall, ticks=5)

    wall.wait(600)
    looked = desk.look(made.room.id, now=wall())

    assert looked.watch.alerts == ()
    assert desk.now(made.room.id, wall()) == made.replay.start + timedelta(seconds=25)


def test_how_it_went_stays_with_the_room_and_one_cut_off_says_so(
        desk: Desk) -> None:
    wall = Wall()
    whole, cut = (begun(desk, clock=wall, speed=10, minutes=2) for _ in range(2))
    run(whole, wall, ticks=24)
    run(cut, wall, ticks=6)
    whole.end("done")

    desk.close()
    desk.rehearsals.clear()

    assert told(desk, whole.room.id)["state"] == "done"
    assert told(desk, whole.room.id)["score"]["injected"] == 0
    assert told(desk, cut.room.id)["state"] == "interrupted"
    assert desk.now(cut.room.id, wall()) == cut.replay.start + timedelta(seconds=25)


def test_what_cannot_be_rehearsed_is_refused(desk: Desk) -> None:
    wall = Wall()
    room = desk.make(title="x", streamer_id="y", planned_start=wall(), now=wall()).room.id

    with pytest.raises(BadSpeedError):
        begun(desk, clock=wall, speed=61)
    with pytest.raises(NothingToReplayError):
        begun(desk, clock=wall, session_id="nobody")
    with pytest.raises(NoRehearsalError):
        told(desk, room)
