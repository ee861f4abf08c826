"""Rehearsals of a desk (排演): begun, told of, stopped; how one went stays with its room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from caopan.live.incident_script import injected
from caopan.units.message import CaopanError, Message, Text
from caopan.workspace.live.desk import Desk
from caopan.workspace.live.rehearsal import Rehearsal
from caopan.workspace.live.scripting import made_script, pick, script_of

SHOWN = ({"kind": "price_wrong", "minute": 4}, {"kind": "stream_lost", "minute": 9},
         {"kind": "sell_out", "minute": 14})
"""What goes wrong in the rehearsal that a new workspace begins with."""
SHOWN_SPEED, SHOWN_MINUTES = 10, 180


def begun(desk: Desk, *, clock: Callable[[], datetime], session_id: str | None = None,
          speed: float = 1.0, incidents: object = (), minutes: int | None = None) -> Rehearsal:
    """Return a rehearsal that has gone on air; who called it runs it.

    Args:
        desk: where its room is.
        clock: reads the wall's clock.
        session_id: a past session with minutes; None: a made one.
        speed: from 1 to 60.
        incidents: what goes wrong, as JSON says it.
        minutes: the first so many minutes alone; None: all.

    Raises:
        CaopanError: nothing to replay, no such speed, or an incident that cannot be read.
    """
    wrong = injected(incidents)
    script = (made_script(incidents=wrong, minutes=minutes) if session_id is None else
              script_of(desk.store, session_id, incidents=wrong, minutes=minutes))
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
