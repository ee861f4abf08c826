"""``/line_up`` and ``/run_sheets``: a run sheet proposed, kept by version, checked, compared."""

from __future__ import annotations

from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict

from caopan.access.action import Action
from caopan.web.api.answers import run_sheets as answers
from caopan.web.api.call import Called
from caopan.web.api.endpoint import Endpoint
from caopan.workspace import run_sheets as sheets
from caopan.workspace import sheet_checks


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


def line_up(call: Called, session: str | None = None,
            minutes: float | None = None) -> dict[str, object]:
    """Propose a run sheet for an imported session to come; nothing is kept."""
    return call.workspace.line_up(session=session, minutes=minutes,
                                  language=call.language).document(call.language)


def versions(call: Called, session: str) -> dict[str, object]:
    """Return the kept versions of a session's run sheet, oldest first."""
    found = call.workspace.run_sheets(session)
    if not found:
        raise sheets.NoSheetError(session, None)
    return {"versions": [{"version": one.version, "made_at": one.made_at.isoformat(),
                          "seconds": one.sheet.seconds, "items": len(one.sheet.items)}
                         for one in found]}


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
    Endpoint(method="GET", path="/run_sheets/{session}", action=Action.READ, call=sheet,
             verb="run_sheet", answer=answers.Kept),
    Endpoint(method="PUT", path="/run_sheets/{session}", action=Action.RUN, call=keep,
             verb="keep_run_sheet", answer=answers.Kept),
    Endpoint(method="GET", path="/run_sheets/{session}/versions", action=Action.READ,
             call=versions, verb="run_sheets", answer=answers.Versions),
    Endpoint(method="GET", path="/run_sheets/{session}/difference", action=Action.READ,
             call=difference, verb="run_sheet_difference", answer=answers.Difference),
    Endpoint(method="POST", path="/run_sheet_check", action=Action.READ, call=check,
             verb="check_run_sheet", answer=answers.Lints),
)
