"""/rooms/{room}/do · A press on a room's screen becomes a command of its desk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import uuid4

from starlette.datastructures import FormData, QueryParams
from starlette.responses import Response

from caopan.access.action import Action
from caopan.live.command import Command, CommandRefusedError, Kind, needs
from caopan.units.clock import BUSINESS_ZONE
from caopan.web.console.room_stage import Stage, stage
from caopan.web.console.room_view import VIEWS
from caopan.web.screen import Screen
from caopan.web.visit import Visit

TEXTS = ("item_id", "with_id", "to", "text", "message_id", "step", "card", "command_id")
WHOLES = ("seconds", "number")
OWN = frozenset({"token", "rev", "view", "who", "id", "kind", "minutes"})
PATIENCE = 10.0
"""Seconds a press waits until it is kept."""
HALF_DAY = timedelta(hours=12)


def do(visit: Visit) -> Response:
    """Do what was pressed; the screen it was pressed on is shown again.

    Raises:
        CaopanError: it cannot be done, or no longer applies.
    """
    room = visit.path("room")
    desk = visit.house.desk
    found = stage(desk, room, now=visit.now, language=visit.language)
    desk.command(room, command_of(visit.form, stage=found, now=visit.now)).result(PATIENCE)
    view = VIEWS.get(str(visit.form.get("view", "")), VIEWS[""])
    return visit.go(view.path(room))


def asked_of(form: Mapping[str, object]) -> dict[str, str]:
    """Return the fields of a change as the form that confirms it repeats them."""
    return {name: value for name, value in form.items()
            if isinstance(value, str) and value and name not in {"token", "rev", "view", "id"}}


def command_of(form: FormData | QueryParams, *, stage: Stage, now: datetime) -> Command:
    """Return the command a form asks for.

    Raises:
        CommandRefusedError: it has no kind, or a field holds something else than it should.
    """
    said = {name: value.strip() for name, value in form.items()
            if isinstance(value, str) and value.strip()}
    kind = said.get("kind", "")
    if kind not in set(Kind):
        raise CommandRefusedError(needs("kind", kind, f"one of {', '.join(Kind)}",
                                        f"{'、'.join(Kind)} 之一"))
    body: dict[str, object] = {name: said[name] for name in TEXTS if name in said}
    body |= {name: _whole(said[name], name) for name in WHOLES if name in said}
    if "minutes" in said:
        body["seconds"] = round(_minutes(said["minutes"]) * 60)
    if "off" in said:
        body["off"] = True
    if kind == Kind.ANCHOR:
        body["to"] = _anchor(said.get("to"), stage)
    rev = _whole(said["rev"], "rev") if "rev" in said else None
    return Command(id=said.get("id", uuid4().hex)[:64], kind=Kind(kind), at=now, rev=rev,
                   who=said.get("who", "owner")[:64], body=body)


def anchored(said: str, *, near: datetime) -> datetime | None:
    """Return the instant of a time of day that lies nearest to another; None if it is none.

    >>> from datetime import UTC
    >>> anchored("00:30", near=datetime(2026, 1, 1, 15, 0, tzinfo=UTC)).isoformat()
    '2026-01-02T00:30:00+08:00'
    >>> anchored("soon", near=datetime(2026, 1, 1, tzinfo=UTC)) is None
    True
    """
    try:
        time = datetime.strptime(said, "%H:%M").time()  # noqa: DTZ007 - a time of day has no zone
    except ValueError:
        return None
    local = near.astimezone(BUSINESS_ZONE)
    at = datetime.combine(local.date(), time, tzinfo=BUSINESS_ZONE)
    if at - local > HALF_DAY:
        return at - timedelta(days=1)
    return at + timedelta(days=1) if local - at > HALF_DAY else at


def _anchor(said: str | None, stage: Stage) -> str | None:
    if said is None:
        return None
    at = anchored(said, near=max(stage.now, stage.room.planned_start))
    return said if at is None else at.isoformat()


def _whole(said: str, name: str) -> int:
    try:
        return int(said)
    except ValueError:
        raise CommandRefusedError(needs(name, said, "a whole number", "整数")) from None


def _minutes(said: str) -> float:
    try:
        return float(said)
    except ValueError:
        raise CommandRefusedError(needs("minutes", said, "a number of minutes",
                                        "分钟数")) from None


SCREENS = (Screen(path="/rooms/{room}/do", action=Action.RUN, show=do, methods=("POST",)),)
