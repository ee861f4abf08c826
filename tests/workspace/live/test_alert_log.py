"""The log of alerts: each once when it comes up and once when it goes, with what was known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from caopan import Workspace
from caopan.live import event
from caopan.live.command import Command, Kind
from caopan.workspace.live.alert_log import CLEARED, RAISED
from caopan.workspace.live.desk import Desk

START = datetime(2026, 3, 6, 12, 0, tzinfo=UTC)
SHEET = {"items": [{"id": "a", "type": "product", "title": "苹果", "product_id": "p1",
                    "seconds": 3600, "live_price": "59.90"}]}


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "room") as workspace:
        yield workspace


def price(desk: Desk, room: str, amount: str, *, at: datetime) -> None:
    body = json.dumps([{"id": f"{at}", "at": int(at.timestamp() * 1000), "source": "platform",
                        "kind": "price", "product_id": "p1", "amount": amount}])
    desk.take(room, event.read(body.encode())).result(10)


def test_an_alert_is_logged_when_it_comes_and_when_it_goes(workspace: Workspace) -> None:
    desk = Desk(workspace.store)
    room = desk.make(title="夜场", streamer_id="h", planned_start=START, now=START,
                     run_sheet=SHEET).room.id
    desk.command(room, Command(id="s", kind=Kind.START, at=START)).result(10)
    price(desk, room, "39.90", at=START + timedelta(seconds=10))
    for second in (11, 12, 60):
        desk.look(room, now=START + timedelta(seconds=second))
    price(desk, room, "59.90", at=START + timedelta(seconds=70))
    desk.look(room, now=START + timedelta(seconds=71))
    desk.close()

    again = Desk(workspace.store)
    gone, came = (one for one in again.alert_log(room) if one.get("id", "").startswith("price"))
    again.close()

    assert (came["kind"], gone["kind"]) == (RAISED, CLEARED)
    assert came["id"] == gone["id"]
    assert came["card"] == "price_wrong"
    assert came["en"]
    assert came["known"]["rev"] == 2
    assert came["known"]["item_id"] == "a"
    assert came["known"]["ages"]["price"][1] == "platform"


def test_after_a_restart_what_no_longer_stands_is_logged_as_gone(workspace: Workspace) -> None:
    desk = Desk(workspace.store)
    room = desk.make(title="夜场", streamer_id="h", planned_start=START, now=START,
                     run_sheet=SHEET).room.id
    desk.command(room, Command(id="s", kind=Kind.START, at=START)).result(10)
    price(desk, room, "39.90", at=START + timedelta(seconds=10))
    desk.look(room, now=START + timedelta(seconds=60))
    desk.close()

    again = Desk(workspace.store)
    price(again, room, "59.90", at=START + timedelta(seconds=70))
    again.look(room, now=START + timedelta(seconds=71))
    again.close()
    told = [one["kind"] for one in Desk(workspace.store).alert_log(room)
            if one["id"].startswith("price")]

    assert told == [CLEARED, RAISED]
