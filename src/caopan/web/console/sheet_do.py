"""/runsheets/{session} · A press on the page of a run sheet becomes edits of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from starlette.responses import Response

from caopan.access.action import Action
from caopan.plan.item import TYPE_WORDS, ItemType
from caopan.plan.run_sheet_document import BadRunSheetError
from caopan.plan.sheet_edit import FIRST, BadEditError, Do, Edit, edits_read
from caopan.plan.sheet_merge import ClashError
from caopan.units.message import CaopanError
from caopan.web.console.sheet_address import address, item_query
from caopan.web.console.sheet_ask import dumped, line_up
from caopan.web.console.sheet_form import changed, filled, typed
from caopan.web.console.sheet_lead import LEADS, line
from caopan.web.console.sheet_page import Shown, shown
from caopan.web.console.sheet_values import fault
from caopan.web.screen import Screen, refusal_status
from caopan.web.visit import Visit
from caopan.workspace.run_sheets import KeptSheet

NEW_SECONDS = 300


def press(visit: Visit) -> Response:
    """Do what was pressed; what is refused is said on the page, with what was typed."""
    session, form = visit.path("session"), visit.form
    item = str(form.get("item", ""))
    if form.get("do") in LEADS:
        return led(visit, session)
    act = ACTS.get(str(form.get("do", "")), _nothing)
    try:
        open_item = act(visit, session)
    except ClashError as clash:
        return shown(visit, Shown(
            refused=clash.message, clashes=clash.message.values["clashes"],  # type: ignore[arg-type]
            rest=dumped(clash.rest), item=item), status=409)
    except CaopanError as refusal:
        faults = [fault(one, language=visit.language) for one in (
            refusal.problems if isinstance(refusal, BadRunSheetError) else [refusal.message])]
        return shown(visit, Shown(
            refused=refusal.message, faults=faults, item=item,
            form=typed(form) if act is change else None), status=refusal_status(refusal))
    if visit.is_fragment:
        return shown(visit, Shown(item=open_item))
    return visit.go(address(session) + (item_query(open_item) if open_item else ""))


def led(visit: Visit, session: str) -> Response:
    """Do what leads elsewhere: to a room, to a rehearsal, to what a workbook would change."""
    try:
        return LEADS[str(visit.form["do"])](visit, session)
    except CaopanError as refusal:
        issues = getattr(refusal, "issues", ())
        return shown(visit, Shown(refused=refusal.message, faults=[
            refusal.message.say(visit.language), *(line(one, visit.language) for one in issues)]),
            status=refusal_status(refusal))


def change(visit: Visit, session: str) -> str:
    """Change the fields of an item that were typed anew; the item stays open."""
    item, after = _item(visit), _after(visit)
    base = visit.workspace.run_sheet(session, version=after)
    fields = changed(typed(visit.form), filled(base.sheet.item(item), base.sheet.currency),
                     near=visit.workspace.planned_show(session).starts_at)
    if fields:
        _edit(visit, session, Edit(do=Do.CHANGE, item_id=item, fields=fields))
    return item


def move(visit: Visit, session: str) -> str:
    """Move an item below another one, or one place up or down; what was open stays open."""
    told = str(visit.form.get("step", ""))
    way, _, item = told.partition(":")
    if way not in {"up", "down"}:
        item, below = _item(visit), str(visit.form.get("below", FIRST))
        _edit(visit, session, Edit(do=Do.MOVE, item_id=item, after=below))
        return str(visit.form.get("open", ""))
    sheet = visit.workspace.run_sheet(session, version=_after(visit)).sheet
    at = sheet.at(item)
    place = at - 2 if way == "up" else at + 1
    if 0 <= at + (1 if way == "down" else -1) < len(sheet.items):
        _edit(visit, session, Edit(do=Do.MOVE, item_id=item,
                                   after=sheet.items[place].id if place >= 0 else FIRST))
    return str(visit.form.get("open", ""))


def add(visit: Visit, session: str) -> str:
    """Add an item below the one that is open, else at the end, and open it."""
    kind = str(visit.form.get("type", "product"))
    before = {one.id for one in visit.workspace.run_sheet(session).sheet.items}
    kept = _edit(visit, session, Edit(
        do=Do.ADD, after=str(visit.form.get("below", "")) or None,
        fields={"type": kind, "title": str(visit.form.get("title", "")).strip() or None,
                "seconds": NEW_SECONDS}))
    return next((one.id for one in kept.sheet.items if one.id not in before), "")


def copy(visit: Visit, session: str) -> str:
    """Copy an item; the copy is opened."""
    item = _item(visit)
    kept = _edit(visit, session, Edit(do=Do.COPY, item_id=item))
    items = [one.id for one in kept.sheet.items]
    return items[items.index(item) + 1] if item in items[:-1] else ""


def remove(visit: Visit, session: str) -> str:
    """Take an item out."""
    _edit(visit, session, Edit(do=Do.REMOVE, item_id=_item(visit)))
    return ""


def restore(visit: Visit, session: str) -> str:
    """Keep a version of before as the next one: an undo goes back one edit."""
    version = str(visit.form.get("version", ""))
    if not version.isdecimal():
        raise BadEditError(where="version", value=version)
    visit.workspace.restore_run_sheet(session, int(version), after=_after(visit) or 0)
    return str(visit.form.get("open", ""))


def several(visit: Visit, session: str) -> str:
    """Do edits that stand ready in the form: a fix, chosen values, chosen moves."""
    edits = [one for name, told in visit.form.multi_items()
             if name.startswith("edits") and (text := str(told))
             for one in edits_read(_json(text))]
    if edits:
        _edit(visit, session, *edits)
    return str(visit.form.get("open", ""))


def propose(visit: Visit, session: str) -> str:
    """Keep the line-up that was proposed as the first version."""
    found = line_up(visit, session) or visit.workspace.line_up(session=session,
                                                               language=visit.language)
    visit.workspace.keep_run_sheet(session, found.sheet, after=0)
    return ""


def planned(visit: Visit, session: str) -> str:
    """Begin with the planned products in their planned order."""
    visit.workspace.keep_run_sheet(session, visit.workspace.planned_sheet(session), after=0)
    return ""


def _nothing(visit: Visit, session: str) -> str:
    del session
    raise BadEditError(where="do", value=visit.form.get("do"))


def blank(visit: Visit, session: str) -> str:
    """Begin a run sheet with its opening and its closing."""
    sheet = {"currency": visit.workspace.planned_show(session).currency or "CNY", "items": [
        {"id": kind.value, "type": kind.value, "title": visit.say(TYPE_WORDS[kind]),
         "seconds": NEW_SECONDS} for kind in (ItemType.OPEN, ItemType.CLOSE)]}
    visit.workspace.keep_run_sheet(session, sheet, after=0)
    return ""


ACTS: dict[str, Callable[[Visit, str], str]] = {
    "change": change, "move": move, "add": add, "copy": copy, "remove": remove,
    "restore": restore, "edits": several, "blank": blank, "propose": propose, "planned": planned}


def _item(visit: Visit) -> str:
    return str(visit.form.get("item", ""))


def _after(visit: Visit) -> int | None:
    told = str(visit.form.get("after", ""))
    return int(told) if told.isdecimal() else None


def _edit(visit: Visit, session: str, *edits: Edit) -> KeptSheet:
    return visit.workspace.edit_run_sheet(session, edits, after=_after(visit))


def _json(text: str) -> Any:  # noqa: ANN401 - any JSON; its reader checks it
    try:
        return json.loads(text)
    except ValueError:
        raise BadEditError(where="edits", value=text) from None


SCREENS = (
    Screen(path="/runsheets/{session:path}", action=Action.RUN, show=press, methods=("POST",)),
)
