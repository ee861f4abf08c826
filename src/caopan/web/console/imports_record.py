"""导入记录 · The record of imports: what each brought, and taking one back."""

from __future__ import annotations

from starlette.responses import Response

from caopan.access.action import Action
from caopan.units.message import CaopanError
from caopan.web.console.imports_words import told
from caopan.web.refreshing import refreshed
from caopan.web.screen import Screen, refusal_status
from caopan.web.visit import Visit

PAGE = "/import/batches"
MOST = 200
"""Imports on one page of the record."""


def listed(visit: Visit) -> Response:
    """Show every import, the newest first."""
    number = visit.query.get("page", "")
    page = max(int(number), 1) if number.isdecimal() else 1
    records = visit.workspace.imports.records()
    return told(visit, "record", records=records[(page - 1) * MOST:page * MOST],
                      page=page, pages=-(-len(records) // MOST), count=len(records))


def show(visit: Visit) -> Response:
    """Show one import: the result page, and where it is taken back.

    Raises:
        CaopanError: there is no such import.
    """
    return _shown(visit)


def undo(visit: Visit) -> Response:
    """Take an import back, or say on its page why not."""
    try:
        visit.workspace.undo(_number(visit))
    except CaopanError as refused:
        if refusal_status(refused) == 404:  # noqa: PLR2004 - the status of what is not there
            raise
        return _shown(visit, problem=refused)
    refreshed(visit.house)
    return visit.go(f"{PAGE}/{_number(visit)}")


def _shown(visit: Visit, *, problem: CaopanError | None = None) -> Response:
    record, said = visit.workspace.imports.record(_number(visit))
    return told(visit, "batch", record=record, batch=record.batch, said=said,
        problem=problem.message if problem else None,
        status=refusal_status(problem) if problem else 200)


def _number(visit: Visit) -> int:
    return int(visit.path("batch"))


SCREENS = (
    Screen(path=PAGE, action=Action.READ, show=listed),
    Screen(path=PAGE + "/{batch:int}", action=Action.READ, show=show),
    Screen(path=PAGE + "/{batch:int}/undo", action=Action.IMPORT, show=undo, methods=("POST",)),
)
