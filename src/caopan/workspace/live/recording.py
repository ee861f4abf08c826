"""Recording (入账): a closed room becomes a session of the workspace, as one import.

It goes the way of every import: one batch, visible as a whole, to be undone as a whole. Rooms that
are synthetic, rehearsed, or fed by synthetic events never join real history.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pyarrow as pa

from caopan.facts.arrow import ARROW
from caopan.facts.schema import EXTRA_PREFIX, TABLES
from caopan.live.room import Status
from caopan.store.live_book import LiveBook
from caopan.store.store import Store
from caopan.units.message import CaopanError, Message, Text
from caopan.workspace.live.held import Held
from caopan.workspace.live.history import Closed, Row, columns_of, session_of, tables
from caopan.workspace.synthetic import SYNTHETIC

KIND = "recorded_room"
DERIVED = frozenset({"streamers"})
"""Rows that only fill in what nobody has imported."""
WAIT_SECONDS = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What a closed room has become; ``batch`` None: it stayed out, ``reason`` says why."""

    room: str
    session_id: str
    batch: int | None = None
    evidence: tuple[str, ...] = ()
    reason: str | None = None

    def document(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {"room": self.room, "session_id": self.session_id, "batch": self.batch,
                "evidence": list(self.evidence), "reason": self.reason}


def record(store: Store, held: Held, *, now: datetime) -> Recorded:
    """Make a closed room a session, once; what it became before is returned as it was.

    Raises:
        OpenRoomError: the room is not closed.
        CaopanError: another import is running, or the disk is full: to be done again.
    """
    if held.room.status is not Status.CLOSED:
        raise OpenRoomError(held.room.id)
    before = recorded(store, held.room.id)
    if before is not None:
        return before
    reason = _stays_out(store, held)
    made = Recorded(room=held.room.id, session_id=session_of(held.room), reason=reason,
                    evidence=tuple(held.tally.sources))
    if reason is None:
        made = replace(made, batch=_import(store, _closed(store, held), now=now))
    store.put_document(KIND, made.document(), inputs_hash=held.room.id, now=now)
    return made


def recorded(store: Store, room_id: str) -> Recorded | None:
    """Return what a room has become; None for one that is not recorded."""
    found = store.latest_document(KIND, inputs_hash=room_id)
    return None if found is None else _read(found.body)


def room_of_session(store: Store, session_id: str) -> str | None:
    """Return the room that a session was; None for one that was none."""
    found = [one.body["room"] for one in store.documents(KIND)
             if one.body["session_id"] == session_id and one.body["batch"] is not None]
    return str(found[-1]) if found else None


def _import(store: Store, closed: Closed, *, now: datetime) -> int:
    note = f"live room {closed.room.id}: {', '.join(closed.sources)}"
    with store.importing(now=now, note=note, wait_seconds=WAIT_SECONDS) as batch:
        for name, rows in tables(closed).items():
            batch.add(name, _table(name, rows), derived=name in DERIVED)
    return batch.result.id


def _closed(store: Store, held: Held) -> Closed:
    with store.ledger.reading() as connection:
        facts = LiveBook(connection).facts(held.number)
    planned = _row(store, "planned_sessions", held.room.session_id)
    with held.lock:
        return Closed(room=held.room, tally=held.tally, facts=facts, planned=planned)


def _stays_out(store: Store, held: Held) -> str | None:
    """Return why a room is no history of this workspace; None where it is."""
    room, tally = held.room, held.tally
    if room.rehearsal:
        return "rehearsal"
    if room.synthetic or store.setting(SYNTHETIC) or "synthetic" in tally.sources:
        return "synthetic"
    if not tally.minutes:
        return "empty"
    if _row(store, "sessions", session_of(room)) is not None:
        return "imported"
    return None


def _row(store: Store, table: str, session_id: str | None) -> dict[str, Any] | None:
    if session_id is None:
        return None
    stored = store.tables()[table]
    rows = store.fetch(stored.filter(stored["session_id"] == session_id)).to_pylist()
    return rows[0] if rows else None


def _table(name: str, rows: list[Row]) -> pa.Table:
    """Return rows as a canonical table."""
    schema = TABLES[name]
    kinds = {column.name: ARROW[column.kind] for column in schema.columns}
    names = [one for one in columns_of(rows) if one in kinds or one.startswith(EXTRA_PREFIX)]
    return pa.table({one: pa.array([row.get(one) for row in rows], kinds.get(one, pa.string()))
                     for one in names})


def _read(body: Mapping[str, Any]) -> Recorded:
    return Recorded(room=body["room"], session_id=body["session_id"], batch=body["batch"],
                    evidence=tuple(body["evidence"]), reason=body["reason"])


class OpenRoomError(CaopanError):
    """Raised where a room that is still on air would become history."""

    def __init__(self, room_id: str) -> None:
        """Name the room."""
        super().__init__(Message(
            key="room_open", values={"room": room_id},
            text=Text(zh="直播间 {room} 还没下播", en="the room {room} is not closed"),
            hint=Text(zh="下播后自动入账", en="it becomes a session when it is closed")))
