"""/rooms/{room} · The screens of one live room, each with its parts as they stand now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from caopan.access.action import Action
from caopan.live.preview import Preview
from caopan.units.message import CaopanError, Message
from caopan.web.console.room_chart import pacing
from caopan.web.console.room_commands import asked_of, command_of
from caopan.web.console.room_parts import values
from caopan.web.console.room_stage import Stage, milliseconds, stage
from caopan.web.console.room_view import VIEWS, View
from caopan.web.screen import Screen
from caopan.web.visit import Visit

CHARTED = frozenset({"", "wall"})
"""The screens with a pacing chart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a change would do, or why it cannot be done; ``asked``: the fields of its form."""

    found: Preview | None
    refused: Message | None
    asked: Mapping[str, str]


def stage_of(visit: Visit) -> Stage:
    """Return the room of a visit as it stands.

    Raises:
        NoSuchRoomError: there is none of that id.
    """
    return stage(visit.house.desk, visit.path("room"), now=visit.now, language=visit.language)


def shown(visit: Visit, view: View, *, looked: Looked | None = None) -> Response:
    """Show a screen of a room."""
    found = stage_of(visit)
    figure = pacing(found, language=visit.language) if view.name in CHARTED else None
    known: dict[str, Any] = values(found, view, language=visit.language)
    return visit.show(view.template, figure=figure, drawn_at=milliseconds(found.now),
                      look=looked, **known)


def _screen(view: View) -> Callable[[Visit], Response]:
    def show(visit: Visit) -> Response:
        return shown(visit, view)

    show.__doc__ = f"Show {view.title.en} of a room."
    return show


def chart(visit: Visit) -> Response:
    """Show how the room does against its plan, as a part of its page."""
    found = stage_of(visit)
    return visit.show("room/pacing.html", figure=pacing(found, language=visit.language),
                      drawn_at=milliseconds(found.now))


def look(visit: Visit) -> Response:
    """Show what a change of the run sheet would do; nothing is changed."""
    found, refused, asked = None, None, dict(visit.query)
    try:
        asked = asked_of(visit.query)
        found = visit.house.desk.preview(
            visit.path("room"), command_of(visit.query, stage=stage_of(visit), now=visit.now))
    except CaopanError as refusal:
        refused = refusal.message
    told = Looked(found=found, refused=refused, asked=asked)
    view = VIEWS.get(str(visit.query.get("view", "")), VIEWS[""])
    if visit.is_fragment:
        known: dict[str, Any] = values(stage_of(visit), view, language=visit.language)
        return visit.show("room/look.html", look=told, **known)
    return shown(visit, VIEWS[""], looked=told)


SCREENS = (
    *(Screen(path=view.path("{room}"), action=Action.READ, show=_screen(view))
      for view in VIEWS.values()),
    Screen(path="/rooms/{room}/look", action=Action.READ, show=look),
    Screen(path="/rooms/{room}/pacing", action=Action.READ, show=chart),
)
