"""A file followed into a room: acknowledged once, held back while the room is full."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from caopan.ingest.feeds.fault import Cause, FeedError
from caopan.ingest.feeds.wire import Answer, Ask
from caopan.ingest.tailing.following import Following, kept
from caopan.ingest.tailing.tail import Tail, TailRefusedError

TOKEN = "owner-of-nobody"  # noqa: S105 - of nobody


@dataclass
class Room:
    """A room at the other end of the wire; ``faults`` come first."""

    faults: list[FeedError] = field(default_factory=list)
    status: int = 200
    ids: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    told: list[dict[str, Any]] = field(default_factory=list)

    def carry(self, ask: Ask) -> Answer:
        assert ask.headers["authorization"] == f"Bearer {TOKEN}"
        if self.faults:
            raise self.faults.pop(0)
        if self.status != 200:
            return Answer(status=self.status, body=b'{"title": "closed"}')
        assert ask.body is not None
        self.bodies.append(ask.body)
        events = [json.loads(line) for line in ask.body.split(b"\n")]
        new = [one["id"] for one in events if one["id"] not in self.ids]
        self.ids += new
        return Answer(status=200, body=json.dumps({
            "accepted": len(new), "duplicates": len(events) - len(new), "rejected": [],
            "rev": 1}).encode())


def tail(room: Room, file: Path) -> Tail:
    places = file.parent / "place.json"
    return Tail(following=Following(file, place=kept(places)), places=places, room="r1",
                token=TOKEN, base="http://127.0.0.1:1", wire=room.carry,
                pause=room.waits.append, heard=room.told.append)


def run(room: Room, file: Path) -> int:
    made = tail(room, file)
    try:
        return made.run(once=True)
    finally:
        made.following.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "events.csv"


def test_rows_of_csv_become_events_by_the_names_of_their_head(file: Path) -> None:
    room = Room()
    file.write_text("kind,at,count,amount,product_id\nenter,1764240000000,5,,\n"
                    "price,2026-11-28T20:00:00+08:00,,59.90,p1\n", encoding="utf-8")

    assert run(room, file) == 2

    first, second = (json.loads(line) for line in room.bodies[0].split(b"\n"))
    assert (first["kind"], first["at"], first["count"]) == ("enter", 1_764_240_000_000, 5)
    assert (second["amount"], second["source"]) == ("59.90", "observed")
    assert "count" not in second


def test_what_was_acknowledged_is_not_sent_again_and_two_lines_alike_are_two_events(
        file: Path) -> None:
    room, like = Room(), '{"kind": "like", "at": 1764240000000}\n'
    file.write_text(like + like, encoding="utf-8")
    assert run(room, file) == 2

    with file.open("a", encoding="utf-8") as open_:
        open_.write(like)

    assert run(room, file) == 1
    assert len(room.ids) == 3


def test_a_lost_place_sends_the_same_ids(file: Path) -> None:
    room = Room()
    file.write_text('{"kind": "like", "at": 1764240000000}\n', encoding="utf-8")
    run(room, file)
    (file.parent / "place.json").unlink()

    assert run(room, file) == 0
    assert room.told[-1]["duplicates"] == 1


def test_a_full_room_is_waited_for_as_long_as_it_says_and_nothing_is_lost(file: Path) -> None:
    room = Room(faults=[FeedError(Cause.UNREACHABLE, "HTTP 503", retry_seconds=7),
                        FeedError(Cause.UNREACHABLE, "ConnectionRefusedError")])
    file.write_text('{"id": "e1", "kind": "like", "at": 1, "source": "hand"}\n', encoding="utf-8")

    assert run(room, file) == 1

    assert room.waits[0] == 7
    assert room.waits[1] > 0.5
    assert room.ids == ["e1"]


def test_a_closed_room_ends_it_and_keeps_the_place(file: Path) -> None:
    room = Room(status=409)
    file.write_text('{"id": "e1", "kind": "like", "at": 1}\n', encoding="utf-8")

    with pytest.raises(TailRefusedError):
        run(room, file)
    room.status = 200

    assert run(room, file) == 1


def test_a_tail_shows_nothing_of_its_token(file: Path) -> None:
    assert TOKEN not in repr(tail(Room(), file))
