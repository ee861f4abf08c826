"""The line-up a page asks for (让系统排一版): worked out beside the page, shown when ready."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from caopan.plan.run_sheet import RunSheet
from caopan.plan.sheet_edit import Edit, edit_written
from caopan.units.message import CaopanError, Message
from caopan.web.console.plan_money import hour_of
from caopan.web.visit import Visit
from caopan.workspace.lineup import LineUpResult
from caopan.workspace.sheet_proposal import Proposal, proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What came of asking: a line-up, what it changes, or why there is none.

    All None: it is still being worked out.
    """

    result: LineUpResult | None = None
    changes: Proposal | None = None
    refused: Message | None = None


def asked(visit: Visit, session: str, sheet: RunSheet | None = None) -> Asked | None:
    """Return the line-up of a session where the page asks for one; None where it does not."""
    if "propose" not in visit.query:
        return None
    try:
        result = line_up(visit, session)
    except CaopanError as refusal:
        return Asked(refused=refusal.message)
    if result is None:
        return Asked()
    return Asked(result=result, changes=None if sheet is None else proposal(sheet, result))


def line_up(visit: Visit, session: str) -> LineUpResult | None:
    """Return the proposed line-up of a session; None while it is being worked out.

    Raises:
        CaopanError: nothing can be put in order, or the demands clash.
    """
    language = visit.language
    return visit.house.figures.ask(
        ("line_up", visit.revision, hour_of(visit.now), session, language),
        lambda: visit.workspace.line_up(session=session, language=language))


def dumped(edits: Iterable[Edit]) -> str:
    """Return edits as the text a form carries.

    >>> dumped(())
    '[]'
    """
    return json.dumps([edit_written(one) for one in edits], ensure_ascii=False)
