"""Run sheets kept (节目单版本): one document a version, never written over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from typing import Any

from caopan.plan.run_sheet import RunSheet
from caopan.plan.run_sheet_document import read, written
from caopan.plan.sheet_difference import SheetDifference, difference
from caopan.plan.sheet_edit import Edit, edit_written, edits_read
from caopan.plan.sheet_merge import merged
from caopan.store.documents import Document, Series
from caopan.store.store import Store
from caopan.units.message import CaopanError, Message, Text

KIND = "run_sheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSheet:
    """One version of a session's run sheet; versions count from 1.

    ``edits``: what was done to the version before; () where the whole was handed in.
    ``restores``: the version whose content it has again, of an undo.
    """

    session_id: str
    sheet: RunSheet
    made_at: datetime
    edits: tuple[Edit, ...] = ()
    restores: int | None = None

    @property
    def version(self) -> int:
        """Return its number."""
        return self.sheet.version

    def document(self) -> dict[str, object]:
        """Return it as JSON."""
        return {"session_id": self.session_id, "made_at": self.made_at.isoformat(),
                "seconds": self.sheet.seconds, **written(self.sheet),
                "edits": [edit_written(one) for one in self.edits], "restores": self.restores}


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What is said of a version in a list of them; ``items``: how many it has."""

    version: int
    made_at: datetime
    seconds: int
    items: int
    edits: tuple[Edit, ...] = ()
    restores: int | None = None

    def document(self) -> dict[str, object]:
        """Return it as JSON."""
        return {"version": self.version, "made_at": self.made_at.isoformat(),
                "seconds": self.seconds, "items": self.items, "restores": self.restores,
                "edits": [edit_written(one) for one in self.edits]}


def heads(store: Store, session_id: str) -> tuple[Head, ...]:
    """Return what there is of a session's run sheet, oldest first, without reading every item."""
    return tuple(_head(one) for one in store.documents(KIND, inputs_hash=_name(session_id)))


def kept(store: Store, session_id: str | None = None) -> tuple[KeptSheet, ...]:
    """Return the versions of a session's run sheet, or of all, oldest first."""
    return tuple(_kept(one) for one in store.documents(
        KIND, inputs_hash=None if session_id is None else _name(session_id)))


def latest(store: Store) -> dict[str, KeptSheet]:
    """Return the last version of every session, by session."""
    last = {one.inputs_hash: one for one in store.documents(KIND)}
    return {found.session_id: found for found in map(_kept, last.values())}


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
    with store.ledger.writing() as connection:
        series = Series(connection=connection, kind=KIND, inputs_hash=_name(session_id))
        last = _last(series)
        if after is not None and last is not None and last.version != after:
            raise SheetChangedError(session_id, last.version, after)
        return _appended(series, session_id, made, last=last, now=now)


def edit(store: Store, session_id: str, edits: Iterable[Edit], *, now: datetime,
         after: int | None = None) -> KeptSheet:
    """Do edits made on a version to the last one and keep what comes of it as the next.

    Where somebody kept another version meanwhile, what does not touch goes together.

    Raises:
        NoSheetError: there is no such version.
        ClashError: both changed the same; nothing is done.
        CaopanError: an edit cannot be done.
    """
    asked = tuple(edits)
    with store.ledger.writing() as connection:
        series = Series(connection=connection, kind=KIND, inputs_hash=_name(session_id))
        last = _last(series)
        if last is None:
            raise NoSheetError(session_id, after)
        base = last if after is None else _version(series, session_id, after)
        return _appended(series, session_id, merged(base.sheet, last.sheet, asked),
                         last=last, now=now, edits=asked)


def restore(store: Store, session_id: str, version: int, *, now: datetime, after: int
            ) -> KeptSheet:
    """Keep a version of before as the next one.

    Raises:
        NoSheetError: there is no such version.
        SheetChangedError: somebody kept another version meanwhile.
    """
    with store.ledger.writing() as connection:
        series = Series(connection=connection, kind=KIND, inputs_hash=_name(session_id))
        wanted = _version(series, session_id, version)
        last = _last(series) or wanted
        if last.version != after:
            raise SheetChangedError(session_id, last.version, after)
        return _appended(series, session_id, wanted.sheet, last=last, now=now,
                         restores=wanted.restores or wanted.version)


def before(versions: Iterable[KeptSheet | Head]) -> int | None:
    """Return the version an undo goes back to from the last one; None where it is the first.

    An undone edit is no version to go back to: after an undo the next one goes further back.

    >>> before(())
    """
    known = {one.version: one for one in versions}
    if not known:
        return None
    last = known[max(known)]
    reached = (last.restores or last.version) - 1
    return None if reached not in known else known[reached].restores or reached


def one(store: Store, session_id: str | None, version: int | None = None) -> KeptSheet:
    """Return a version, the last where none is said; of the last session where none is.

    Raises:
        NoSheetError: there is none.
    """
    if version is not None and session_id is not None:
        with store.ledger.reading() as connection:
            return _version(Series(connection=connection, kind=KIND,
                                   inputs_hash=_name(session_id)), session_id, version)
    found = store.latest_document(
        KIND, inputs_hash=None if session_id is None else _name(session_id))
    if found is None or version not in {None, found.body["sheet"]["version"]}:
        raise NoSheetError(session_id, version)
    return _kept(found)


def compared(store: Store, session_id: str, before: int, after: int) -> SheetDifference:
    """Return what differs between two versions.

    Raises:
        NoSheetError: there is no such version.
    """
    return difference(one(store, session_id, before).sheet, one(store, session_id, after).sheet)


def _name(session_id: str) -> str:
    return blake2b(session_id.encode(), digest_size=16).hexdigest()


def _kept(document: Document) -> KeptSheet:
    head = _head(document)
    return KeptSheet(session_id=document.body["session_id"], made_at=head.made_at,
                     sheet=read(document.body["sheet"]), edits=head.edits, restores=head.restores)


def _head(document: Document) -> Head:
    sheet, edits = document.body["sheet"], document.body.get("edits")
    return Head(version=sheet["version"], made_at=document.made_at, items=len(sheet["items"]),
                seconds=sum(one["seconds"] for one in sheet["items"]),
                edits=edits_read(edits) if edits else (), restores=document.body.get("restores"))


def _last(series: Series) -> KeptSheet | None:
    found = series.last()
    return None if found is None else _kept(found)


def _version(series: Series, session_id: str, version: int) -> KeptSheet:
    for found in series.every():
        if found.body["sheet"]["version"] == version:
            return _kept(found)
    raise NoSheetError(session_id, version)


def _appended(series: Series, session_id: str, made: RunSheet, *,
              last: KeptSheet | None, now: datetime, edits: tuple[Edit, ...] = (),
              restores: int | None = None) -> KeptSheet:
    """Append a version behind the last one, read in the same transaction."""
    if last is not None and last.sheet == replace(made, version=last.version):
        return last
    sheet = replace(made, version=1 if last is None else last.version + 1)
    body: dict[str, Any] = {"session_id": session_id, "sheet": written(sheet)}
    body |= {"edits": [edit_written(one) for one in edits]} if edits else {}
    body |= {"restores": restores} if restores is not None else {}
    series.append(body, now=now)
    return KeptSheet(session_id=session_id, sheet=sheet, made_at=now, edits=edits,
                     restores=restores)


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
