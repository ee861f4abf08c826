"""Connectors through the API: what there is, on and off by room, and calls of platforms."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from caopan.ingest.feeds.safe import Safe
from caopan.units.clock import now
from caopan.web.house import House
from tests.ingest.feeds.platforms.test_kuaishou import SET, message, sealed
from tests.web.api.conftest import program
from tests.web.conftest import guest

ROOM = {"title": "夜场", "streamer_id": "小美", "planned_start": "2026-11-27T20:00:00+08:00"}


@pytest.fixture
def client(empty_house: House) -> TestClient:
    empty_house.feeds.runs = False
    return program(empty_house)


def made(client: TestClient) -> str:
    return str(client.post("/api/rooms", json=ROOM).json()["room"])


def test_every_connector_says_that_it_is_unverified_and_what_it_cannot_give(
        client: TestClient) -> None:
    feeds = client.get("/api/feeds").json()["feeds"]

    assert {one["verified"] for one in feeds} == {"unverified"}
    assert all(one["gives"] and one["cannot"] and one["verified_words"] for one in feeds)
    assert all(gives["seconds"] > 0 and gives["basis"] for one in feeds for gives in one["gives"])


def test_a_connector_is_switched_on_and_off_by_room(client: TestClient) -> None:
    room = made(client)

    begun = client.post(f"/api/rooms/{room}/feeds", json={"feed": "shopee", "live_id": " 62 "})
    on = client.get(f"/api/rooms/{room}/feeds").json()
    ended = client.delete(f"/api/rooms/{room}/feeds/shopee").json()

    assert (begun.status_code, begun.json()["live"]) == (201, "62")
    assert [one["feed"] for one in on["on"]] == ["shopee"]
    assert "shopee" not in [one["feed"] for one in on["off"]]
    assert ended == {"stopped": True}
    assert client.get(f"/api/rooms/{room}/feeds").json()["on"] == []


@pytest.mark.parametrize(("body", "status", "key"), [
    ({"feed": "nobody", "live_id": "1"}, 404, "no_such_feed"),
    ({"feed": "shopee", "live_id": " "}, 400, "no_live_id"),
])
def test_what_cannot_be_switched_on_says_why(client: TestClient, body: dict[str, str],
                                             status: int, key: str) -> None:
    refused = client.post(f"/api/rooms/{made(client)}/feeds", json=body)

    assert (refused.status_code, refused.json()["key"]) == (status, key)


def test_a_call_of_a_platform_that_does_not_call_is_refused_in_one_word(
        empty_house: House) -> None:
    answer = guest(empty_house).post("/hooks/shopee", content=b"x")

    assert (answer.status_code, answer.json()) == (403, {"result": 0, "error": "refused"})


def test_a_call_that_is_too_large_is_not_read(empty_house: House) -> None:
    answer = guest(empty_house).post("/hooks/shopee", content=b"x" * (1 << 20 | 1))

    assert answer.status_code == 413


def test_a_call_of_kuaishou_needs_no_token_of_ours_and_its_own_seal(empty_house: House) -> None:
    empty_house.feeds.safe = Safe(SET)
    caller = guest(empty_house)
    told = message(updateTime=round(now().timestamp() * 1000))

    good = caller.post("/hooks/kuaishou", content=sealed(told))
    bad = caller.post("/hooks/kuaishou", content=sealed(told)[4:])

    assert (good.status_code, good.json()) == (200, {"result": 1})
    assert (bad.status_code, bad.json()) == (403, {"result": 0, "error": "refused"})


def test_a_table_is_looked_at_then_taken_and_its_faults_have_their_rows(
        client: TestClient) -> None:
    room, text = made(client), "时间\t在线\n20:05\t180\n20:06\tx\n"

    look = client.post(f"/api/rooms/{room}/paste", json={"text": text}).json()
    before = client.get(f"/api/rooms/{room}").json()["rev"]
    taken = client.post(f"/api/rooms/{room}/paste", json={"text": text, "preview": False}).json()

    assert (look["taken"], look["events"], before) == (None, {"online": 1}, 0)
    assert [(one["row"], one["heading"]) for one in look["faults"]] == [(3, "在线")]
    assert taken["taken"]["accepted"] == 1
    assert client.get(f"/api/rooms/{room}").json()["totals"]["online"] == 180
