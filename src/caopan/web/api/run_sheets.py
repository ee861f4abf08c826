"""``/line_up`` and ``/run_sheets``: a run sheet proposed, kept by version, checked, compared."""

from __future__ import annotations

from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict
from starlette.responses import Response

from caopan.access.action import Action
from caopan.plan.run_sheet_document import written
from caopan.plan.sheet_edit import edit_written, edits_read
from caopan.web.api.answers import run_sheets as answers
from caopan.web.api.call import Called
from caopan.web.api.endpoint import Endpoint
from caopan.web.api.imports import files_of
from caopan.web.xlsx_answer import KIND
from caopan.workspace import run_sheets as sheets
from caopan.workspace import sheet_checks
from caopan.workspace.incoming import UnknownUploadError


class SheetToKeep(BaseModel):
    """A run sheet to keep; ``after``: the version it was made from, so that none is lost."""

    model_config = ConfigDict(extra="forbid")
    run_sheet: dict[str, Any]
    after: int | None = None


class SheetToCheck(BaseModel):
    """A run sheet to look through; ``planned_start`` for its anchors, ``minutes`` for its end."""

    model_config = ConfigDict(extra="forbid")
    run_sheet: dict[str, Any]
    planned_start: AwareDatetime | None = None
    minutes: float | None = None


class EditsToDo(BaseModel):
    """Edits in their order, ``{do, item, fields, after}``; ``after``: the version they are of."""

    model_config = ConfigDict(extra="forbid")
    edits: list[dict[str, Any]]
    after: int | None = None


class VersionToRestore(BaseModel):
    """A version of before to have again; ``after``: the version that is the last one now."""

    model_config = ConfigDict(extra="forbid")
    version: int
    after: int


class BookToRead(BaseModel):
    """A workbook that was uploaded; ``keep``: whether it counts, or is looked at alone."""

    model_config = ConfigDict(extra="forbid")
    upload: str
    keep: bool = False


def every(call: Called) -> dict[str, object]:
    """Return the sessions to come and whose run sheet is kept, with the last version of each."""
    kept = call.workspace.last_run_sheets()
    coming = {one.session_id: one for one in call.workspace.planned_shows()}
    return {"sessions": [
        {"session_id": name, "starts_at": show.starts_at and show.starts_at.isoformat()
         if (show := coming.get(name)) else None,
         "planned_minutes": coming[name].minutes if name in coming else None,
         "version": kept[name].version if name in kept else None,
         "items": len(kept[name].sheet.items) if name in kept else None}
        for name in dict.fromkeys([*coming, *kept])]}


def look(call: Called, session: str, beside: int | None = None) -> dict[str, object]:
    """Return the last version with its times, its sums and what is wrong with it."""
    return call.workspace.look_at_sheet(session, beside=beside).document(call.language)


def edit(call: Called, session: str, asked: EditsToDo) -> dict[str, object]:
    """Do edits made on a version to the last one: what others changed since stays."""
    return call.workspace.edit_run_sheet(session, edits_read(asked.edits),
                                         after=asked.after).document()


def restore(call: Called, session: str, asked: VersionToRestore) -> dict[str, object]:
    """Keep a version of before as the next one; ``undo_to`` of a look is what an undo restores."""
    return call.workspace.restore_run_sheet(session, asked.version, after=asked.after).document()


def book(call: Called, session: str, version: int | None = None) -> Response:
    """Return a version as a workbook."""
    return Response(call.workspace.run_sheet_book(session, version=version), media_type=KIND,
                    headers={"content-disposition": 'attachment; filename="run-sheet.xlsx"'})


def read_book(call: Called, session: str, asked: BookToRead) -> dict[str, object]:
    """Say what an uploaded workbook changes, and keep that where it is asked for."""
    file = next(iter(files_of(call, asked.upload)), None)
    if file is None:
        raise UnknownUploadError
    found = call.workspace.look_at_run_sheet(file, session=session)
    kept = call.workspace.import_run_sheet(file, session=session) if asked.keep else None
    return {"session_id": session, "base": found.base,
            "version": None if kept is None else kept.version,
            "edits": [edit_written(one) for one in found.edits],
            "difference": sheet_checks.difference_document(found.difference)}


