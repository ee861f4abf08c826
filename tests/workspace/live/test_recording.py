"""A closed room becomes a session, as one import; what is made up never joins real history."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from caopan import Workspace
from caopan.live import event
from caopan.live.command import Command, Kind
from caopan.workspace.live.desk import Desk
from caopan.workspace.live.recording import recorded, room_of_session

START = datetime(2026, 3, 6, 12, 0, tzinfo=UTC)
SHEET = {"items": [
    {"id": "a", "type": "product", "title": "苹果", "product_id": "p1", "class": "hero",
     "seconds": 600, "live_price": "59.90", "stock_batches": [{"quantity": 30}]},
    {"id": "b", "type": "product", "title": "梨", "product_id": "p2", "seconds": 600}]}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Workspace.open(tmp_path / "room") as workspace:
        desk = Desk(workspace.store)
        yield desk
        desk.close()


def told(desk: Desk, room: str, *events: dict[str, Any]) -> None:
    sent = [{"id": f"e{at}", "source": "platform", "at": START.timestamp() * 1000 // 1, **one}
            for at, one in enumerate(events)]
    body = json.dumps([{**one, "at": int(one["at"])} for one in sent]).encode()
    desk.take(room, event.read(body)).result(10)


def shown(desk: Desk, *, source: str = "platform", session_id: str | None = "s1",
          rehearsal: dict[str, Any] | None = None) -> str:
    """Return a room that was on air for two minutes and has sold one box of two."""
    room = desk.make(title="夜场", streamer_id="h1", planned_start=START, now=START,
                     session_id=session_id, run_sheet=SHEET, rehearsal=rehearsal).room.id
    done(desk, room, Kind.START, START)
    minute = int((START + timedelta(seconds=70)).timestamp() * 1000)
    told(desk, room,
         {"kind": "enter", "count": 40, "channel": "paid", "source": source},
         {"kind": "online", "value": 30}, {"kind": "online", "value": 20, "at": minute},
         {"kind": "click", "product_id": "p1", "count": 9},
         {"kind": "order", "order_id": "o1", "product_id": "p1", "amount": "59.90",
          "quantity": 2, "buyer_id": "小明", "at": minute},
         {"kind": "refund", "order_id": "o1", "amount": "9.90", "at": minute},
         {"kind": "spend", "plan_id": "ad1", "amount": "12.00", "source": "hand"})
    done(desk, room, Kind.CLOSE, START + timedelta(minutes=2))
    return room


def done(desk: Desk, room: str, kind: Kind, at: datetime) -> None:
    desk.command(room, Command(id=kind.value, kind=kind, at=at, who="owner")).result(10)


def rows(desk: Desk, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.store.fetch(desk.store.tables()[table]).to_pylist()
    return found


def test_a_closed_room_is_a_session_with_minutes_products_orders_and_ads(desk: Desk) -> None:
    room = shown(desk)
    desk.attend(START)

    (session,) = rows(desk, "sessions")
    assert {name: session[name] for name in (
        "session_id", "streamer_id", "title", "views", "paid_views", "orders", "units", "gmv",
        "refund_amount", "ad_spend", "peak_online", "avg_online", "likes", "currency")} == {
        "session_id": "s1", "streamer_id": "h1", "title": "夜场", "views": 40, "paid_views": 40,
        "orders": 1, "units": 2, "gmv": 5990, "refund_amount": 990, "ad_spend": 1200,
        "peak_online": 30, "avg_online": 25.0, "likes": None, "currency": "CNY"}
    assert (session["started_at"], session["ended_at"]) == (START, START + timedelta(minutes=2))
    assert json.loads(session["extra"]) == {"x_evidence": "platform;hand", "x_room": room}
    assert [(one["minute"], one["entries"], one["gmv"]) for one in rows(
        desk, "session_minutes")] == [(0, 40, 0), (1, 0, 5990)]
    assert [(one["product_id"], one["role"], one["clicks"], one["units"], one["stock_planned"],
             one["explained_seconds"]) for one in rows(desk, "session_products")] == [
        ("p1", "hero", 9, 2, 30, 120.0), ("p2", None, None, None, None, 0.0)]
    (order,) = rows(desk, "orders")
    assert (order["order_id"], order["amount"], order["refund_amount"], order["session_id"]) == (
        "o1", 5990, 990, "s1")
    assert order["buyer_id"] not in {None, "小明"}
    assert [(one["plan_id"], one["spend"]) for one in rows(desk, "ad_spend")] == [("ad1", 1200)]


def test_it_is_one_import_that_can_be_undone_and_is_made_once(desk: Desk) -> None:
    room = shown(desk)
    desk.attend(START)
    desk.attend(START)
    (batch,) = desk.store.batches()

    assert room in batch.note
    assert room_of_session(desk.store, "s1") == room
    desk.store.undo(batch.id, now=START + timedelta(hours=1))
    desk.attend(START)

    assert rows(desk, "sessions") == []
    assert len(desk.store.batches()) == 1


def test_a_room_that_closed_before_a_restart_is_recorded_after_it(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "room") as workspace:
        before = Desk(workspace.store)
        before.open()
        before.stop_attending()
        room = shown(before, session_id=None)
        before.close()
        after = Desk(workspace.store)
        after.attend(START)

        assert [one["session_id"] for one in rows(after, "sessions")] == [room]
        after.close()


@pytest.mark.parametrize(("other", "reason"), [
    ({"source": "synthetic"}, "synthetic"),
    ({"rehearsal": {"speed": 1.0, "session_id": "s0"}}, "rehearsal")])
def test_what_is_made_up_joins_no_real_history(desk: Desk, other: dict[str, Any],
                                               reason: str) -> None:
    room = shown(desk, **other)
    desk.attend(START)

    found = recorded(desk.store, room)
    assert found is not None
    assert (found.batch, found.reason) == (None, reason)
    assert desk.store.batches() == ()


def test_a_session_that_the_platform_has_told_of_is_left_as_it_is(desk: Desk,
                                                                  tmp_path: Path) -> None:
    file = tmp_path / "sessions.csv"
    file.write_text("session_id,streamer_id,started_at,views\ns1,h1,2026-03-06T20:00:00+08:00,7\n",
                    encoding="utf-8")
    with Workspace.open(desk.store.folder.root) as workspace:
        workspace.import_files([file])
    room = shown(desk)
    desk.attend(START)

    found = recorded(desk.store, room)
    assert found is not None
    assert found.reason == "imported"
    assert [one["views"] for one in rows(desk, "sessions")] == [7]
