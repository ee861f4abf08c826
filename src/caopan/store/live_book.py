"""What live rooms keep (直播账): rooms, their commands, event ids and sums.

Of what batches bring, the ids are kept at once, as they say what is new; sums, facts and revisions
are gathered and written once a transaction (``flush``). These are the statements that run at any
rate, so they go to the driver as they stand: SQLAlchemy's own way of compiling them took more than
half of all that a batch of events cost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import msgspec
from sqlalchemy import Connection, bindparam, insert, select, update

from caopan.store.live_tables import COMMANDS, EVENTS, FACTS, MINUTES, ROOMS

_JSON_IDS = {"sqlite": "SELECT value FROM json_each(?)",
             "postgresql": "SELECT value FROM json_array_elements_text(CAST(? AS json)) value"}


def _driven(statement: str) -> dict[str, str]:
    """Return a statement as each driver reads it; ``{ids}`` are the values of a JSON list."""
    said = {name: statement.format(ids=ids) for name, ids in _JSON_IDS.items()}
    return said | {"postgresql": said["postgresql"].replace("?", "%s")}


_TAKE = _driven("INSERT INTO live_events (room, id) SELECT ?, value FROM ({ids}) AS asked "
                "WHERE true ON CONFLICT DO NOTHING")
_SEEN = _driven("SELECT id FROM live_events WHERE room = ? AND id IN ({ids})")
_ADD = _driven("INSERT INTO live_events (room, id) VALUES (?, ?)")
_MINUTE = _driven("INSERT INTO live_minutes (room, minute, body) VALUES (?, ?, ?) "
                  "ON CONFLICT (room, minute) DO UPDATE SET body = excluded.body")
_FACTS = _driven("INSERT INTO live_facts (room, rev, body) VALUES (?, ?, ?)")
_MOVE = _driven("UPDATE live_rooms SET rev = ?, heard = ? WHERE number = ?")
_BEGIN, _BACK, _GOOD = ("SAVEPOINT batch", "ROLLBACK TO SAVEPOINT batch", "RELEASE SAVEPOINT batch")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRoom:
    """A room as it is kept: its number here, what it is, its revision, its last gauges."""

    number: int
    id: str
    made_at: datetime
    rev: int
    body: dict[str, object]
    heard: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCommand:
    """A command as it is kept; ``rev`` is the room's after it."""

    seq: int
    id: str
    at: datetime
    rev: int
    body: dict[str, object]


