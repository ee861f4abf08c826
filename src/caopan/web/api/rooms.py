"""``/rooms``: live rooms: made, run by commands, fed by events, read and listened to."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any
from uuid import uuid4

from fastapi import Header, Request
from pydantic import AwareDatetime, BaseModel
from starlette.responses import StreamingResponse

from caopan.access.action import Action
from caopan.live.command import Command, CommandRefusedError, Kind, needs
from caopan.units.clock import now
from caopan.web.api.answers import rooms as answers
from caopan.web.api.call import Called
from caopan.web.api.endpoint import Endpoint
from caopan.web.live.room_events import taken_of
from caopan.web.live.room_stream import streamed
from caopan.workspace.live import document

LIFECYCLE = ("start", "pause", "resume", "close")


class NewRoom(BaseModel):
    """A room to make; ``run_sheet`` as in the contract."""

    title: str
    streamer_id: str
    planned_start: AwareDatetime
    session_id: str | None = None
    run_sheet: dict[str, Any] | None = None


def rooms(call: Called) -> dict[str, object]:
    """Return every room, the newest first."""
    return {"rooms": [{
        "room": one.room.id, "title": one.room.title, "streamer_id": one.room.streamer_id,
        "session_id": one.room.session_id, "status": one.room.status.value,
        "synthetic": one.room.synthetic, "planned_start": one.room.planned_start,
        "started_at": one.room.started_at, "closed_at": one.room.closed_at, "rev": one.rev}
        for one in call.house.desk.rooms()]}


def make(call: Called, asked: NewRoom) -> dict[str, object]:
    """Make a room for one session."""
    made = call.house.desk.make(
        title=asked.title, streamer_id=asked.streamer_id, planned_start=asked.planned_start,
        session_id=asked.session_id, run_sheet=asked.run_sheet, now=now())
    return {"room": made.room.id}


def snapshot(call: Called, room: str) -> dict[str, object]:
    """Return a room as it stands."""
    return call.house.desk.snapshot(room, now=now(), language=call.language)


def sheet(call: Called, room: str) -> dict[str, object]:
    """Return the run sheet as it is now, with when each item was or will be on air."""
    return document.sheet_document(call.house.desk.room(room).room,
                                   now=call.house.desk.now(room, now()))


def plan(call: Called, room: str, run_sheet: dict[str, Any]) -> dict[str, object]:
    """Give a room that is not yet on air another run sheet."""
    return document.sheet_document(call.house.desk.plan(room, run_sheet), now=now())


def minutes(call: Called, room: str, request: Request) -> dict[str, object]:
    """Return the sums by minute; ``from`` and ``to`` are minutes of the session, both in."""
    first, last = (_whole(request.query_params.get(name), name) for name in ("from", "to"))
    return document.minutes_document(call.house.desk.room(room), first=first, last=last)


def log(call: Called, room: str) -> dict[str, object]:
    """Return the decision log: who did what, when, and on what it rested; alerts beside it."""
    desk = call.house.desk
    return {"log": document.log_document(desk.room(room)), "alerts": desk.alert_log(room)}


async def command(call: Called, room: str, asked: dict[str, Any]) -> dict[str, object]:
    """Do a command, or say what it would change (``preview`` with the command in ``command``)."""
    if asked.get("kind") == "preview":
        body = asked.get("command")
        inner = _command(body if isinstance(body, dict) else {}, needs_id=False)
        found = call.house.desk.preview(room, inner)
        held = call.house.desk.room(room)
        return {"rev": held.rev,
                "preview": document.preview_document(found, currency=held.room.sheet.currency)}
    done = call.house.desk.command(room, _command(asked))
    rev = await asyncio.wrap_future(done)
    return {"rev": rev}


def _lifecycle(kind: str) -> Any:  # noqa: ANN401 - an endpoint's function
    async def act(call: Called, room: str,
                  idempotency_key: Annotated[str | None, Header()] = None) -> dict[str, object]:
        asked = Command(id=(idempotency_key or uuid4().hex)[:64], kind=Kind(kind), at=now(),
                        who="owner")
        rev = await asyncio.wrap_future(call.house.desk.command(room, asked))
        return {"rev": rev}

    act.__name__ = kind
    act.__doc__ = {"start": "Go on air.", "pause": "Pause the room.",
                   "resume": "Go on after a pause.", "close": "Close the room."}[kind]
    return act


async def take(call: Called, room: str, request: Request) -> dict[str, object]:
    """Take a batch of events: a JSON array, or NDJSON; gzip where the header says so.

    The answer comes when the batch is durable and summed. An id that was taken before is a
    duplicate, whatever the rest of its batch is; a bad event is refused alone.
    """
    taken = await taken_of(call.house.desk, room, await request.body(), headers=request.headers)
    return taken.document(call.language)


def stream(call: Called, room: str, request: Request) -> StreamingResponse:
    """Listen to a room: a snapshot, then patches, as server-sent events."""
    call.house.desk.room(room)
    seen = _whole(request.headers.get("last-event-id"), "Last-Event-ID")
    return StreamingResponse(streamed(call.house, room, call.language, seen=seen),
                             media_type="text/event-stream",
                             headers={"cache-control": "no-store", "x-accel-buffering": "no"})


def _command(asked: dict[str, Any], *, needs_id: bool = True) -> Command:
    body = dict(asked)
    command_id, kind, rev = body.pop("id", None), body.pop("kind", None), body.pop("rev", None)
    if needs_id and not (isinstance(command_id, str) and 0 < len(command_id) <= 64):  # noqa: PLR2004 - as an event's id
        raise CommandRefusedError(needs("id", command_id, "a text of 1 to 64 letters",
                                        "1 到 64 个字的文字"))
    if kind not in set(Kind) or kind in LIFECYCLE:
        allowed = [one.value for one in Kind if one.value not in LIFECYCLE]
        raise CommandRefusedError(needs("kind", kind, f"one of {', '.join(allowed)}, preview",
                                        f"{'、'.join(allowed)}、preview 之一"))
    if rev is not None and (isinstance(rev, bool) or not isinstance(rev, int)):
        raise CommandRefusedError(needs("rev", rev, "a whole number", "整数"))
    who = body.pop("who", None)
    return Command(id=command_id or "preview", kind=Kind(kind), at=now(), rev=rev, body=body,
                   who=who[:64] if isinstance(who, str) and who else "owner")


def _whole(value: str | None, name: str) -> int | None:
    if value is None or not value.strip():
        return None
    try:
        return int(value)
    except ValueError:
        raise CommandRefusedError(needs(name, value, "a whole number", "整数")) from None


ENDPOINTS = (
    Endpoint(method="GET", path="/rooms", action=Action.READ, call=rooms,
             answer=answers.RoomList),
    Endpoint(method="POST", path="/rooms", action=Action.RUN, call=make, status=201,
             answer=answers.RoomMade),
    Endpoint(method="GET", path="/rooms/{room}", action=Action.READ, call=snapshot,
             answer=answers.Snapshot),
    *(Endpoint(method="POST", path=f"/rooms/{{room}}/{kind}", action=Action.RUN,
               call=_lifecycle(kind), answer=answers.Done) for kind in LIFECYCLE),
    Endpoint(method="GET", path="/rooms/{room}/run_sheet", action=Action.READ, call=sheet,
             answer=answers.Sheet),
    Endpoint(method="PUT", path="/rooms/{room}/run_sheet", action=Action.RUN, call=plan,
             answer=answers.Sheet),
    Endpoint(method="POST", path="/rooms/{room}/commands", action=Action.RUN, call=command,
             answer=answers.Done),
    Endpoint(method="POST", path="/rooms/{room}/events", action=Action.RUN, call=take,
             answer=answers.Taken),
    Endpoint(method="GET", path="/rooms/{room}/minutes", action=Action.READ, call=minutes,
             answer=answers.Minutes),
    Endpoint(method="GET", path="/rooms/{room}/log", action=Action.READ, call=log,
             answer=answers.Log),
    Endpoint(method="GET", path="/rooms/{room}/stream", action=Action.READ, call=stream,
             media=("text/event-stream",)),
)
