"""/rooms · The live rooms of the workspace, and a new one from a planned session or by hand."""

from __future__ import annotations

from datetime import datetime

from starlette.responses import Response

from caopan.access.action import Action
from caopan.live.room import STATUS_WORDS, Status
from caopan.plan.run_sheet_document import written
from caopan.units.clock import BUSINESS_ZONE
from caopan.units.message import CaopanError, Message, Text
from caopan.web.console.room_stage import clock, milliseconds
from caopan.web.console.room_view import VIEWS
from caopan.web.console.sheet_address import address
from caopan.web.screen import Screen
from caopan.web.visit import Visit
from caopan.workspace.live.planned import planned

OFFERED = 30
"""So many planned sessions the page offers, the next first."""


def page(visit: Visit) -> Response:
    """Show every room, who is on air first, and what a new one is made from."""
    held = visit.house.desk.rooms()
    order = {Status.LIVE: 0, Status.PAUSED: 0, Status.PLANNED: 1, Status.CLOSED: 2}
    rooms = sorted(held, key=lambda one: order[one.room.status])
    taken = {one.room.session_id for one in rooms}
    offered = [one for one in planned(visit.house.desk, now=visit.now)
               if one.session_id not in taken]
    return visit.show("room/list.html", rooms=rooms, offered=offered[:OFFERED], clock=clock,
                      sheets=visit.workspace.last_run_sheets(),
                      statuses=STATUS_WORDS, ms=milliseconds, views=VIEWS,
                      soon=visit.now.astimezone(BUSINESS_ZONE).strftime("%Y-%m-%dT%H:%M"))


def make(visit: Visit) -> Response:
    """Make a room from a planned session, or from what was typed in, and go there.

    A planned session runs by its kept run sheet, else by its products as they are planned; one
    without a sheet may be lined up first.

    Raises:
        CaopanError: something it needs was not said.
    """
    desk, form = visit.house.desk, visit.form
    chosen = str(form.get("session_id", ""))
    if chosen:
        session = next((one for one in planned(desk, now=visit.now)
                        if one.session_id == chosen), None)
        if session is None:
            raise NoSuchPlanError(chosen)
        kept = visit.workspace.last_run_sheets().get(chosen)
        if form.get("then") == "sheet":
            return visit.go(address(chosen) + ("" if kept else "?propose"))
        made = desk.make(title=session.title, streamer_id=session.streamer_id,
                         planned_start=session.starts_at, session_id=chosen,
                         run_sheet=written(kept.sheet) if kept else session.run_sheet,
                         now=visit.now)
    else:
        made = desk.make(title=str(form.get("title", "")), now=visit.now,
                         streamer_id=str(form.get("streamer_id", "")),
                         planned_start=_start(str(form.get("planned_start", ""))))
    return visit.go(VIEWS[""].path(made.room.id))


def _start(said: str) -> datetime:
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        raise BadStartError(said) from None
    return at if at.tzinfo else at.replace(tzinfo=BUSINESS_ZONE)


SCREENS = (
    Screen(path="/rooms", action=Action.READ, show=page),
    Screen(path="/rooms", action=Action.RUN, show=make, methods=("POST",)),
)


class NoSuchPlanError(CaopanError):
    """Raised for a planned session that is no longer there."""

    def __init__(self, session_id: str) -> None:
        """Name it."""
        super().__init__(Message(
            key="unknown_plan", values={"session": session_id},
            text=Text(zh="排期里没有场次 {session}（可能已撤销或已过）",
                      en="no session {session} is planned (undone, or over)"),
            hint=Text(zh="刷新列表再选", en="reload the list and choose again")))


class BadStartError(CaopanError):
    """Raised for a planned start that is no time."""

    def __init__(self, said: str) -> None:
        """Say what was typed."""
        super().__init__(Message(
            key="bad_start", values={"value": said[:40]},
            text=Text(zh="计划开播“{value}”不是时间", en="the planned start “{value}” is no time"),
            hint=Text(zh="写成 2026-11-28T20:00，按北京时间",
                      en="write it as 2026-11-28T20:00, in China time")))
