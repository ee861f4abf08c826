"""主播/商家档案 · The profile of one host or merchant, its panels and its table of sessions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from caopan.access.action import Action
from caopan.access.policy import check
from caopan.metrics.catalogue import METRICS
from caopan.units.message import CaopanError, Message, Text
from caopan.web.console import subject_charts as charts
from caopan.web.console.columns import (
    COLUMNS,
    FIRST,
    PAGE,
    RATES,
    SPARE,
    Column,
    chosen,
    exported,
    ordered,
)
from caopan.web.console.subject_tables import tables
from caopan.web.console.subjects import address, grain_of, whole
from caopan.web.console.tables import taken
from caopan.web.csv_answer import csv_answer
from caopan.web.screen import Screen
from caopan.web.visit import Visit
from caopan.web.xlsx_answer import xlsx_answer
from caopan.workspace.grain import Grain
from caopan.workspace.room import Room
from caopan.workspace.session_rows import session_rows

WHOLE = ("csv", "xlsx")
"""The forms in which the whole table of sessions is taken away."""


def page(visit: Visit) -> Response:
    """Show a profile; with ``panel`` in a fragment's address that part of it alone.

    Asked for as a whole page, the panel named stands in it already: nothing needs a script.
    """
    room = _room(visit)
    asked = visit.query.get("panel", "")
    if asked and asked not in PANELS:
        raise UnknownPanelError(asked)
    if visit.query.get("file"):
        return _file(visit, room)
    shared: dict[str, Any] = {"room": room, "address": address,
                              "link": _link(visit, room)}
    if asked and visit.is_fragment:
        return visit.show(f"subjects/{asked}.html", **shared, **PANELS[asked](visit, room))
    profile = visit.workspace.rooms.profile(room)
    opened = {asked: PANELS[asked](visit, room)} if asked else {}
    return visit.show(
        "subjects/profile.html", **shared, **_sessions(visit, room), profile=profile,
        opened=opened, sparks=[charts.sparkline(one, profile) for one in profile.figures],
        calendar=charts.calendar(room))


def _room(visit: Visit) -> Room:
    return visit.workspace.rooms.room(grain_of(visit.path("grain")), visit.path("id"),
                                      visit.query.get("currency") or None)


def _followers(visit: Visit, room: Room) -> dict[str, Any]:
    found = visit.workspace.rooms.following(room)
    return {"following": found, "line": charts.followers(found)}


def _refunds(visit: Visit, room: Room) -> dict[str, Any]:
    found = visit.workspace.rooms.maturity(room)
    return {"maturity": found, "curves": charts.maturity(found)}


def _repurchase(visit: Visit, room: Room) -> dict[str, Any]:
    if room.grain is Grain.STREAMER:
        return {"returning": None, "triangle": None}
    found = visit.workspace.rooms.returning(room)
    return {"returning": found, "triangle": charts.triangle(found)}


def _sessions(visit: Visit, room: Room) -> dict[str, Any]:
    rows, columns = _table(visit, room)
    number = whole(visit.query.get("page"))
    sort, descending = _order(visit)
    return {"columns": columns, "every": tuple(COLUMNS.values()), "total": len(rows),
            "rows": rows[(number - 1) * PAGE:number * PAGE], "number": number, "sort": sort,
            "descending": descending, "pages": max(1, -(-len(rows) // PAGE)),
            "metrics": METRICS,
            "spare": frozenset() if visit.query.get("columns") else SPARE}


def _table(visit: Visit, room: Room) -> tuple[list[dict[str, Any]], tuple[Column, ...]]:
    """Return every session in the order asked for, and the columns to show."""
    asked = [name for text in visit.query.getlist("columns") for name in text.split(",")]
    sort, descending = _order(visit)
    wanted = RATES & {*asked, sort}
    rows = session_rows(room, rated=visit.workspace.rooms.rates(room) if wanted else None)
    return ordered(rows, sort=sort, descending=descending), chosen(asked, rows)


def _order(visit: Visit) -> tuple[str, bool]:
    sort = visit.query.get("sort", "")
    return sort if sort in COLUMNS else FIRST, visit.query.get("way") != "up"


def _file(visit: Visit, room: Room) -> Response:
    """Return every session as CSV or a workbook, with the columns shown; or a part's table."""
    asked = visit.query["file"]
    if asked not in WHOLE:
        return taken(visit, asked, tables(room), of=room.grain.value)
    check(visit.actor, Action.EXPORT)
    rows, columns = _table(visit, room)
    head = ["session_id", *(visit.say(column.name) for column in columns),
            visit.say(Text(zh="另放的原因", en="set aside because")),
            visit.say(Text(zh="币种", en="currency"))]
    lines = ([row["session_id"], *exported(row, columns, currency=room.currency),
              visit.say(row["aside"]) if row["aside"] else None, room.currency] for row in rows)
    answer = xlsx_answer if asked == "xlsx" else csv_answer
    return answer(f"caopan-sessions.{asked}", head, lines)


def _link(visit: Visit, room: Room) -> Callable[..., str]:
    """Return what makes an address of this profile with some parameters changed."""
    kept: dict[str, object] = {name: visit.query.get(name)
                               for name in ("currency", "sort", "way", "page")}
    kept["columns"] = ",".join(name for text in visit.query.getlist("columns")
                               for name in text.split(",") if name in COLUMNS)

    def made(**changed: object) -> str:
        asked = {name: value for name, value in {**kept, **changed}.items() if value}
        path = address(room.grain.value, room.id)
        return f"{path}?{urlencode(asked)}" if asked else path
    return made


PANELS: dict[str, Callable[[Visit, Room], dict[str, Any]]] = {
    "sessions": _sessions, "followers": _followers, "refunds": _refunds,
    "repurchase": _repurchase}

SCREENS = (Screen(path="/subjects/{grain}/{id:path}", action=Action.READ, show=page),)


class UnknownPanelError(CaopanError):
    """Raised for a part of a profile that does not exist."""

    def __init__(self, name: str) -> None:
        """Name it."""
        super().__init__(Message(
            key="unknown_panel", values={"panel": name, "panels": "、".join(PANELS)},
            text=Text(zh="档案里没有 {panel} 这一部分", en="a profile has no part {panel}"),
            hint=Text(zh="有这些：{panels}", en="there are: {panels}")))
