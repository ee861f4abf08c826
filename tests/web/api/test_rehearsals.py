"""Cards and rehearsals through the API."""

from __future__ import annotations

from typing import Any

import pytest

from caopan.web.api.answers.cards import CardList
from caopan.web.api.answers.rehearsals import Rehearsal
from caopan.web.house import House
from tests.web.api.conftest import program


def test_the_cards_are_served_with_their_triggers(empty_house: House) -> None:
    found = program(empty_house).get("/api/cards").json()

    CardList.model_validate(found)
    assert len(found["cards"]) == 15
    assert found["issues"] == []


def test_a_rehearsal_is_begun_runs_through_the_desk_and_is_stopped(empty_house: House) -> None:
    client = program(empty_house)

    begun = client.post("/api/rehearsals", json={
        "speed": 60, "minutes": 30, "incidents": [{"kind": "sell_out", "minute": 3}]})
    room = begun.json()["room"]
    state = client.get(f"/api/rooms/{room}").json()
    stopped = client.post(f"/api/rehearsals/{room}/stop")

    assert begun.status_code == 201, begun.text
    Rehearsal.model_validate(begun.json())
    assert (state["rehearsal"], state["speed"], state["status"]) == (True, 60, "live")
    assert stopped.status_code == 200
    assert stopped.json()["incidents"] == [{"kind": "sell_out", "minute": 3, "seconds": 300}]


@pytest.mark.parametrize(("asked", "status", "key"), [
    ({"speed": 600}, 400, "bad_speed"), ({"incidents": [{"kind": "x"}]}, 400, "bad_incident"),
    ({"session_id": "nobody"}, 404, "nothing_to_replay"), ({"sped": 1}, 422, "malformed")])
def test_what_cannot_be_rehearsed_is_refused(empty_house: House, asked: dict[str, Any],
                                             status: int, key: str) -> None:
    answer = program(empty_house).post("/api/rehearsals", json=asked)

    assert (answer.status_code, answer.json()["key"]) == (status, key)


def test_a_room_that_is_no_rehearsal_says_so(empty_house: House) -> None:
    client = program(empty_house)
    room = client.post("/api/rooms", json={
        "title": "x", "streamer_id": "y", "planned_start": "2026-11-28T20:00:00+08:00"}).json()

    answer = client.get(f"/api/rehearsals/{room['room']}")

    assert (answer.status_code, answer.json()["key"]) == (404, "no_rehearsal")
