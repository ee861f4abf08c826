"""A disk that is full: told so, nothing half-kept, and on by itself when there is room again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any, cast

import pytest
from sqlalchemy import Connection, event
from starlette.testclient import TestClient

from caopan.web.house import House
from tests.web.conftest import guest

ROOM = {"title": "夜场", "streamer_id": "h", "planned_start": "2026-11-27T20:00:00+08:00"}
BATCH, PLENTY = 1_000, 1_000_000


@pytest.fixture
def client(empty_house: House) -> Iterator[TestClient]:
    client = guest(empty_house)
    client.headers["authorization"] = f"Bearer {empty_house.keys.owner}"
    client.headers["accept-language"] = "en"
    return client


class Quota:
    """How many pages more the ledger's file may have, as a disk that fills would leave it."""

    def __init__(self, house: House) -> None:
        self.more = PLENTY
        event.listen(house.workspace.store.ledger.engine, "begin", self._limit)

    def _limit(self, connection: Connection) -> None:
        raw = cast("sqlite3.Connection", connection.connection.dbapi_connection)
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count = {pages + self.more}")


def batch(turn: int) -> list[dict[str, Any]]:
    return [{"id": f"{turn}-{at}", "at": 1_764_240_000_000, "source": "platform", "kind": "enter"}
            for at in range(BATCH)]


def test_a_full_disk_is_told_and_what_is_sent_again_is_counted_once(
        client: TestClient, empty_house: House) -> None:
    room = client.post("/api/rooms", json=ROOM).json()["room"]
    quota = Quota(empty_house)
    first = client.post(f"/api/rooms/{room}/events", json=batch(0)).json()
    quota.more = 0

    refused = client.post(f"/api/rooms/{room}/events", json=batch(1))
    stopped = client.post(f"/api/rooms/{room}/start")
    meanwhile = client.get(f"/api/rooms/{room}").json()
    quota.more = PLENTY
    again = client.post(f"/api/rooms/{room}/events", json=[*batch(1), *batch(0)]).json()

    assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
    assert "disk is full" in refused.json()["title"]
    assert "make room on the disk" in refused.json()["detail"]
    assert stopped.status_code in {200, 503}
    assert meanwhile["totals"]["entries"] == first["accepted"] == BATCH
    assert (again["accepted"], again["duplicates"]) == (BATCH, BATCH)
    assert client.get(f"/api/rooms/{room}").json()["totals"]["entries"] == 2 * BATCH
