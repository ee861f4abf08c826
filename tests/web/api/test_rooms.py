"""Live rooms through the API: the contract of the live surface."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pytest
from starlette.testclient import TestClient

from caopan.ingest.identifier import hashed
from caopan.store.live_book import LiveBook
from caopan.web.house import House
from tests.web.conftest import guest

SHEET = {"items": [
    {"id": "a", "type": "open", "title": "开场", "seconds": 600},
    {"id": "b", "type": "product", "title": "苹果", "product_id": "p1", "class": "hero",
     "seconds": 900, "min_seconds": 600, "live_price": "59.90",
     "target": {"gmv": {"low": "8000", "mid": "10000", "high": "13000"}}},
    {"id": "c", "type": "close", "title": "收尾", "seconds": 300},
]}
ROOM = {"title": "周五夜场", "streamer_id": "小美", "planned_start": "2026-11-27T20:00:00+08:00",
        "run_sheet": SHEET}


@pytest.fixture
def client(empty_house: House) -> Iterator[TestClient]:
    client = guest(empty_house)
    client.headers["authorization"] = f"Bearer {empty_house.keys.owner}"
    client.headers["accept-language"] = "en"
    return client


def made(client: TestClient, **other: object) -> str:
    answer = client.post("/api/rooms", json=ROOM | other)
    assert answer.status_code == 201, answer.text
    room: str = answer.json()["room"]
    return room


def event(number: int, kind: str, **fields: object) -> dict[str, Any]:
    return {"id": f"e{number}", "at": 1_764_240_000_000 + number, "source": "platform",
            "kind": kind, **fields}


def test_a_room_is_made_started_fed_and_closed(client: TestClient) -> None:
    room = made(client)

    assert client.post(f"/api/rooms/{room}/start").json()["rev"] == 1
    taken = client.post(f"/api/rooms/{room}/events", json=[
        event(1, "enter", count=20, channel="public"),
        event(2, "order", order_id="o1", product_id="p1", amount="59.90", quantity=2),
        event(3, "online", value=18)]).json()
    state = client.get(f"/api/rooms/{room}").json()

    assert (taken["accepted"], taken["duplicates"], taken["rejected"]) == (3, 0, [])
    assert state["rev"] == taken["rev"] == 2
    assert state["status"] == "live"
    assert state["now"]["item"]["id"] == "a"
    assert state["next"]["item"]["id"] == "b"
    assert state["totals"]["gmv"] == "59.90"
    assert (state["totals"]["entries_public"], state["totals"]["online"]) == (20, 18)
    assert state["ages"]["orders"]["source"] == "platform"
    assert client.post(f"/api/rooms/{room}/close").json()["rev"] == 3
    closed = client.post(f"/api/rooms/{room}/events", json=[event(9, "like")])
    assert (closed.status_code, closed.json()["key"]) == (409, "room_closed")


def test_an_id_that_was_taken_is_a_duplicate_whatever_else_its_batch_holds(
        client: TestClient) -> None:
    room = made(client)
    first = [event(at, "enter") for at in range(5)]
    client.post(f"/api/rooms/{room}/events", json=first)

    again = client.post(f"/api/rooms/{room}/events",
                        json=[*first[:3], event(7, "enter"), event(7, "enter")]).json()

    assert (again["accepted"], again["duplicates"]) == (1, 4)
    assert client.get(f"/api/rooms/{room}").json()["totals"]["entries"] == 6


def test_a_bad_event_is_refused_alone(client: TestClient) -> None:
    room = made(client)

    taken = client.post(f"/api/rooms/{room}/events", json=[
        event(1, "enter"), event(2, "dance"), event(3, "order", order_id="o", product_id="p",
                                                    amount="-5"),
        {"id": "e4", "at": "yesterday", "kind": "like", "source": "hand"}, "x",
        event(6, "like")]).json()

    assert taken["accepted"] == 2
    assert [(one["index"], one["id"]) for one in taken["rejected"]] == [
        (1, "e2"), (2, "e3"), (3, "e4"), (4, None)]
    assert all(one["message"] and one["hint"] for one in taken["rejected"])


def test_lines_and_gzip_are_read(client: TestClient) -> None:
    room = made(client)
    lines = "\n".join(json.dumps(event(at, "comment", count=2)) for at in range(10)).encode()

    taken = client.post(f"/api/rooms/{room}/events", content=gzip.compress(lines), headers={
        "content-type": "application/x-ndjson", "content-encoding": "gzip"}).json()

    assert taken["accepted"] == 10
    assert client.get(f"/api/rooms/{room}").json()["totals"]["comments"] == 20


@pytest.mark.parametrize("body", [b"{}", b"nonsense", b"[1,", b"\xff\xfe"])
def test_what_is_no_batch_is_refused_as_a_whole(client: TestClient, body: bytes) -> None:
    room = made(client)

    answer = client.post(f"/api/rooms/{room}/events", content=body,
                         headers={"content-type": "application/json"})

    assert answer.status_code in {400, 422}
    assert answer.json()["key"] in {"no_batch", "malformed"}
    assert client.get(f"/api/rooms/{room}").json()["rev"] == 0


def test_events_land_in_their_own_minute(client: TestClient) -> None:
    room = made(client)
    early = event(1, "enter") | {"at": "2026-11-27T20:05:30+08:00"}
    late = event(2, "enter", count=3) | {"at": "2026-11-27T20:01:10+08:00"}

    client.post(f"/api/rooms/{room}/events", json=[early])
    client.post(f"/api/rooms/{room}/events", json=[late])
    found = client.get(f"/api/rooms/{room}/minutes", params={"from": 0, "to": 5}).json()

    assert [(row["minute"], row["entries"]) for row in found["minutes"]] == [(1, 3), (5, 1)]


def test_two_who_press_next_at_once_move_on_by_one(client: TestClient) -> None:
    room = made(client)
    rev = client.post(f"/api/rooms/{room}/start").json()["rev"]

    first = client.post(f"/api/rooms/{room}/commands",
                        json={"id": "c1", "kind": "next", "rev": rev, "who": "阿杰"})
    second = client.post(f"/api/rooms/{room}/commands",
                         json={"id": "c2", "kind": "next", "rev": rev, "who": "小林"})

    assert first.status_code == 200
    assert (second.status_code, second.json()["key"]) == (409, "outdated")
    assert "阿杰" in second.json()["title"]
    assert client.get(f"/api/rooms/{room}").json()["now"]["item"]["id"] == "b"


def test_a_command_sent_twice_is_done_once(client: TestClient) -> None:
    room = made(client)
    client.post(f"/api/rooms/{room}/start")
    asked = {"id": "c1", "kind": "extend", "seconds": 60}

    revs = [client.post(f"/api/rooms/{room}/commands", json=asked).json()["rev"]
            for _ in range(2)]

    assert revs == [2, 2]
    assert client.get(f"/api/rooms/{room}/run_sheet").json()["items"][0]["seconds"] == 660


def test_a_preview_changes_nothing_and_says_what_would(client: TestClient) -> None:
    room = made(client)
    rev = client.post(f"/api/rooms/{room}/start").json()["rev"]

    told = client.post(f"/api/rooms/{room}/commands", json={
        "kind": "preview", "command": {"kind": "cut", "item_id": "b", "seconds": 600}}).json()

    assert told["rev"] == rev
    assert told["preview"]["seconds"] == -300
    assert told["preview"]["money"]["mid"] == "-3333.33"
    assert [one["item_id"] for one in told["preview"]["shifts"]] == ["c"]
    assert client.get(f"/api/rooms/{room}/run_sheet").json()["items"][1]["seconds"] == 900


def test_an_undo_takes_the_last_step_back_and_stays_in_the_log(client: TestClient) -> None:
    room = made(client)
    client.post(f"/api/rooms/{room}/start")
    client.post(f"/api/rooms/{room}/commands", json={"id": "c1", "kind": "next"})

    client.post(f"/api/rooms/{room}/commands", json={"id": "c2", "kind": "undo"})
    log = client.get(f"/api/rooms/{room}/log").json()["log"]

    assert client.get(f"/api/rooms/{room}").json()["now"]["item"]["id"] == "a"
    assert [one["kind"] for one in log] == ["undo", "next", "start"]
    assert log[0]["body"] == {"command_id": "c1"}


@pytest.mark.parametrize(("path", "status", "key"), [
    ("/api/rooms/none", 404, "no_such_room"), ("/api/rooms/none/minutes", 404, "no_such_room"),
    ("/api/rooms/none/log", 404, "no_such_room")])
def test_a_room_that_is_not_there_is_named(client: TestClient, path: str, status: int,
                                           key: str) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer.json()["key"]) == (status, key)


def test_a_run_sheet_with_faults_is_refused_and_each_is_named(client: TestClient) -> None:
    answer = client.post("/api/rooms", json=ROOM | {"run_sheet": {"items": [
        {"id": "a", "type": "dance", "title": "", "seconds": -1}]}})

    assert (answer.status_code, answer.json()["key"]) == (422, "bad_run_sheet")
    assert "items[0]" in answer.json()["title"]


def test_rooms_are_there_again_after_a_restart(client: TestClient, empty_house: House) -> None:
    room = made(client)
    client.post(f"/api/rooms/{room}/start")
    client.post(f"/api/rooms/{room}/events", json=[event(1, "enter", count=7),
                                                   event(2, "stock", product_id="p1", value=30)])
    before = client.get(f"/api/rooms/{room}").json()

    empty_house.desk.close()
    after = client.get(f"/api/rooms/{room}").json()

    for moving in ("server_epoch_ms", "ages", "ends_at", "time_offset_seconds", "money_offset",
                   "money_due", "now", "next"):
        before.pop(moving), after.pop(moving)
    assert after == before
    assert after["totals"]["entries"] == 7


def test_a_buyer_is_kept_as_imports_keep_one_and_never_by_name(
        client: TestClient, empty_house: House) -> None:
    room = made(client)
    client.post(f"/api/rooms/{room}/events", json=[event(
        1, "order", order_id="o1", product_id="p1", amount="59.90", buyer_id="张三 13800000000")])

    with empty_house.workspace.store.ledger.reading() as connection:
        (order,) = LiveBook(connection).facts(1)

    salt = empty_house.workspace.store.salt()
    assert order["buyer_id"] == hashed(pa.array(["张三 13800000000"]), salt=salt)[0].as_py()
    assert "13800000000" not in json.dumps(order, ensure_ascii=False)
