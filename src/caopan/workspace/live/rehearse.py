"""Rehearsals of a desk (排演): begun, told of, stopped; how one went stays with its room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil
from typing import Any

from caopan.live.incident_script import injected
from caopan.live.replay import Script
from caopan.plan.run_sheet import RunSheet
from caopan.plan.run_sheet_document import written
from caopan.units.message import CaopanError, Message, Text
from caopan.workspace.live.desk import Desk
from caopan.workspace.live.rehearsal import Rehearsal
from caopan.workspace.live.scripting import made_script, pick, script_of

SHOWN = ({"kind": "price_wrong", "minute": 4}, {"kind": "stream_lost", "minute": 9},
         {"kind": "sell_out", "minute": 14})
"""What goes wrong in the rehearsal that a new workspace begins with."""
SHOWN_SPEED, SHOWN_MINUTES = 10, 180
MOST_MINUTES = 480
"""A run sheet is rehearsed no longer than a working day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsedShow:
    """A run sheet to rehearse; its promised times are kept as far from the start as planned."""

    title: str
    streamer_id: str
    sheet: RunSheet
    starts_at: datetime | None

    def played(self, script: Script, *, start: datetime) -> Script:
        """Return the script with this sheet: what a minute counts goes to what is on air then."""
        by = None if self.starts_at is None else start - self.starts_at
        items = tuple(replace(one, anchor=None if by is None or one.anchor is None
                              else one.anchor + by) for one in self.sheet.items)
        sold = Counter[str]()
        for one in items:
            if one.product_id is not None and one.stock is not None:
                sold[one.product_id] += one.stock
        return replace(script, title=f"演练 · {self.title}", streamer_id=self.streamer_id,
                       currency=self.sheet.currency, stock=dict(sold),
                       run_sheet=written(replace(self.sheet, items=items)))


def begun(desk: Desk, *, clock: Callable[[], datetime], session_id: str | None = None,
          speed: float = 1.0, incidents: object = (), minutes: int | None = None,
          show: RehearsedShow | None = None) -> Rehearsal:
    """Return a rehearsal that has gone on air; who called it runs it.

    Args:
        desk: where its room is.
        clock: reads the wall's clock.
        session_id: a past session with minutes; None: a made one.
        speed: from 1 to 60.
        incidents: what goes wrong, as JSON says it.
        minutes: the first so many minutes alone; None: all.
        show: the run sheet that is rehearsed; None: one made of what is replayed.

    Raises:
        CaopanError: nothing to replay, no such speed, or an incident that cannot be read.
    """
    wrong = injected(incidents)
    if show is not None and minutes is None and session_id is None:
        minutes = min(ceil(show.sheet.seconds / 60), MOST_MINUTES) or None
    script = (made_script(incidents=wrong, minutes=minutes) if session_id is None else
              script_of(desk.store, session_id, incidents=wrong, minutes=minutes))
    if show is not None:
        script = show.played(script, start=clock())
    made = Rehearsal.begin(desk, script, speed=speed, clock=clock)
    desk.rehearsals[made.room.id] = made
    return made


def shown(desk: Desk, *, clock: Callable[[], datetime]) -> Rehearsal:
    """Return the rehearsal that shows what a live room is: a busy past session, else a made one."""
    return begun(desk, clock=clock, session_id=pick(desk.store), speed=SHOWN_SPEED,
                 incidents=SHOWN, minutes=SHOWN_MINUTES)


def told(desk: Desk, room_id: str) -> dict[str, Any]:
    """Return how a rehearsal stands as JSON carries it.

    One that was cut off by the end of its program is ``interrupted``, and has no score.

    Raises:
        NoSuchRoomError: there is no such room.
        NoRehearsalError: the room is none.
    """
    running = desk.rehearsals.get(room_id)
    if running is not None:
        return running.document()
    held = desk.room(room_id)
    kept: dict[str, Any] | None = held.body.get("rehearsal")
    if kept is None:
        raise NoRehearsalError(room_id)
    return {"room": room_id, "session_id": kept["session_id"], "speed": kept["speed"],
            "state": kept.get("state", "interrupted"), "minute": None, "minutes": None,
            "score": kept.get("score"), "incidents": kept["incidents"]}


def stopped(desk: Desk, room_id: str) -> dict[str, Any]:
    """Stop a rehearsal before its time; one that is over stays as it is.

    Raises:
        NoSuchRoomError: there is no such room.
        NoRehearsalError: the room is none.
    """
    running = desk.rehearsals.get(room_id)
    if running is not None:
        running.stop()
    return told(desk, room_id)


class NoRehearsalError(CaopanError):
    """Raised for a room that is no rehearsal."""

    def __init__(self, room_id: str) -> None:
        """Name the room."""
        super().__init__(Message(
            key="no_rehearsal", values={"room": room_id},
            text=Text(zh="直播间 {room} 不是演练", en="the room {room} is no rehearsal"),
            hint=Text(zh="演练用 POST /api/rehearsals 开始",
                      en="a rehearsal begins with POST /api/rehearsals")))
