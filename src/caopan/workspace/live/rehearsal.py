"""A rehearsal (演练): a session replayed into a real room of the desk, and scored.

Everything goes the way a real show goes: events are kept before they are answered, commands are
logged, alerts come from the same cards. Only the room's clock is the replay's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from caopan.live.clock import RoomClock, standing
from caopan.live.command import Command, Kind
from caopan.live.event import Batch
from caopan.live.replay import TICK_SECONDS, Replay, Script
from caopan.live.room import Room, Status
from caopan.units.message import CaopanError, Message, Text
from caopan.workspace.live.held import Held
from caopan.workspace.live.scoring import Raised, score

if TYPE_CHECKING:
    from caopan.workspace.live.desk import Desk

SLOWEST, FASTEST = 1, 60
WHO = "rehearsal"
PATIENCE, KNOWN_SECONDS = 30.0, 8.0
TICK = timedelta(seconds=TICK_SECONDS)


@dataclass(slots=True, kw_only=True)
class Rehearsal:
    """One rehearsal. ``clock`` reads the wall's; ``state``: running, done, stopped or failed."""

    desk: Desk
    script: Script
    speed: float
    clock: Callable[[], datetime]
    held: Held
    replay: Replay
    tick: int = 0
    state: str = "running"
    raised: dict[str, Raised] = field(default_factory=dict)
    _stop: Event = field(default_factory=Event, repr=False)
    _thread: Thread | None = field(default=None, repr=False)

    @classmethod
    def begin(cls, desk: Desk, script: Script, *, speed: float,
              clock: Callable[[], datetime]) -> Rehearsal:
        """Make the room and go on air.

        Raises:
            BadSpeedError: no rehearsal runs so fast or so slow.
        """
        if not SLOWEST <= speed <= FASTEST:
            raise BadSpeedError(speed)
        start = clock()
        held = desk.make(
            title=script.title, streamer_id=script.streamer_id, planned_start=start, now=start,
            run_sheet=script.run_sheet, synthetic=True,
            rehearsal={"speed": speed, "session_id": script.session_id,
                       "incidents": [one.document() for one in script.incidents]})
        held.clock = standing(start, speed=speed)
        made = cls(desk=desk, script=script, speed=speed, clock=clock, held=held,
                   replay=Replay(script=script, start=start))
        made.command(Kind.START)
        return made

    @property
    def room(self) -> Room:
        """Return the room as it is."""
        return self.held.room

    def command(self, kind: Kind) -> None:
        """Do a command as the rehearsal itself, and wait until it is kept."""
        asked = Command(id=f"{WHO}-{kind.value}-{self.tick}", kind=kind, at=self.clock(), who=WHO)
        self.desk.command(self.room.id, asked).result(PATIENCE)

    def step(self) -> bool:
        """Replay one tick; return whether there is more.

        The clock stands at the tick's beginning until its events are kept, then may run to its end.
        """
        if self.tick >= self.script.ticks or self.room.status is Status.CLOSED:
            return False
        at = self.replay.start + self.tick * TICK
        self.held.clock = standing(at, speed=self.speed)
        on_air = self.room.on_air
        if on_air is not None and on_air.left(at) <= 0 and self.room.rest:
            self.command(Kind.NEXT)
            on_air = self.room.on_air
        events = self.replay.events(self.tick, on_air=on_air.item if on_air else None)
        self.desk.take(self.room.id, Batch(events=events)).result(PATIENCE)
        wall = self.clock()
        self.held.clock = RoomClock(wall=wall, room=at, speed=self.speed, until=at + TICK)
        self._look(wall)
        self.tick += 1
        return True

    def _look(self, wall: datetime) -> None:
        """Remember which alerts stand, and which are gone."""
        now = self.held.now(wall)
        standing_ = {one.id: one for one in self.desk.look(
            self.room.id, now=wall).watch.alerts}
        for id_, alert in standing_.items():
            self.raised.setdefault(id_, Raised(alert=alert, seen_at=now))
        for id_, one in self.raised.items():
            if id_ not in standing_ and one.gone_at is None:
                self.raised[id_] = replace(one, gone_at=now)

    def run(self) -> None:
        """Replay every tick at its time, then close the room and keep the score.

        What is known of the room is read first where that is quick: alarms rest on it.
        """
        try:
            self.desk.read_known(self.room.id, seconds=KNOWN_SECONDS)
            while not self._stop.is_set():
                begun = self.clock()
                if not self.step():
                    break
                passed = (self.clock() - begun).total_seconds()
                self._stop.wait(max(TICK_SECONDS / self.speed - passed, 0.0))
            self.end("stopped" if self._stop.is_set() else "done")
        except BaseException:
            self.state = "failed"
            raise

    def begin_running(self) -> None:
        """Run in a thread."""
        self._thread = Thread(target=self.run, name=f"rehearsal-{self.room.id}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End it before its time, at the end of its tick."""
        self._stop.set()

    def wait(self) -> None:
        """Return once its thread has ended; at once where it has none."""
        if self._thread is not None:
            self._thread.join(PATIENCE)

    def end(self, state: str) -> None:
        """Close the room where it is open, and keep the score."""
        if self.room.status is not Status.CLOSED:
            self.command(Kind.CLOSE)
        self.held.clock = standing(self.held.now(self.clock()), speed=self.speed)
        self.state = state
        self.desk.keep_rehearsal(self.room.id, {"state": state, "score": self.score()})

    def score(self) -> dict[str, Any]:
        """Return how it went so far."""
        return score(self.room, list(self.raised.values()), self.script.incidents)

    def document(self) -> dict[str, Any]:
        """Return how it stands as JSON carries it."""
        return {"room": self.room.id, "session_id": self.script.session_id, "speed": self.speed,
                "state": self.state, "minute": self.tick * TICK_SECONDS // 60,
                "minutes": len(self.script.minutes), "score": self.score(),
                "incidents": [one.document() for one in self.script.incidents]}


class BadSpeedError(CaopanError):
    """Raised for a speed that no rehearsal has."""

    usage = True

    def __init__(self, speed: float) -> None:
        """Say which there are."""
        super().__init__(Message(
            key="bad_speed", values={"speed": speed, "least": SLOWEST, "most": FASTEST},
            text=Text(zh="演练速度 ×{speed} 不行", en="a rehearsal cannot run at ×{speed}"),
            hint=Text(zh="×{least} 到 ×{most}", en="from ×{least} to ×{most}")))
