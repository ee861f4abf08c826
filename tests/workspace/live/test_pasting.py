"""A table pasted into a room, again and again as it grows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from caopan import Workspace
from caopan.live.command import Command, Kind
from caopan.workspace.live.desk import Desk
from caopan.workspace.live.pasting import looked, taken

START = datetime(2026, 11, 28, 12, tzinfo=UTC)
NOW = START + timedelta(minutes=10)
HEAD = "时间\t在线\t进房\t订单数\t成交额\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Workspace.open(tmp_path / "room") as workspace:
        desk = Desk(workspace.store)
        yield desk
        desk.close()


@pytest.fixture
def room(desk: Desk) -> str:
    made = desk.make(title="夜场", streamer_id="小美", planned_start=START, now=START)
    desk.command(made.room.id, Command(id="s", kind=Kind.START, at=START, who="x")).result(9)
    return made.room.id


def totals(desk: Desk, room: str) -> tuple[int, int, int]:
    found = desk.room(room).tally.totals()
    return found["entries"], found["orders"], found["gmv"]


def test_a_look_changes_nothing_and_says_what_would_come(desk: Desk, room: str) -> None:
    look = looked(desk, room, HEAD + "20:01\t180\t50\t2\t119.8\n20:02\tx\t1\t\t\n", now=NOW)

    told = look.document("en")
    assert told["events"] == {"enter": 1, "online": 1, "order": 2}
    assert (told["rows"], told["fault_count"], told["known"]) == (2, 1, 0)
    assert totals(desk, room) == (0, 0, 0)


def test_a_table_that_has_grown_adds_what_is_new_alone(desk: Desk, room: str) -> None:
    taken(desk, room, HEAD + "20:01\t180\t50\t2\t119.8\n", now=NOW)
    _, again = taken(desk, room, HEAD + "20:01\t180\t50\t2\t119.8\n", now=NOW)
    look, grown = taken(
        desk, room, HEAD + "20:01\t180\t60\t3\t179.7\n20:02\t190\t5\t\t\n", now=NOW)

    assert (again.accepted, again.duplicates) == (0, 1)
    assert totals(desk, room) == (65, 3, 17_970)
    assert grown.accepted == len(look.events)


def test_a_row_that_says_less_is_named_and_takes_nothing_back(desk: Desk, room: str) -> None:
    taken(desk, room, HEAD + "20:01\t180\t50\t2\t119.8\n", now=NOW)

    look, _ = taken(desk, room, HEAD + "20:01\t180\t40\t2\t119.8\n", now=NOW)

    assert [one.message.key for one in look.pasted.faults] == ["pasted_less"]
    assert totals(desk, room) == (50, 2, 11_980)


def test_orders_are_taken_once_each(desk: Desk, room: str) -> None:
    text = "订单号\t支付时间\t商品ID\t金额\no1\t20:01\tp1\t59.9\no2\t20:02\tp1\t59.9\n"
    taken(desk, room, text, now=NOW)
    look, again = taken(desk, room, text + "o3\t20:03\tp1\t59.9\n", now=NOW)

    assert (look.known, again.accepted, again.duplicates) == (2, 1, 2)
    assert totals(desk, room) == (0, 3, 17_970)
