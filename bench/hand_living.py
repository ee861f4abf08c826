"""Events into rooms as one writes it by hand: SQLite, raw ASGI, msgspec, one writing thread.

What the product's own path is held against: it keeps the ids and the sums by minute in one
transaction before it answers, takes batches that are repeated in part, and does nothing else: no
policy, no gauges, no orders kept, no revision, nobody who listens.
``python -m bench.hand_living FOLDER`` serves it and prints its address.
"""

from __future__ import annotations

import asyncio
import json
import queue
import socket
import sqlite3
import sys
from collections import defaultdict
from concurrent.futures import Future
from pathlib import Path
from threading import Thread
from typing import Any

import msgspec
import uvicorn

MOST_AT_ONCE = 64
COUNTS = ("entries", "clicks", "orders", "comments", "gmv")
_AT = {"enter": 0, "click": 1, "order": 2, "comment": 3}


class Event(msgspec.Struct, gc=False):
    """An event, of whatever kind."""

    id: str
    at: int
    kind: str
    source: str
    product_id: str = ""
    count: int = 1
    quantity: int = 1
    amount: str = "0"


TABLES = """
PRAGMA journal_mode=WAL;
PRAGMA synchronous=FULL;
CREATE TABLE events (room INTEGER, id TEXT, PRIMARY KEY (room, id)) WITHOUT ROWID;
CREATE TABLE minutes (room INTEGER, minute INTEGER, body TEXT, PRIMARY KEY (room, minute))
WITHOUT ROWID;
"""
Sums = dict[int, list[int]]
Waiting = tuple[int, list[Event], Future[int]]
READING = msgspec.json.Decoder(Event)


class Book:
    """The rooms: their sums in memory, a thread that writes."""

    def __init__(self, folder: Path) -> None:
        """Make the tables and begin."""
        self.path = folder / "hand.sqlite"
        self.sums: dict[int, Sums] = defaultdict(dict)
        self.queue: queue.Queue[Waiting] = queue.Queue()
        Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        connection = sqlite3.connect(self.path, isolation_level=None)
        connection.executescript(TABLES)
        while True:
            works = [self.queue.get()]
            while len(works) < MOST_AT_ONCE and not self.queue.empty():
                works.append(self.queue.get())
            connection.execute("BEGIN IMMEDIATE")
            counts = [self._one(connection, room, events) for room, events, _ in works]
            connection.execute("COMMIT")
            for (_, _, answer), count in zip(works, counts, strict=True):
                answer.set_result(count)

    def _one(self, connection: sqlite3.Connection, room: int, events: list[Event]) -> int:
        ids = msgspec.json.encode([event.id for event in events]).decode()
        connection.execute("SAVEPOINT batch")
        added = connection.execute(
            "INSERT INTO events SELECT ?, value FROM json_each(?) WHERE true "
            "ON CONFLICT DO NOTHING", (room, ids)).rowcount
        if added != len(events):
            connection.execute("ROLLBACK TO batch")
            added, events = self._new(connection, room, ids, events)
        connection.execute("RELEASE batch")
        sums = self.sums[room]
        touched = set()
        for event in events:
            minute = event.at // 60_000
            row = sums.get(minute)
            if row is None:
                row = sums[minute] = [0] * len(COUNTS)
            touched.add(minute)
            if event.kind == "order":
                row[4] += round(float(event.amount) * 100)
            row[_AT[event.kind]] += event.count
        connection.executemany(
            "INSERT INTO minutes VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body",
            [(room, minute, json.dumps(sums[minute])) for minute in touched])
        return added

    @staticmethod
    def _new(connection: sqlite3.Connection, room: int, ids: str,
             events: list[Event]) -> tuple[int, list[Event]]:
        found = {one for one, in connection.execute(
            "SELECT id FROM events WHERE room = ? AND id IN (SELECT value FROM json_each(?))",
            (room, ids))}
        fresh = list({event.id: event for event in events if event.id not in found}.values())
        connection.executemany("INSERT INTO events VALUES (?, ?)",
                               [(room, event.id) for event in fresh])
        return len(fresh), fresh


def application(book: Book) -> Any:  # noqa: ANN401 - an ASGI application
    rooms: list[int] = []

    async def serve(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI's own
        if scope["type"] != "http":
            return
        words = scope["path"].split("/")
        if words[-1] == "events":
            answer = await _taken(book, int(words[3]), receive)
        elif scope["method"] == "POST":
            rooms.append(len(rooms))
            answer = {"room": str(rooms[-1])}
        elif words[-1] == "rooms":
            answer = {"rooms": rooms}
        else:
            rows = book.sums[int(words[3])].values()
            answer = {"totals": {name: sum(row[at] for row in rows)
                                 for at, name in enumerate(COUNTS)}}
        body = msgspec.json.encode(answer)
        await send({"type": "http.response.start", "status": 200, "headers": [
            (b"content-length", str(len(body)).encode())]})
        await send({"type": "http.response.body", "body": body})

    return serve


async def _taken(book: Book, room: int, receive: Any) -> dict[str, Any]:  # noqa: ANN401 - ASGI's own
    parts, more = [], True
    while more:
        message = await receive()
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    events = READING.decode_lines(b"".join(parts))
    answer: Future[int] = Future()
    book.queue.put((room, events, answer))
    added = await asyncio.wrap_future(answer)
    return {"accepted": added, "duplicates": len(events) - added, "rejected": [], "rev": 0}


def main(folder: str) -> None:
    listening = socket.create_server(("127.0.0.1", 0))
    print(json.dumps({"url": f"http://127.0.0.1:{listening.getsockname()[1]}", "token": "-"}),
          flush=True)
    config = uvicorn.Config(application(Book(Path(folder))), log_config=None, access_log=False)
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main(sys.argv[1])
