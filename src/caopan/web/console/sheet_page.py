"""/runsheets · The run sheets of sessions, and one of them: items, times, checks, versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from caopan.access.action import Action
from caopan.live.room import Status
from caopan.plan.item import CLASS_WORDS, TYPE_WORDS, Item
from caopan.plan.lineup_bound import gap
from caopan.plan.lint_words import NAMES
from caopan.plan.run_sheet import NoSuchItemError, RunSheet
from caopan.plan.sheet_difference import SheetDifference, difference
from caopan.plan.sheet_edit import DO_WORDS
from caopan.plan.sheet_figures import margin
from caopan.plan.sheet_words import FIELD_WORDS
from caopan.units.message import CaopanError, Message
from caopan.units.number import MISSING
from caopan.web.console.sheet_address import address, item_query
from caopan.web.console.sheet_ask import asked, dumped
from caopan.web.console.sheet_form import SPARE_BATCHES, filled
from caopan.web.console.sheet_strip import kind_of, moment, strip
from caopan.web.console.sheet_values import YES_NO, offset, said, span, titles_of
from caopan.web.screen import Screen
from caopan.web.visit import Visit
from caopan.web.xlsx_answer import KIND
from caopan.workspace.live.held import Held
from caopan.workspace.run_sheets import NoSheetError
from caopan.workspace.sheet_files import SheetFile
from caopan.workspace.sheet_look import SheetLook
from caopan.workspace.sheet_proposal import ticked

VERSIONS_SHOWN = 12
"""So many versions are listed; any other two are compared by their numbers."""
WORDS = {"classes": CLASS_WORDS, "types": TYPE_WORDS, "dos": DO_WORDS, "fields": FIELD_WORDS,
         "faults": NAMES, "kind_of": kind_of, "moment": moment, "offset": offset, "span": span,
         "said": said, "margin": margin, "gap": gap, "spare": SPARE_BATCHES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a page says beside the sheet: what was just refused, what was typed then.

    ``faults``: every fault of what was typed. ``form``: what was typed; None: as it is kept.
    ``file``: what a workbook would change, before it is kept.
    """

    refused: Message | None = None
    faults: Sequence[str] = ()
    item: str = ""
    form: Mapping[str, Any] | None = None
    clashes: Sequence[Mapping[str, Any]] = ()
    rest: str = ""
    file: SheetFile | None = None


def page(visit: Visit) -> Response:
    """Show the run sheet of a session, or how to begin one; ``?as=xlsx`` takes it away."""
    if visit.query.get("as") == "xlsx":
        return Response(visit.workspace.run_sheet_book(visit.path("session")), media_type=KIND,
                        headers={"content-disposition": 'attachment; filename="run-sheet.xlsx"'})
    return shown(visit, Shown(item=str(visit.query.get("item", ""))))


def shown(visit: Visit, told: Shown, *, status: int = 200) -> Response:
    """Show a session's run sheet as it stands, with what is said beside it."""
    session = visit.path("session")
    try:
        look = look_of(visit, session)
    except NoSheetError:
        show = visit.workspace.planned_show(session)
        template = "runsheet/start_part.html" if visit.is_fragment else "runsheet/start.html"
        return visit.show(template, status=status, show=show, session=session,
                          told=told, at=address(session), asked=asked(visit, session), **WORDS)
    template = "runsheet/body.html" if visit.is_fragment else "runsheet/page.html"
    return visit.show(template, status=status, **values(visit, look, told))


def look_of(visit: Visit, session: str) -> SheetLook:
    """Return a session's sheet, its times beside what its room runs by, where it has one.

    Raises:
        NoSheetError: none is kept.
    """
    room = room_of(visit, session)
    return visit.workspace.look_at_sheet(
        session, beside=None if room is None else room.first.sheet.version)


def room_of(visit: Visit, session: str) -> Held | None:
    """Return the newest room of a session that is no rehearsal and not closed, else the newest."""
    try:
        rooms = visit.house.desk.rooms()
    except CaopanError:  # another process has the rooms: the sheet can be worked at all the same
        return None
    mine = [one for one in rooms
            if one.room.session_id == session and "rehearsal" not in one.body]
    return next((one for one in mine if one.room.status is not Status.CLOSED),
                mine[0] if mine else None)


def values(visit: Visit, look: SheetLook, told: Shown) -> dict[str, Any]:
    """Return what the templates of a run sheet know."""
    session, sheet = look.kept.session_id, look.sheet
    room = room_of(visit, session)
    item = _chosen(look, told.item)
    return {
        "look": look, "sheet": sheet, "show": look.show, "told": told, "session": session,
        "at": address(session), "item": item, "room": room,
        "unpublished": None if room is None else len(difference(room.first.sheet, sheet).items),
        "form": None if item is None else told.form or filled(item, sheet.currency),
        "strip": strip(look.lines, start=look.show.starts_at, minutes=look.show.minutes,
                       language=visit.language),
        "widest": max((one.target.gmv.high for one in sheet.items if one.target.gmv), default=0.0),
        "level": _level(sheet), "titles": titles_of(sheet.items), "lint_of": {
            one.item_id: [each for each in look.lints if each.item_id == one.item_id]
            for one in look.lints if one.item_id},
        "compared": compared(visit, look), "query": item_query,
        "asked": asked(visit, session, sheet), "dumped": dumped, "ticked": ticked,
        **({} if item is None else options(visit, look, item)), **WORDS}


def options(visit: Visit, look: SheetLook, item: Item) -> dict[str, list[tuple[str, str]]]:
    """Return what an item's choices are, each with its word."""
    none = ("", MISSING)
    yes, no = (YES_NO[visit.language][one] for one in (True, False))
    return {
        "type_options": [(kind.value, visit.say(word)) for kind, word in TYPE_WORDS.items()],
        "class_options": [none, *((kind.value, visit.say(word))
                                  for kind, word in CLASS_WORDS.items())],
        "sample_options": [none, ("yes", visit.word("到了")), ("no", visit.word("没到"))],
        "optional_options": [("", no), ("yes", yes)],
        "fallback_options": [none, *((one.id, one.title) for one in look.sheet.items
                                     if one.id != item.id)]}


def _level(sheet: RunSheet) -> float | None:
    """Return how sure every target of a sheet is; None where they differ, or there is none."""
    levels = {one.target.gmv.level for one in sheet.items if one.target.gmv is not None}
    return levels.pop() if len(levels) == 1 else None


def _chosen(look: SheetLook, item_id: str) -> Item | None:
    try:
        return look.sheet.item(item_id) if item_id else None
    except NoSuchItemError:
        return None


def compared(visit: Visit, look: SheetLook) -> SheetDifference | None:
    """Return what differs between the versions that are asked for; None where none are."""
    known = {str(one.version) for one in look.versions}
    before, after = (str(visit.query.get(name, "")) for name in ("before", "after"))
    if before not in known or after not in known:
        return None
    return visit.workspace.run_sheet_difference(look.kept.session_id, before=int(before),
                                                after=int(after))


def every(visit: Visit) -> Response:
    """Show the sessions to come with what stands of their run sheets, and the other sheets."""
    kept = visit.workspace.last_run_sheets()
    coming = visit.workspace.planned_shows()
    planned = {one.session_id for one in coming}
    return visit.show("plan/page.html", tab="runsheets", coming=coming, kept=kept, address=address,
                      others=[one for name, one in kept.items() if name not in planned])


SCREENS = (
    Screen(path="/runsheets", action=Action.READ, show=every),
    Screen(path="/runsheets/{session:path}", action=Action.READ, show=page),
)
