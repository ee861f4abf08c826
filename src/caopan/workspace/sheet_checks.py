"""What is said of run sheets as JSON (节目单检查与对比): faults with their fixes, differences."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from caopan.plan.lint import Lint, lints
from caopan.plan.run_sheet import RunSheet
from caopan.plan.run_sheet_document import read
from caopan.plan.sheet_difference import SheetDifference
from caopan.playbook.lineup import line_up_rules
from caopan.store.store import Store
from caopan.units.message import Language
from caopan.workspace.handbook import FOLDER


def checked(store: Store, sheet: RunSheet | Mapping[str, object], *, start: datetime | None,
            minutes: float | None) -> tuple[Lint, ...]:
    """Return what is wrong with a run sheet by the handbook's limits.

    Raises:
        BadRunSheetError: the JSON has faults.
    """
    rules, _ = line_up_rules(Path(store.folder.root) / FOLDER)
    made = sheet if isinstance(sheet, RunSheet) else read(sheet)
    return lints(made, rules=rules, start=start, minutes=minutes)


def lint_document(lint: Lint, language: Language) -> dict[str, object]:
    """Return a fault with its fix as JSON."""
    return {"item_id": lint.item_id, **lint.message.document(language),
            "fix": lint.fix and {"item_id": lint.fix.item_id, "changes": dict(lint.fix.changes),
                                 "text": lint.fix.text.say(language, **lint.fix.values)}}


def difference_document(found: SheetDifference) -> dict[str, object]:
    """Return a difference as JSON.

    >>> difference_document(SheetDifference(items=(), seconds=60))
    {'seconds': 60, 'items': []}
    """
    return {"seconds": found.seconds, "items": [
        {"id": each.item_id, "title": each.title, "was_at": each.was_at, "is_at": each.is_at,
         "moved": each.moved, "fields": [{"field": part.field, "before": part.before,
                                          "after": part.after} for part in each.fields]}
        for each in found.items]}
