"""What live rooms keep (直播账): rooms, their commands, event ids and sums."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, text, update

from caopan.store.live_tables import COMMANDS, EVENTS, FACTS, MINUTES, ROOMS

_JSON_IDS = {"sqlite": "SELECT value FROM json_each(:ids)",
             "postgresql": "SELECT value FROM json_array_elements_text(CAST(:ids AS json)) value"}
_TAKE = {name: f"INSERT INTO live_events (room, id) SELECT :room, value FROM ({ids}) AS asked "  # noqa: S608 - constants
               "WHERE true ON CONFLICT DO NOTHING" for name, ids in _JSON_IDS.items()}
_UPSERT = ("INSERT INTO live_minutes (room, minute, body) VALUES (:room, :minute, :body) "
           "ON CONFLICT (room, minute) DO UPDATE SET body = excluded.body")


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

    ``connection``: of ``Ledger.writing`` or ``Ledger.reading``.
    """

    connection: Connection

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
                    body: Mapping[str, object] | None = None,
                    heard: Mapping[str, object] | None = None) -> None:
        """Move a room's revision on; what is given replaces what was kept."""
        values: dict[str, object] = {"rev": rev}
        if body is not None:
            values["body"] = dict(body)
        if heard is not None:
            values["heard"] = dict(heard)
        self.connection.execute(update(ROOMS).where(ROOMS.c.number == number).values(values))

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
        known = _JSON_IDS[self.connection.dialect.name]
        asked = json.dumps(list(ids), ensure_ascii=False)
        with self.connection.begin_nested() as step:
            added = self.connection.execute(
                text(_TAKE[self.connection.dialect.name]),
                {"room": number, "ids": asked}).rowcount
            if added == len(ids):
                return None
            step.rollback()
        seen = set(self.connection.execute(
            text(f"SELECT id FROM live_events WHERE room = :room AND id IN ({known})"),  # noqa: S608 - constants
            {"room": number, "ids": asked}).scalars())
        fresh = [one for one in dict.fromkeys(ids) if one not in seen]
        if fresh:
            self.connection.execute(text("INSERT INTO live_events (room, id) VALUES (:room, :id)"),
                               [{"room": number, "id": one} for one in fresh])
        return frozenset(fresh)

    def ids_from(self, number: int, head: str) -> list[str]:
        """Return the ids of a room's events that begin so, as many as there are."""
        kept = self.connection.execute(
            select(EVENTS.c.id).where(EVENTS.c.room == number,
                                      EVENTS.c.id.startswith(head, autoescape=True)))
        return list(kept.scalars())

    def keep_minutes(self, number: int,
                     minutes: Iterable[tuple[int, Sequence[object]]]) -> None:
        """Keep the sums of minutes in the place of earlier ones."""
        rows = [{"room": number, "minute": minute, "body": json.dumps(body, ensure_ascii=False)}
                for minute, body in minutes]
        if rows:
            self.connection.execute(text(_UPSERT), rows)

    def minutes(self, number: int) -> list[tuple[int, list[object]]]:
        """Return the sums of every minute of a room."""
        found = self.connection.execute(select(MINUTES.c.minute, MINUTES.c.body)
                                   .where(MINUTES.c.room == bindparam("room"))
                                   .order_by(MINUTES.c.minute), {"room": number})
        return [(minute, body) for minute, body in found]

    def keep_facts(self, number: int, *, rev: int,
                   facts: Sequence[Mapping[str, object]]) -> None:
        """Keep orders and the like, one by one."""
        self.connection.execute(insert(FACTS).values(room=number, rev=rev, body=list(facts)))

    def facts(self, number: int) -> list[dict[str, object]]:
        """Return the kept orders and the like of a room, in the order they came."""
        found = self.connection.execute(select(FACTS.c.body).where(FACTS.c.room == number)
                                   .order_by(FACTS.c.rev)).scalars()
        return [fact for body in found for fact in body]