def line_up(call: Called, session: str | None = None,
            minutes: float | None = None) -> dict[str, object]:
    """Propose a run sheet for an imported session to come; nothing is kept."""
    return call.workspace.line_up(session=session, minutes=minutes,
                                  language=call.language).document(call.language)


def plain(call: Called, session: str) -> dict[str, object]:
    """Return the planned products of a session as a run sheet, in their planned order.

    Raises:
        NoSheetError: no such session is known.
    """
    if call.workspace.planned_show(session).starts_at is None:
        raise sheets.NoSheetError(session, None)
    return written(call.workspace.planned_sheet(session))


def propose(call: Called, session: str) -> dict[str, object]:
    """Say what a line-up would change of the kept sheet, each change by itself with its gain."""
    return call.workspace.propose_changes(session, language=call.language).document()


def versions(call: Called, session: str) -> dict[str, object]:
    """Return the kept versions of a session's run sheet, oldest first."""
    found = call.workspace.run_sheet_heads(session)
    if not found:
        raise sheets.NoSheetError(session, None)
    return {"versions": [one.document() for one in found]}


def sheet(call: Called, session: str, version: int | None = None) -> dict[str, object]:
    """Return a kept run sheet, the last version where none is said."""
    return call.workspace.run_sheet(session, version=version).document()


def keep(call: Called, session: str, asked: SheetToKeep) -> dict[str, object]:
    """Keep a run sheet as the next version."""
    return call.workspace.keep_run_sheet(session, asked.run_sheet, after=asked.after).document()


def difference(call: Called, session: str, before: int, after: int) -> dict[str, object]:
    """Say what differs between two versions."""
    return sheet_checks.difference_document(
        call.workspace.run_sheet_difference(session, before=before, after=after))


def check(call: Called, asked: SheetToCheck) -> dict[str, object]:
    """Look a run sheet through: what is wrong, and the change that mends it."""
    found = call.workspace.check_run_sheet(asked.run_sheet, start=asked.planned_start,
                                           minutes=asked.minutes)
    return {"lints": [sheet_checks.lint_document(one, call.language) for one in found]}


ENDPOINTS = (
    Endpoint(method="GET", path="/line_up", action=Action.READ, call=line_up, verb="line_up",
             answer=answers.LineUp),
    Endpoint(method="GET", path="/run_sheets", action=Action.READ, call=every,
             verb="last_run_sheets", answer=answers.Sheets),
    Endpoint(method="GET", path="/run_sheets/{session}", action=Action.READ, call=sheet,
             verb="run_sheet", answer=answers.Kept),
    Endpoint(method="PUT", path="/run_sheets/{session}", action=Action.RUN, call=keep,
             verb="keep_run_sheet", answer=answers.Kept),
    Endpoint(method="GET", path="/run_sheets/{session}/look", action=Action.READ, call=look,
             verb="look_at_sheet", answer=answers.Look),
    Endpoint(method="POST", path="/run_sheets/{session}/edits", action=Action.RUN, call=edit,
             verb="edit_run_sheet", answer=answers.Kept),
    Endpoint(method="POST", path="/run_sheets/{session}/restore", action=Action.RUN, call=restore,
             verb="restore_run_sheet", answer=answers.Kept),
    Endpoint(method="GET", path="/run_sheets/{session}/workbook", action=Action.READ, call=book,
             verb="run_sheet_book", media=(KIND,)),
    Endpoint(method="POST", path="/run_sheets/{session}/workbook", action=Action.RUN,
             call=read_book, verb="import_run_sheet", answer=answers.BookRead),
    Endpoint(method="GET", path="/run_sheets/{session}/versions", action=Action.READ,
             call=versions, verb="run_sheet_heads", answer=answers.Versions),
    Endpoint(method="GET", path="/run_sheets/{session}/difference", action=Action.READ,
             call=difference, verb="run_sheet_difference", answer=answers.Difference),
    Endpoint(method="GET", path="/run_sheets/{session}/planned", action=Action.READ, call=plain,
             verb="planned_sheet", answer=answers.Plain),
    Endpoint(method="GET", path="/run_sheets/{session}/proposal", action=Action.READ,
             call=propose, verb="propose_changes", answer=answers.Proposed),
    Endpoint(method="POST", path="/run_sheet_check", action=Action.READ, call=check,
             verb="check_run_sheet", answer=answers.Lints),
)
