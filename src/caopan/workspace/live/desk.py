"""The desk (控台) of a workspace's live rooms: every room in memory, one writer, who listens."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import Lock
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

from caopan.live.command import Command
from caopan.live.event import Batch
from caopan.live.preview import Preview, preview
from caopan.live.room import Room, Status
from caopan.plan.run_sheet_document import read as read_sheet
from caopan.plan.run_sheet_document import written
from caopan.playbook.cards import Cards, cards
from caopan.store.live_book import LiveBook
from caopan.store.live_writer import LiveBusyError, Writer
from caopan.store.lock import holding_live
from caopan.store.store import Store
from caopan.units.clock import now
from caopan.units.message import CaopanError, Language, Message, Text
from caopan.workspace.live.accepted import Accepted
from caopan.workspace.live.alert_log import AlertLog
from caopan.workspace.live.attendant import Attendant
from caopan.workspace.live.commanding import Commanding, after
from caopan.workspace.live.document import snapshot
from caopan.workspace.live.held import Held, held, room_of
from caopan.workspace.live.known import Knowing, Known
from caopan.workspace.live.taking import RoomClosedError, Taking
from caopan.workspace.synthetic import SYNTHETIC

if TYPE_CHECKING:
    from caopan.workspace.live.rehearsal import Rehearsal
    from caopan.workspace.live.watching import Looked, Watching

PLAYBOOK = "playbook"
"""The folder of a workspace that holds its own pages of the handbook."""
KEEP_WORDS = "live_words"
"""The setting that keeps the words of comments; without it none is stored."""


def _nobody(room_id: str) -> None:
    del room_id


@dataclass(slots=True)
class Desk:
    """Every live room of a workspace; one process at a time has it.

    ``told`` hears which room has changed, from any thread; ``ending`` is stopped before the rooms.
    """

    store: Store
    told: Callable[[str], None] = _nobody
    _rooms: dict[str, Held] = field(default_factory=dict)
    _writer: Writer | None = None
    _stack: ExitStack = field(default_factory=ExitStack)
    _opening: Lock = field(default_factory=Lock)
    _salt: bytes = b""
    _words: bool = False
    _watching: dict[str, Watching] = field(default_factory=dict)
    _knowing: Knowing | None = None
    _alert_logs: dict[str, AlertLog] = field(default_factory=dict)
    _attendant: Attendant | None = None
    rehearsals: dict[str, Rehearsal] = field(default_factory=dict)
    ending: list[Callable[[], None]] = field(default_factory=list)

    def open(self) -> Writer:
        """Read the rooms and begin to write, the first time; return the writer.

        Raises:
            LiveElsewhereError: another process has the rooms of this workspace.
        """
        with self._opening:
            if self._writer is None:
                with ExitStack() as stack:
                    stack.enter_context(holding_live(self.store.folder))
                    self._rooms = self._read()
                    self._salt = self.store.salt()
                    self._words = bool(self.store.setting(KEEP_WORDS))
                    self._writer = Writer(self.store.ledger)
                    self._stack = stack.pop_all()
                self._attendant = Attendant(rooms=lambda: list(self._rooms.values()),
                                            look=self._attend, record=self._record, clock=now)
                self._attendant.begin()
            return self._writer

    def close(self) -> None:
        """End rehearsals, write what waits and let the rooms go."""
        for one in list(self.rehearsals.values()):
            one.stop()
            one.wait()
        for stop in self.ending:
            stop()
        self.stop_attending()
        with self._opening:
            if self._writer is not None:
                self._writer.close()
                self._writer = None
            if self._knowing is not None:
                self._knowing.close()
                self._knowing = None
            self._watching.clear()
            self._alert_logs.clear()
            self._stack.close()

    def rooms(self) -> list[Held]:
        """Return every room, the newest first."""
        self.open()
        return list(reversed(self._rooms.values()))

    def room(self, room_id: str) -> Held:
        """Return one room.

        Raises:
            NoSuchRoomError: there is none of that id.
        """
        self.open()
        found = self._rooms.get(room_id)
        if found is None:
            raise NoSuchRoomError(room_id)
        return found

    def snapshot(self, room_id: str, *, now: datetime, language: Language) -> dict[str, Any]:
        """Return a room as it stands, as JSON carries it.

        Raises:
            NoSuchRoomError: there is none of that id.
        """
        room = self.room(room_id)
        looked, known_ = self.look(room_id, now=now), self.known(room_id)
        return snapshot(room, now=room.now(now), language=language, alerts=looked.watch.alerts,
                        stock=looked.stock, forecast=looked.forecast, basis=looked.basis
                        ) | {"known": known_.document()}

    def look(self, room_id: str, *, now: datetime) -> Looked:
        """Return a room's alerts, stock and forecast, by the cards in force.

        Raises:
            NoSuchRoomError: there is none of that id.
        """
        # as below: a room is looked at with numbers
        from caopan.workspace.live.watching import Watching  # noqa: PLC0415 - see the line above

        room = self.room(room_id)
        watching = self._watching.get(room_id)
        if watching is None:
            watching = self._watching[room_id] = Watching(cards=self.cards().active)
        known_, at = self.known(room_id), room.now(now)
        found = watching.look(room, known_, now=at)
        with suppress(LiveBusyError):  # then it is noted at the next look
            self._alert_log(room).note(found.watch.alerts, room, known_, now=at,
                                       keep=self.open().put)
        return found

    def alert_log(self, room_id: str) -> list[dict[str, Any]]:
        """Return every alert of a room that came up or went, the newest first.

        Raises:
            NoSuchRoomError: there is none of that id.
        """
        with self.store.ledger.reading() as connection:
            pages = LiveBook(connection).alerts(self.room(room_id).number)
        return [entry for page in reversed(pages) for entry in page]

    def stop_attending(self) -> None:
        """Look at no room any more unless somebody asks, and record none."""
        if self._attendant is not None:
            self._attendant.close()
            self._attendant = None

    def attend(self, now: datetime) -> None:
        """Do at once what the attendant does every few seconds."""
        self.open()
        if self._attendant is not None:
            self._attendant.turn(now)

    def cards(self) -> Cards:
        """Return the contingency cards in force; a room keeps those it was first looked at with."""
        return cards(self.store.folder.root / PLAYBOOK)

    def known(self, room_id: str) -> Known:
        """Return what is known of a room before it, as far as it has been read.

        Nothing is read of a room that is not on air: it may still be planned otherwise.
        """
        room = self.room(room_id).room
        if room.status not in {Status.LIVE, Status.PAUSED}:
            return Known(status="not_on_air")
        if self._knowing is None:
            self._knowing = Knowing(self._read_known)
        return self._knowing.of(room)

    def read_known(self, room_id: str, *, seconds: float) -> Known:
        """Return what is known of a room on air once it is read, or after so many seconds.

        Raises:
            NoSuchRoomError: there is no such room.
        """
        self.known(room_id)
        room = self.room(room_id).room
        if self._knowing is None:
            return Known(status="not_on_air")
        return self._knowing.wait(room, seconds=seconds)

    def _read_known(self, room: Room) -> Known:
        # the numbers are loaded by the thread that needs them, not by the first page
        from caopan.workspace.live.knowing import known  # noqa: PLC0415 - see the line above

        return known(self.store, room)

    def now(self, room_id: str, wall: datetime) -> datetime:
        """Return a room's time at a time of the wall's; they differ in a rehearsal.

        Raises:
            NoSuchRoomError: there is none of that id.
        """
        return self.room(room_id).now(wall)

    def make(self, *, title: str, streamer_id: str, planned_start: datetime, now: datetime,
             session_id: str | None = None, run_sheet: object = None,
             synthetic: bool | None = None,
             rehearsal: dict[str, Any] | None = None) -> Held:
        """Make a room; ``rehearsal`` says of one what is replayed and how fast.

        Raises:
            BadRunSheetError: the run sheet has faults.
            BadRoomError: it has no title or host, or its start has no time zone.
        """
        if not title.strip() or not streamer_id.strip() or planned_start.tzinfo is None:
            raise BadRoomError
        sheet = read_sheet(run_sheet if run_sheet is not None else {"items": []})
        body: dict[str, Any] = {
            "title": title.strip()[:200], "streamer_id": streamer_id.strip()[:200],
            "planned_start": planned_start.astimezone(UTC).isoformat(), "session_id": session_id,
            "run_sheet": written(sheet),
            "synthetic": bool(self.store.setting(SYNTHETIC)) if synthetic is None else synthetic}
        if rehearsal is not None:
            body["rehearsal"] = rehearsal
        room_id = uuid4().hex[:12]
        self.open()
        with self.store.ledger.writing() as connection:
            number = LiveBook(connection).make_room(room_id=room_id, body=body, now=now)
        room = room_of(room_id, body)
        made = self._rooms[room_id] = Held(number=number, made_at=now, rev=0, first=room,
                                           room=room, body=body)
        return made

    def take(self, room_id: str, batch: Batch) -> Future[Accepted]:
        """Take a batch of events; the answer comes when it is durable and summed.

        Raises:
            NoSuchRoomError: there is no such room.
            RoomClosedError: it is closed.
            LiveBusyError: more comes than can be written.
        """
        room = self.room(room_id)
        if room.room.status is Status.CLOSED:
            raise RoomClosedError(room_id)
        work = Taking(room, batch, salt=self._salt, words=self._words,
                      reload=lambda: self._reload(room_id), told=lambda: self.told(room_id)).work()
        return cast("Future[Accepted]", self.open().put(work))

    def command(self, room_id: str, command: Command) -> Future[int]:
        """Do a command given at a time of the wall's; the answer is the revision after it.

        Raises:
            NoSuchRoomError: there is no such room.
            LiveBusyError: more comes than can be written.
        """
        room = self.room(room_id)
        command = replace(command, at=room.now(command.at))
        work = Commanding(room, command, reload=lambda: self._reload(room_id),
                          told=lambda: self._closed(room_id)).work()
        return cast("Future[int]", self.open().put(work))

    def preview(self, room_id: str, command: Command) -> Preview:
        """Return what a command would change; nothing is changed.

        Raises:
            CaopanError: it could not be done.
        """
        room = self.room(room_id)
        command = replace(command, at=room.now(command.at))
        _, changed = after(room, command)
        return preview(room.room, changed, now=command.at)

    def plan(self, room_id: str, run_sheet: object) -> Room:
        """Give a room that is not yet on air another run sheet.

        Raises:
            BadRunSheetError: it has faults.
            RoomStartedError: the room is on air: change it by commands.
        """
        found = self.room(room_id)
        sheet = read_sheet(run_sheet)
        if found.room.status is not Status.PLANNED:
            raise RoomStartedError(room_id)
        body = {**found.body, "run_sheet": written(sheet)}
        with self.store.ledger.writing() as connection:
            LiveBook(connection).change_room(found.number, rev=found.rev + 1, body=body)
        room = room_of(room_id, body)
        found.body, found.rev, found.first, found.room = body, found.rev + 1, room, room
        self.told(room_id)
        return room

    def keep_rehearsal(self, room_id: str, more: dict[str, Any]) -> None:
        """Keep how a rehearsal ended with its room.

        Raises:
            NoSuchRoomError: there is no such room.
        """
        found = self.room(room_id)
        body = {**found.body, "rehearsal": {**found.body.get("rehearsal", {}), **more}}
        with self.store.ledger.writing() as connection:
            LiveBook(connection).change_room(found.number, rev=found.rev + 1, body=body)
        found.body, found.rev = body, found.rev + 1
        self.told(room_id)

    def _read(self) -> dict[str, Held]:
        with self.store.ledger.reading() as connection:
            book = LiveBook(connection)
            return {kept.id: held(kept, commands=book.commands(kept.number),
                                  minutes=book.minutes(kept.number)) for kept in book.rooms()}

    def _alert_log(self, room: Held) -> AlertLog:
        found = self._alert_logs.get(room.room.id)
        if found is None:
            with self.store.ledger.reading() as connection:
                kept = AlertLog.of(LiveBook(connection).alerts(room.number))
            found = self._alert_logs.setdefault(room.room.id, kept)
        return found

    def _attend(self, room: Held, now: datetime) -> None:
        self.look(room.room.id, now=now)

    def _record(self, room: Held, now: datetime) -> None:
        # Arrow is loaded by the thread that makes files, and not by the first page
        from caopan.workspace.live.recording import record  # noqa: PLC0415 - see the line above

        record(self.store, room, now=now)

    def _closed(self, room_id: str) -> None:
        """Tell who listens that a command was done; a room that closed is recorded at once."""
        self.told(room_id)
        if self._attendant is not None and self._rooms[room_id].room.status is Status.CLOSED:
            self._attendant.wake()

    def _reload(self, room_id: str) -> None:
        """Read one room anew from what is kept."""
        with self.store.ledger.reading() as connection:
            book = LiveBook(connection)
            kept = next(one for one in book.rooms() if one.id == room_id)
            fresh = held(kept, commands=book.commands(kept.number),
                         minutes=book.minutes(kept.number))
        room = self._rooms[room_id]
        with room.lock:
            room.rev, room.room, room.log, room.tally = (
                fresh.rev, fresh.room, fresh.log, fresh.tally)


class NoSuchRoomError(CaopanError):
    """Raised for a room that is not there."""

    def __init__(self, room_id: str) -> None:
        """Name the room."""
        super().__init__(Message(
            key="no_such_room", values={"room": room_id},
            text=Text(zh="没有直播间 {room}", en="there is no room {room}"),
            hint=Text(zh="在“直播间”列表里找", en="look in the list of rooms")))


class BadRoomError(CaopanError):
    """Raised for a room that lacks what every room needs."""

    def __init__(self) -> None:
        """Say what it needs."""
        super().__init__(Message(
            key="bad_room",
            text=Text(zh="直播间要有标题、主播和带时区的计划开播时间",
                      en="a room needs a title, a host, and a planned start with its offset"),
            hint=Text(zh="例如 2026-11-28T20:00:00+08:00", en="such as 2026-11-28T20:00:00+08:00")))


class RoomStartedError(CaopanError):
    """Raised for a new run sheet of a room that is on air."""

    def __init__(self, room_id: str) -> None:
        """Name the room."""
        super().__init__(Message(
            key="room_started", values={"room": room_id},
            text=Text(zh="直播间 {room} 已开播，不能整张换节目单",
                      en="the room {room} is on air: its sheet cannot be replaced as a whole"),
            hint=Text(zh="用加时、缩短、换品、返场来改",
                      en="extend, cut, swap or bring back items")))
