"""Run sheets as workbooks (节目单表格进出): written, looked at before they count, kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from caopan.plan.run_sheet import RunSheet
from caopan.plan.sheet_difference import SheetDifference, difference
from caopan.plan.sheet_edit import Edit
from caopan.plan.sheet_steps import edits_between
from caopan.store.store import Store
from caopan.workspace import sheet_book
from caopan.workspace.run_sheets import KeptSheet, edit, keep, kept, one


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFile:
    """A workbook as it was read, beside the version it was made from; nothing is kept.

    ``base``: the version it names, else the last there is; None where none is kept.
    ``edits``: what it changes on that version; () where it is the same.
    """

    session_id: str
    sheet: RunSheet
    base: int | None
    edits: tuple[Edit, ...]
    difference: SheetDifference


def to_file(store: Store, path: Path, *, session_id: str | None,
            version: int | None) -> KeptSheet:
    """Write a version as a workbook and return it.

    Raises:
        NoSheetError: there is none.
    """
    found = one(store, session_id, version)
    path.write_bytes(sheet_book.workbook(found.sheet, session_id=found.session_id))
    return found


def looked(store: Store, path: Path, *, session_id: str | None) -> SheetFile:
    """Return what a workbook would change; nothing is kept.

    Raises:
        SheetBookError: the file is no such workbook, or rows have faults.
    """
    sheet, said = sheet_book.opened(path)
    name = session_id or said or path.stem
    versions = {each.version: each for each in kept(store, name)}
    if not versions:
        return SheetFile(session_id=name, sheet=sheet, base=None, edits=(),
                         difference=difference(RunSheet(currency=sheet.currency), sheet))
    own = sheet.version if said in {None, name} else 0
    base = versions.get(own, versions[max(versions)])
    return SheetFile(session_id=name, sheet=sheet, base=base.version,
                     edits=edits_between(base.sheet, sheet),
                     difference=difference(base.sheet, sheet))


def from_file(store: Store, path: Path, *, session_id: str | None, now: datetime) -> KeptSheet:
    """Do what a workbook changes and keep that; an unchanged one keeps nothing.

    What others kept since the workbook was written stays, where it is not the same.

    Raises:
        SheetBookError: the file is no such workbook, or rows have faults.
        ClashError: the workbook changes what somebody else changed since.
    """
    found = looked(store, path, session_id=session_id)
    if found.base is None:
        return keep(store, found.session_id, found.sheet, now=now)
    if not found.edits:
        return one(store, found.session_id)
    return edit(store, found.session_id, found.edits, now=now, after=found.base)
