"""Events from the socket: refused before they are read, bounded, told to come again."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from caopan.live import event
from caopan.store.live_writer import LiveBusyError
from caopan.web.house import House
from tests.web.conftest import guest

ROOM = {"title": "夜场", "streamer_id": "h", "planned_start": "2026-11-27T20:00:00+08:00"}
ONE = b'{"id":"1","at":1764240000000,"kind":"like","source":"hand"}'


@pytest.fixture
def client(empty_house: House) -> Iterator[TestClient]:
    client = guest(empty_house)
    client.headers["authorization"] = f"Bearer {empty_house.keys.owner}"
    client.headers["accept-language"] = "en"
    return client


def sent(client: TestClient, body: bytes, room: str | None = None, **headers: str) -> Response:
    made = room or client.post("/api/rooms", json=ROOM).json()["room"]
    return client.post(f"/api/rooms/{made}/events", content=body, headers={
        "content-type": "application/x-ndjson", **headers})


def test_who_is_not_known_is_refused(empty_house: House) -> None:
    answer = guest(empty_house).post("/api/rooms/x/events", content=ONE)

    assert (answer.status_code, answer.json()["key"]) == (401, "forbidden")
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_room_that_is_not_there_is_404(client: TestClient) -> None:
    assert sent(client, ONE, room="nobody").status_code == 404


@pytest.mark.parametrize("packed", [False, True])
def test_what_is_larger_than_a_batch_may_be_is_not_read_to_its_end(
        client: TestClient, packed: bool) -> None:  # noqa: FBT001 - a case
    body = b"\n" * (event.MOST_BYTES + 1)
    answer = sent(client, gzip.compress(body) if packed else body,
                  **{"content-encoding": "gzip" if packed else "identity"})

    assert answer.json()["key"] == "too_large"


def test_a_full_desk_tells_to_come_again(client: TestClient, empty_house: House) -> None:
    with patch.object(type(empty_house.desk), "take", side_effect=LiveBusyError()):
        answer = sent(client, ONE)

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert answer.json()["key"] == "live_busy"


def test_what_nobody_expected_is_said_to_have_failed(client: TestClient,
                                                     empty_house: House) -> None:
    with patch.object(type(empty_house.desk), "take", side_effect=ZeroDivisionError):
        answer = sent(client, ONE)

    assert (answer.status_code, answer.json()["key"]) == (500, "page_failed")


def test_other_methods_are_told_that_there_is_no_such_endpoint(client: TestClient) -> None:
    answer = client.get("/api/rooms/x/events")

    assert (answer.status_code, answer.json()["key"]) == (405, "no_such_endpoint")
