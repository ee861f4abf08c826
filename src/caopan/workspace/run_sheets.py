"""Run sheets kept (节目单版本): one document a version, never written over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

from caopan.plan.lint import Lint, lints
from caopan.plan.run_sheet import RunSheet
from caopan.plan.run_sheet_document import read, written
from caopan.plan.sheet_difference import SheetDifference, difference
from caopan.playbook.lineup import line_up_rules
from caopan.store.store import Store
from caopan.units.message import CaopanError, Language, Message, Text
from caopan.workspace import sheet_book
from caopan.workspace.handbook import FOLDER

KIND = "run_sheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSheet:
    """One version of a session's run sheet; versions count from 1."""

    session_id: str
    sheet: RunSheet
    made_at: datetime

    @property
    def version(self) -> int:
        """Return its number."""
        return self.sheet.version

    def document(self) -> dict[str, object]:
        """Return it as JSON."""
        return {"session_id": self.session_id, "made_at": self.made_at.isoformat(),
                "seconds": self.sheet.seconds, **written(self.sheet)}


def kept(store: Store, session_id: str | None = None) -> tuple[KeptSheet, ...]:
    """Return the versions of a session's run sheet, or of all, oldest first."""
    return tuple(KeptSheet(session_id=one.body["session_id"], made_at=one.made_at,
                           sheet=read(one.body["sheet"]))
                 for one in store.documents(KIND)
                 if session_id is None or one.body["session_id"] == session_id)


def keep(store: Store, session_id: str, sheet: RunSheet | Mapping[str, object], *,
         now: datetime, after: int | None = None) -> KeptSheet:
    """Append a version and return it; the same as the last one is not kept twice.

    Args:
        store: the workspace's store.
        session_id: of which session.
        sheet: the run sheet, or its JSON.
        now: when.
        after: the version it was made from; None: whichever is the last.

    Raises:
        BadRunSheetError: the JSON has faults.
        SheetChangedError: somebody kept another version meanwhile.
    """
    made = sheet if isinstance(sheet, RunSheet) else read(sheet)
    before = kept(store, session_id)
    last = before[-1] if before else None
    if after is not None and last is not None and last.version != after:
        raise SheetChangedError(session_id, last.version, after)
    numbered = replace(made, version=1 if last is None else last.version)
    if last is not None and last.sheet == numbered:
        return last
    numbered = replace(made, version=1 if last is None else last.version + 1)
    name = blake2b(session_id.encode(), digest_size=16).hexdigest()
    store.put_document(KIND, {"session_id": session_id, "sheet": written(numbered)},
                       inputs_hash=name, now=now)
    return KeptSheet(session_id=session_id, sheet=numbered, made_at=now)


def one(store: Store, session_id: str | None, version: int | None = None) -> KeptSheet:
    """Return a version, the last where none is said; of the last session where none is.

    Raises:
        NoSheetError: there is none.
    """
    found = [each for each in kept(store, session_id)
             if version is None or each.version == version]
    if not found:
        raise NoSheetError(session_id, version)
    return found[-1]


def compared(store: Store, session_id: str, before: int, after: int) -> SheetDifference:
    """Return what differs between two versions.

    Raises:
        NoSheetError: there is no such version.
    """
    return difference(one(store, session_id, before).sheet, one(store, session_id, after).sheet)


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
    """Return a difference as JSON."""
    return {"seconds": found.seconds, "items": [
        {"id": each.item_id, "title": each.title, "was_at": each.was_at, "is_at": each.is_at,
         "moved": each.moved, "fields": [{"field": part.field, "before": part.before,
                                          "after": part.after} for part in each.fields]}
        for each in found.items]}


def to_file(store: Store, path: Path, *, session_id: str | None,
            version: int | None) -> KeptSheet:
    """Write a version as a workbook and return it.

    Raises:
        NoSheetError: there is none.
    """
    found = one(store, session_id, version)
    path.write_bytes(sheet_book.workbook(found.sheet, session_id=found.session_id))
    return found


def from_file(store: Store, path: Path, *, session_id: str | None, now: datetime) -> KeptSheet:
    """Keep the run sheet of a workbook as a new version of its session.

    Raises:
        SheetBookError: the file is no such workbook, or rows have faults.
    """
    sheet, said = sheet_book.opened(path)
    return keep(store, session_id or said or path.stem, sheet, now=now)


class NoSheetError(CaopanError):
    """Raised where no such run sheet is kept."""

    def __init__(self, session_id: str | None, version: int | None) -> None:
        """Say which."""
        super().__init__(Message(
            key="no_run_sheet", values={"session": session_id or "—", "version": version or "—"},
            text=Text(zh="没有存过这样的节目单（场次 {session}，版本 {version}）",
                      en="no such run sheet is kept (session {session}, version {version})"),
            hint=Text(zh="先 caopan plan lineup --keep，或 caopan runsheet import",
                      en="first caopan plan lineup --keep, or caopan runsheet import")))


class SheetChangedError(CaopanError):
    """Raised where somebody else kept a version meanwhile: nothing is written over."""

    def __init__(self, session_id: str, last: int, asked: int) -> None:
        """Name both versions."""
        super().__init__(Message(
            key="sheet_changed", values={"session": session_id, "last": last, "asked": asked},
            text=Text(zh="节目单已有第 {last} 版，你改的是第 {asked} 版",
                      en="the run sheet is at version {last}; yours was made from {asked}"),
            hint=Text(zh="对比两版，再存", en="compare the two, then keep yours")))
