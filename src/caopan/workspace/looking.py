"""Look at an upload without writing, then take it in as one import."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter

from caopan.facts.issue import Issue, Level
from caopan.ingest.excerpt import excerpt
from caopan.ingest.found import Found
from caopan.ingest.recognise import MISFITS
from caopan.store.store import Store
from caopan.units.message import CaopanError, Message, Text
from caopan.workspace import importing
from caopan.workspace.incoming import LOOK, Incoming, Upload
from caopan.workspace.look import Excerpt, FileState, Look, LookedFile, Trouble
from caopan.workspace.progress import Progress
from caopan.workspace.records import ImportedFile, ImportResult, SkippedFile

EXAMPLES = 3
"""Rows shown of one kind of problem."""
TROUBLES = 40
"""Kinds of problems shown of one file."""
STRANGERS = frozenset({"unknown_layout", "no_header"})
"""What is said of a table nobody knows: its columns can be mapped."""
NO_TABLE = frozenset({"not_a_table", "old_office", "binary", "empty_file"})
"""What is said of a file that is no table at all: it stays out and nothing is wrong."""
_LOOK, _ISSUES = TypeAdapter(Look), TypeAdapter(list[Issue])
SHOWING = Text(zh="找出有问题的行", en="finding the rows with problems")


def look(store: Store, incoming: Incoming, upload: Upload, *, now: datetime,
         progress: Progress) -> Look:
    """Rehearse an upload, keep what it would do beside its files, and return it.

    Raises:
        CaopanError: an answer is none, another import is running, the workspace is synthetic.
    """
    request = _request(incoming, upload)
    result = importing.import_files(
        store, [incoming.files(upload.id)], request=request, now=now, strict=False, dry_run=True,
        progress=progress)
    progress(SHOWING, 0, None)
    found = {each.name: each for each in
             importing.Request(inside=request.inside).find([incoming.files(upload.id)])[0]}
    made = Look(
        made_at=now, against=against(store), tables=result.tables, changes=result.changes,
        files=_files(result, found, request.leave), troubles=_troubles(result.issues),
        excerpts=_excerpts(result, found), joins=tuple(join.sentence for join in result.joins),
        refused=result.refused)
    incoming.write(upload.id, "issues.json", _ISSUES.dump_json(list(result.issues)))
    incoming.write(upload.id, LOOK, _LOOK.dump_json(made))
    return made


def looked(incoming: Incoming, upload: Upload) -> Look | None:
    """Return the last look at an upload; None where there was none since it changed."""
    path = incoming.folder(upload.id) / LOOK
    return _LOOK.validate_json(path.read_bytes()) if path.is_file() else None


def forget(incoming: Incoming, upload: Upload) -> None:
    """Let go of a look that is not true any more."""
    incoming.forget(upload.id)


def issues(incoming: Incoming, upload: Upload) -> list[Issue]:
    """Return every problem of the last look; a kind that repeats without end is counted."""
    path = incoming.folder(upload.id) / "issues.json"
    return _ISSUES.validate_json(path.read_bytes()) if path.is_file() else []


def take_in(store: Store, incoming: Incoming, upload: Upload, *, now: datetime,
            progress: Progress) -> ImportResult:
    """Import an upload as one batch and let its files go.

    Raises:
        CaopanError: as ``look``, or no file could be imported.
    """
    result = importing.import_files(
        store, [incoming.files(upload.id)], request=_request(incoming, upload), now=now,
        strict=False, dry_run=False, progress=progress)
    if result.refused is not None or result.batch is None:
        raise NothingTakenInError(result.refused)
    incoming.finished(upload, batch=result.batch)
    return result


def against(store: Store) -> tuple[int, ...]:
    """Return the imports that count now."""
    return tuple(batch.id for batch in store.batches() if batch.is_active)


def _request(incoming: Incoming, upload: Upload) -> importing.Request:
    said = upload.answers
    return importing.Request(
        account=said.account or None, timezone=said.timezone or None, year=said.year,
        currency=said.currency or None, inside=incoming.files(upload.id),
        leave=frozenset(said.leave), years=said.years, corrections=upload.corrections)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Problems:
    """The bad rows and the warnings of every file."""

    bad: Mapping[str, int]
    warned: Mapping[str, int]


def _files(result: ImportResult, found: Mapping[str, Found],
           leave: frozenset[str]) -> tuple[LookedFile, ...]:
    told = _counted(result.issues)
    unread = _unread(result.issues)
    files = [_known(file, found, told, unread.get(file.file, ())) for file in result.files]
    files += [_skipped(one, found) for one in result.skipped]
    files += [LookedFile(name=name, size=found[name].size, state=FileState.LEFT, rows={})
              for name in sorted(leave) if name in found]
    order = {name: place for place, name in enumerate(found)}
    return tuple(sorted(files, key=lambda file: order.get(file.name, len(order))))


def _unread(issues_: Sequence[Issue]) -> dict[str, tuple[str, ...]]:
    """Return the sheets of each file that were left beside others that were read."""
    left: dict[str, list[str]] = defaultdict(list)
    for issue in issues_:
        if issue.sheet and issue.row is None and issue.message.key in {"sheet_skipped", *MISFITS}:
            left[issue.file or ""].append(issue.sheet)
    return {file: tuple(dict.fromkeys(sheets)) for file, sheets in left.items()}


def _known(file: ImportedFile, found: Mapping[str, Found], told: _Problems,
           unread: tuple[str, ...]) -> LookedFile:
    return LookedFile(
        name=file.file, size=_size(found, file.file), state=FileState.KNOWN, layout=file.layout,
        title=file.title, reasons=file.reasons, rows=file.rows, parts=file.parts,
        can_map=bool(unread), unread=unread,
        bad_rows=told.bad.get(file.file, 0), warnings=told.warned.get(file.file, 0))


def _skipped(one: SkippedFile, found: Mapping[str, Found]) -> LookedFile:
    key, values = one.reason.key, one.reason.values
    state = (FileState.ASKS if key in MISFITS
             else FileState.UNKNOWN if key in STRANGERS | NO_TABLE else FileState.BROKEN)
    lacking, strange = values.get("lacking", ()), values.get("strange", ())
    return LookedFile(
        name=one.file, size=_size(found, one.file), state=state, rows={}, reason=one.reason,
        can_map=key in STRANGERS | MISFITS and key != "no_header",
        lacking=tuple(map(str, lacking)) if isinstance(lacking, list) else (),
        strange=tuple((str(name), meant) for name, meant in strange)
        if isinstance(strange, list) else ())


def _size(found: Mapping[str, Found], name: str) -> int:
    return found[name].size if name in found else 0


def _counted(issues_: Sequence[Issue]) -> _Problems:
    """Count each bad row once, and what was counted without being listed."""
    bad: dict[str, set[tuple[str | None, int]]] = defaultdict(set)
    more: Counter[str] = Counter()
    warned: Counter[str] = Counter()
    for issue in issues_:
        file = issue.file or ""
        if issue.level is not Level.ERROR:
            warned[file] += _weight(issue)
        elif issue.row is not None:
            bad[file].add((issue.sheet, issue.row))
        else:
            more[file] += _weight(issue) if issue.message.key == "more_like_this" else 0
    return _Problems(bad={file: len(bad[file]) + more[file] for file in {*bad, *more}},
                     warned=warned)


def _weight(issue: Issue) -> int:
    count = issue.message.values.get("n")
    return count if issue.message.key == "more_like_this" and isinstance(count, int) else 1


def _troubles(issues_: Sequence[Issue]) -> tuple[Trouble, ...]:
    """Group the problems by file, kind and column, errors first, then the most frequent."""
    kinds: dict[tuple[str, Level, str, str | None], list[Issue]] = defaultdict(list)
    counts: Counter[tuple[str, Level, str, str | None]] = Counter()
    for issue in issues_:
        key = issue.message.key
        if key == "more_like_this":
            key = str(issue.message.values["key"])
        kind = (issue.file or "", issue.level, key, issue.column)
        counts[kind] += _weight(issue)
        if issue.message.key != "more_like_this":
            kinds[kind].append(issue)
    order = (Level.ERROR, Level.FUTURE_ERROR, Level.WARNING)
    ranked = sorted(kinds, key=lambda kind: (kind[0], order.index(kind[1]), -counts[kind]))
    shown: Counter[str] = Counter()
    troubles = []
    for kind in ranked:
        shown[kind[0]] += 1
        if shown[kind[0]] <= TROUBLES:
            file, level, key, column = kind
            troubles.append(Trouble(file=file, level=level, key=key, column=column,
                                    count=counts[kind], examples=tuple(kinds[kind][:EXAMPLES])))
    return tuple(troubles)


def _excerpts(result: ImportResult, found: Mapping[str, Found]) -> tuple[Excerpt, ...]:
    """Return the rows of the examples; a file that cannot be read again shows none."""
    wanted: dict[str, set[tuple[str | None, int]]] = defaultdict(set)
    for trouble in _troubles(result.issues):
        for issue in trouble.examples:
            if issue.row is not None:
                wanted[trouble.file].add((issue.sheet, issue.row))
    return tuple(
        Excerpt(file=file.file, rows=excerpt(found[file.file], parts=file.parts,
                                             rows=wanted[file.file],
                                             corrections=result.corrections))
        for file in result.files if wanted[file.file] and file.file in found)


def upload_file(incoming: Incoming, upload: Upload, name: str) -> Found:
    """Return one file of an upload, also one inside an archive.

    Raises:
        NoSuchUploadedFileError: the upload has no such file.
    """
    root: Path = incoming.files(upload.id)
    for each in importing.Request(inside=root).find([root])[0]:
        if each.name == name:
            return each
    raise NoSuchUploadedFileError(name)


class NothingTakenInError(CaopanError):
    """Raised where no file of an upload could be imported."""

    def __init__(self, why: Message | None) -> None:
        """Say that nothing was written."""
        super().__init__(Message(
            key="nothing_taken_in",
            text=Text(zh="这一批里没有能导入的行，什么都没有写入",
                      en="no row of these files could be imported; nothing was written"),
            hint=why.hint if why and not why.values else Text(
                zh="每个文件旁边写着原因；不认识的表先配一次列",
                en="each file says why; map the columns of an unknown table once")))


class NoSuchUploadedFileError(CaopanError):
    """Raised for a file that an upload does not hold."""

    def __init__(self, name: str) -> None:
        """Name it."""
        super().__init__(Message(
            key="unknown_uploaded_file", values={"name": name},
            text=Text(zh="这一批里没有文件 {name}", en="these files hold no {name}"),
            hint=Text(zh="从左边的列表里再选一次", en="choose one from the list")))
