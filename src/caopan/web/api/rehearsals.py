"""``/rehearsals``: a session replayed into a live room with incidents, and how that went."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

from caopan.access.action import Action
from caopan.units.clock import now
from caopan.web.api.answers import rehearsals as answers
from caopan.web.api.call import Called
from caopan.web.api.endpoint import Endpoint
from caopan.workspace.live import rehearse


class NewRehearsal(BaseModel):
    """A rehearsal to begin; without a session a made one is replayed.

    ``run_sheet_of``: the session whose kept run sheet is rehearsed, planned or past.
    """

    model_config = ConfigDict(extra="forbid")

    session_id: str | None = None
    speed: float = 1.0
    incidents: list[dict[str, Any]] = []
    minutes: int | None = None
    run_sheet_of: str | None = None


def begin(call: Called, asked: NewRehearsal) -> dict[str, object]:
    """Go on air with a replay; its room is run and looked at like any other."""
    begun = rehearse.begun(
        call.house.desk, clock=now, session_id=asked.session_id, speed=asked.speed,
        incidents=asked.incidents, minutes=asked.minutes, show=None if asked.run_sheet_of is None
        else call.workspace.rehearsed_show(asked.run_sheet_of))
    begun.begin_running()
    return begun.document()


def show(call: Called, room: str) -> dict[str, object]:
    """Return how a rehearsal stands and its score so far."""
    return rehearse.told(call.house.desk, room)


def stop(call: Called, room: str) -> dict[str, object]:
    """Stop a rehearsal before its time."""
    return rehearse.stopped(call.house.desk, room)


ENDPOINTS = (
    Endpoint(method="POST", path="/rehearsals", action=Action.RUN, call=begin, status=201,
             answer=answers.Rehearsal),
    Endpoint(method="GET", path="/rehearsals/{room}", action=Action.READ, call=show,
             answer=answers.Rehearsal),
    Endpoint(method="POST", path="/rehearsals/{room}/stop", action=Action.RUN, call=stop,
             answer=answers.Rehearsal),
)