@dataclass(frozen=True, slots=True)
class LiveBook:
    """The live rooms inside one transaction of the ledger, made or left as a whole.

    ``connection``: of ``Ledger.writing`` or ``Ledger.reading``. What is gathered is written by
    ``flush``, and lost without it.
    """

    connection: Connection
    _minutes: dict[tuple[int, int], Sequence[object]] = field(default_factory=dict, repr=False)
    _facts: list[tuple[int, int, str]] = field(default_factory=list, repr=False)
    _moved: dict[int, tuple[int, Mapping[str, object]]] = field(default_factory=dict, repr=False)

    def make_room(self, *, room_id: str, body: Mapping[str, object],
                  now: datetime) -> int:
        """Keep a new room; return its number."""
        made = self.connection.execute(insert(ROOMS).values(
            id=room_id, made_at=now, rev=0, body=dict(body), heard={}).returning(ROOMS.c.number))
        return int(made.scalar_one())

    def rooms(self) -> list[KeptRoom]:
        """Return every room, the oldest first."""
        rows = self.connection.execute(select(ROOMS).order_by(ROOMS.c.number)).mappings()
        return [KeptRoom(**row) for row in rows]

    def change_room(self, number: int, *, rev: int,
                    body: Mapping[str, object] | None = None) -> None:
        """Move a room's revision on; a body that is given replaces what was kept."""
        values: dict[str, object] = {"rev": rev}
        if body is not None:
            values["body"] = dict(body)
        if number in self._moved:
            self._moved[number] = (rev, self._moved[number][1])
        self.connection.execute(update(ROOMS).where(ROOMS.c.number == number).values(values))

    def hear(self, number: int, *, rev: int, heard: Mapping[str, object]) -> None:
        """Gather a room's revision and the last values of its gauges."""
        self._moved[number] = (rev, heard)

    def log(self, number: int, command: KeptCommand) -> None:
        """Add a command to a room's log."""
        self.connection.execute(insert(COMMANDS).values(
            room=number, seq=command.seq, id=command.id, at=command.at, rev=command.rev,
            body=command.body))

    def commands(self, number: int) -> list[KeptCommand]:
        """Return a room's log in its order."""
        found = self.connection.execute(select(COMMANDS).where(COMMANDS.c.room == number)
                                        .order_by(COMMANDS.c.seq)).mappings()
        return [KeptCommand(seq=row["seq"], id=row["id"], at=row["at"], rev=row["rev"],
                            body=row["body"]) for row in found]

    def new_ids(self, number: int, ids: Sequence[str]) -> frozenset[str] | None:
        """Keep the ids of events; return those that are new, None where all are, and no two alike.

        What is returned as new is kept; a second call finds it.
        """
        asked = _json(ids)
        self._run(_BEGIN)
        added = self._run(_TAKE, (number, asked))
        if added == len(ids):
            self._run(_GOOD)
            return None
        self._run(_BACK)
        self._run(_GOOD)
        found = self.connection.exec_driver_sql(_SEEN[self.connection.dialect.name],
                                                (number, asked))
        seen = set(found.scalars())
        fresh = [one for one in dict.fromkeys(ids) if one not in seen]
        if fresh:
            self._run(_ADD, [(number, one) for one in fresh])
        return frozenset(fresh)

    def ids_from(self, number: int, head: str) -> list[str]:
        """Return the ids of a room's events that begin so, as many as there are."""
        kept = self.connection.execute(
            select(EVENTS.c.id).where(EVENTS.c.room == number,
                                      EVENTS.c.id.startswith(head, autoescape=True)))
        return list(kept.scalars())

    def keep_minutes(self, number: int,
                     minutes: Iterable[tuple[int, Sequence[object]]]) -> None:
        """Gather the sums of minutes; they take the place of earlier ones."""
        self._minutes.update(((number, minute), body) for minute, body in minutes)

    def keep_facts(self, number: int, *, rev: int,
                   facts: Sequence[Mapping[str, object]]) -> None:
        """Gather orders and the like, one by one."""
        self._facts.append((number, rev, _json(facts)))

    def flush(self) -> None:
        """Write what was gathered."""
        for statement, rows in (
                (_MINUTE, [(*key, _json(body)) for key, body in self._minutes.items()]),
                (_FACTS, self._facts),
                (_MOVE, [(rev, _json(heard), number)
                         for number, (rev, heard) in self._moved.items()])):
            if rows:
                self._run(statement, rows)
        self._minutes.clear()
        self._facts.clear()
        self._moved.clear()

    def minutes(self, number: int) -> list[tuple[int, list[object]]]:
        """Return the sums of every minute of a room."""
        found = self.connection.execute(select(MINUTES.c.minute, MINUTES.c.body)
                                   .where(MINUTES.c.room == bindparam("room"))
                                   .order_by(MINUTES.c.minute), {"room": number})
        return [(minute, body) for minute, body in found]

    def facts(self, number: int) -> list[dict[str, object]]:
        """Return the kept orders and the like of a room, in the order they came."""
        found = self.connection.execute(
            select(FACTS.c.body).where(FACTS.c.room == number, FACTS.c.rev >= 0)
            .order_by(FACTS.c.rev)).scalars()
        return [fact for body in found for fact in body]

    def log_alerts(self, number: int, *, page: int,
                   entries: Sequence[Mapping[str, object]]) -> None:
        """Gather a page of a room's log of alerts; pages count from 1.

        They stand beside the facts, counted downwards from 0: an alert changes no revision.
        """
        self._facts.append((number, -page, _json(entries)))

    def alerts(self, number: int) -> list[list[dict[str, object]]]:
        """Return a room's log of alerts, the first page first."""
        return list(self.connection.execute(
            select(FACTS.c.body).where(FACTS.c.room == number, FACTS.c.rev < 0)
            .order_by(FACTS.c.rev.desc())).scalars())

    def _run(self, statement: str | Mapping[str, str],
             values: tuple[object, ...] | Sequence[tuple[object, ...]] | None = None) -> int:
        """Let the driver do a statement; return how many rows it touched."""
        said = (statement if isinstance(statement, str)
                else statement[self.connection.dialect.name])
        return int(self.connection.exec_driver_sql(said, values).rowcount)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
