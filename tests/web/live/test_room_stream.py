"""A room listened to: a snapshot first, then patches, nothing twice."""

from __future__ import annotations

from typing import Any

from starlette.testclient import TestClient, WebSocketTestSession

from caopan.web.house import House
from caopan.web.live.room_stream import FORBIDDEN, NO_ROOM, patch
from tests.web.conftest import guest

WS = "ws://127.0.0.1:8700"
ROOM = {"title": "夜场", "streamer_id": "小美", "planned_start": "2026-11-27T20:00:00+08:00",
        "run_sheet": {"items": [{"id": "a", "type": "open", "title": "开场", "seconds": 60},
                                {"id": "b", "type": "qa", "title": "答疑", "seconds": 60}]}}


def owner(house: House) -> TestClient:
    client = guest(house)
    client.headers["authorization"] = f"Bearer {house.keys.owner}"
    return client


def made(client: TestClient) -> str:
    room: str = client.post("/api/rooms", json=ROOM).json()["room"]
    return room


def until(page: WebSocketTestSession, key: str) -> dict[str, Any]:
    """Return the next message that carries a key; clocks may move on before it."""
    while key not in (told := page.receive_json()):
        pass
    return dict(told)


def test_a_listener_gets_the_whole_state_then_what_changes(empty_house: House) -> None:
    client = owner(empty_house)
    with client, client.websocket_connect(f"{WS}/api/rooms/{made(client)}/ws") as page:
        first = page.receive_json()
        client.post(f"/api/rooms/{first['room']}/start")
        second = until(page, "status")

        assert first["snapshot"] is True
        assert (first["rev"], first["status"]) == (0, "planned")
        assert (second["rev"], second["status"]) == (1, "live")
        assert "title" not in second
        assert "snapshot" not in second


def test_one_that_has_the_present_revision_misses_and_repeats_nothing(
        empty_house: House) -> None:
    client = owner(empty_house)
    with client:
        room = made(client)
        client.post(f"/api/rooms/{room}/start")
        with client.websocket_connect(f"{WS}/api/rooms/{room}/ws?rev=1") as page:
            client.post(f"/api/rooms/{room}/commands", json={"id": "1", "kind": "next"})
            told = until(page, "now")

    assert told["rev"] == 2
    assert told["now"]["item"]["id"] == "b"
    assert "title" not in told


def test_strangers_and_rooms_that_are_not_there_are_closed_with_a_reason(
        empty_house: House) -> None:
    room = made(owner(empty_house))

    for client, path, code in ((guest(empty_house), room, FORBIDDEN),
                               (owner(empty_house), "none", NO_ROOM)):
        with client.websocket_connect(f"{WS}/api/rooms/{path}/ws") as page:
            assert page.receive()["code"] == code


def test_a_patch_of_nothing_is_nothing() -> None:
    state = {"rev": 1, "server_epoch_ms": 5, "status": "live", "ages": {"orders": 1}}

    assert patch(state, state | {"server_epoch_ms": 6, "ages": {"orders": 2}}) is None
    assert patch(state, state | {"rev": 2}) == {"rev": 2, "server_epoch_ms": 5,
                                                "ages": {"orders": 1}}
