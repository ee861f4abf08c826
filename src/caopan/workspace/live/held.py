"""A room as it is held in memory while the console runs: its state, its log, its sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import RLock
from typing import Any

from caopan.live.clock import RoomClock, standing
from caopan.live.command import Command, Kind
from caopan.live.doing import replayed
from caopan.live.room import Room
from caopan.live.tally import Gauge, Minute, Tally
from caopan.plan.run_sheet_document import read as read_sheet
from caopan.store.live_book import KeptCommand, KeptRoom


@dataclass(slots=True)
class Held:
    """One room. ``lock`` is held while its sums change and while they are read.

    ``first``: the room before any command. ``log``: every command with the revision after it.
    ``clock``: of a rehearsal; None: the wall's.
    """

    number: int
    made_at: datetime
    rev: int
    first: Room
    room: Room
    body: dict[str, Any]
    log: list[tuple[int, Command]] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    clock: RoomClock | None = None
    lock: RLock = field(default_factory=RLock, repr=False)

    def now(self, wall: datetime) -> datetime:
        """Return the room's time at a time of the wall's."""
        return wall if self.clock is None else self.clock.at(wall)

    def pace(self, wall: datetime) -> float:
        """Return how fast the room's time passes at a time of the wall's; 0: it stands still."""
        if self.clock is None:
            return 1.0
        return self.clock.speed if self.now(wall) < self.clock.until else 0.0

    @property
    def commands(self) -> list[Command]:
        """Return every command in its order."""
        return [command for _, command in self.log]

    def after(self, rev: int) -> list[Command]:
        """Return the commands that were taken after a revision."""
        return [command for at, command in self.log if at > rev]

    def known(self, command_id: str) -> int | None:
        """Return the revision after a command that was taken before; None for a new one."""
        return next((rev for rev, one in self.log if one.id == command_id), None)


def held(kept: KeptRoom, *, commands: Sequence[KeptCommand],
         minutes: Sequence[tuple[int, list[object]]]) -> Held:
    """Return a room from what was kept of it."""
    first = room_of(kept.id, kept.body)
    log = [(one.rev, command_of(one)) for one in commands]
    tally = Tally(minutes={at: Minute.unpacked(body) for at, body in minutes},
                  sources=counted(kept.heard), **gauges(kept.heard))
    return Held(number=kept.number, made_at=kept.made_at, rev=kept.rev, first=first,
                room=replayed(first, [command for _, command in log]), body=kept.body, log=log,
                tally=tally, clock=_stopped(first, tally, log))


def _stopped(room: Room, tally: Tally, log: Sequence[tuple[int, Command]]) -> RoomClock | None:
    """Return the clock of a rehearsal that was cut off: it stands where its events ended."""
    if not room.rehearsal:
        return None
    times = [datetime.fromtimestamp(one.at / 1000, UTC) for one in tally.heard.values()]
    return standing(max([room.planned_start, *times, *(one.at for _, one in log)]),
                    speed=room.speed)


def room_of(room_id: str, body: Mapping[str, Any]) -> Room:
    """Return a room as it was made, from its body."""
    sheet, rehearsal = read_sheet(body["run_sheet"]), body.get("rehearsal") or {}
    return Room(id=room_id, title=body["title"], streamer_id=body["streamer_id"],
                planned_start=datetime.fromisoformat(body["planned_start"]).astimezone(UTC),
                plan=sheet, sheet=sheet, session_id=body.get("session_id"),
                synthetic=bool(body.get("synthetic")), rehearsal=bool(rehearsal),
                replays=rehearsal.get("session_id"), speed=float(rehearsal.get("speed", 1.0)))


def command_of(kept: KeptCommand) -> Command:
    """Return a command from what was kept of it."""
    body: dict[str, Any] = dict(kept.body)
    return Command(id=kept.id, kind=Kind(body.pop("kind")), at=kept.at, who=body.pop("who", ""),
                   rev=body.pop("rev", None), body=body)


def gauges(heard: Mapping[str, Any]) -> dict[str, dict[str, Gauge]]:
    """Return the last values from what was kept of them."""
    return {name: {key: Gauge(*value) for key, value in heard.get(name, {}).items()}
            for name in ("stock", "price", "heard")}


def counted(heard: Mapping[str, Any]) -> dict[str, int]:
    """Return how many events came from whom, from what was kept of it."""
    return dict(heard.get("sources", {}))


def gauges_kept(tally: Tally) -> dict[str, dict[str, Any]]:
    """Return the last values, and how many events came from whom, as they are kept."""
    gauges_ = {name: {key: [one.value, one.at, one.source] for key, one in kept.items()}
               for name, kept in (("stock", tally.stock), ("price", tally.price),
                                  ("heard", tally.heard))}
    return gauges_ | {"sources": dict(tally.sources)}
