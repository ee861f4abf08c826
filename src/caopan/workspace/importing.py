"""Files into one batch: each file whole or not at all, ad rows beside their sessions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from caopan.facts.issue import Issue, Level
from caopan.ingest.chunk import Chunk
from caopan.ingest.correction import Correction
from caopan.ingest.described import described
from caopan.ingest.found import Found, walk
from caopan.ingest.options import Options
from caopan.ingest.reading import Reading, read
from caopan.store.open_batch import OpenBatch
from caopan.store.store import Store
from caopan.units.message import Message, Text
from caopan.workspace.joining import Joining
from caopan.workspace.mapping import chosen, saved_mappings
from caopan.workspace.progress import BytesRead, Progress
from caopan.workspace.records import ImportedFile, ImportResult, SkippedFile
from caopan.workspace.remembering import remember
from caopan.workspace.synthetic import SYNTHETIC, SyntheticWorkspaceError
from caopan.workspace.zones import known_zone

COMPARING = Text(zh="和库里的数据比对", en="comparing with what is stored")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the operator says about the files; see ``Workspace.import_files``."""

    source: str | None = None
    mapping: Path | str | Mapping[str, Any] | None = None
    account: str | None = None
    timezone: str | None = None
    year: int | None = None
    currency: str | None = None
    inside: Path | None = None
    """The folder that files are named from; None: they are named as they were given."""
    leave: frozenset[str] = frozenset()
    """Names of files that are left out."""
    years: Mapping[str, int] = field(default_factory=dict)
    """The year of dates without one, of single files."""
    corrections: tuple[Correction, ...] = ()
    """What is read in place of single cells."""

    def find(self, paths: Sequence[Path]) -> tuple[list[Found], list[Issue]]:
        """Return every file to read under the paths, and what could not be entered."""
        found, wrong = walk(paths)
        called = [replace(each, name=self.called(each.name)) for each in found]
        issues = [replace(issue, file=self.called(issue.file or "")) for issue in wrong]
        return [each for each in called if each.name not in self.leave], issues

    def called(self, name: str) -> str:
        """Return what a file is called; a path below ``inside`` begins there."""
        if self.inside is None:
            return name
        return name.removeprefix(str(self.inside)).lstrip("/\\")

    def options(self, store: Store, *, now: datetime) -> Options:
        """Return the reader's options, with this workspace's salt and saved mappings.

        Raises:
            CaopanError: the mapping or the time zone is none.
        """
        saved = saved_mappings(store)
        return Options(now=now, salt=store.salt(), source=self.source, account=self.account,
                       timezone=known_zone(self.timezone), year=self.year, currency=self.currency,
                       mapping=None if self.mapping is None else chosen(self.mapping, saved),
                       mappings=saved, corrections=self.corrections)

    def of(self, file: str, options: Options) -> Options:
        """Return the options of one file."""
        year = self.years.get(file)
        return options if year is None else replace(options, year=year)

    def corrected(self, files: Sequence[ImportedFile]) -> tuple[Correction, ...]:
        """Return the corrections of files that were taken in."""
        names = {each.file for each in files}
        return tuple(each for each in self.corrections if each.file in names)


@dataclass(slots=True, kw_only=True)
class _Load:
    """What one import has gathered so far."""

    batch: OpenBatch
    joining: Joining
    files: list[ImportedFile] = field(default_factory=list)
    skipped: list[SkippedFile] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def file(self, found: Found, options: Options, heard: Callable[[float], None]) -> None:
        """Take in one file, all of it or none of it; a fault of the store stops the import.

        ``heard`` is told which share of the file was read.
        """
        mark = self.batch.mark()
        held: list[Chunk] = []
        rows: dict[str, int] = {}
        reading = read(found, options=options)
        for chunk in reading.chunks():
            rows[chunk.table] = rows.get(chunk.table, 0) + chunk.rows.num_rows
            self.batch.add(chunk.table, chunk.rows, derived=chunk.derived)
            heard(chunk.share)
            if self.joining.wants(chunk):
                held.append(chunk)
        self.issues += reading.issues
        if reading.skipped is not None:
            self.batch.discard(mark)
            self.skipped.append(SkippedFile(file=reading.file, reason=reading.skipped))
            return
        self.joining.take(held)
        self.batch.came_from(reading.file)
        self.files.append(_imported(reading, rows))


def import_files(
    store: Store, paths: Sequence[Path], *, request: Request, now: datetime, strict: bool,
    dry_run: bool, progress: Progress,
) -> ImportResult:
    """Import every file under the paths as one batch and say what happened to each.

    Nothing is written with ``dry_run``, with ``strict`` when any file is skipped, or when no file
    could be read: the result is then ``refused``.

    Raises:
        WorkspaceBusyError: another import is running.
        SyntheticWorkspaceError: real files would mix with synthetic ones.
        UnwritableError: the disk is full, memory ran out, or the system forbids writing.
    """
    if store.setting(SYNTHETIC):
        raise SyntheticWorkspaceError
    options = request.options(store, now=now)
    found, wrong = request.find(paths)
    opened = store.previewing if dry_run else store.importing
    load = None
    try:
        with opened(now=now) as batch:
            load = _Load(batch=batch, joining=Joining.of(store), issues=list(wrong),
                         skipped=[_lost(issue) for issue in wrong])
            read = BytesRead.of([each.size for each in found], progress)
            for at, each in enumerate(found):
                read.reached(at, 0)
                load.file(each, request.of(each.name, options), partial(read.reached, at))
                read.reached(at, 1)
            progress(COMPARING, 0, None)
            _refuse(load, strict=strict, paths=paths)
            joins = load.joining.finish(batch)
    except _RefusedImportError as refused:
        return ImportResult(batch=None, dry_run=dry_run, files=tuple(refused.load.files),
                            skipped=tuple(refused.load.skipped),
                            issues=tuple(refused.load.issues), refused=refused.message)
    result = batch.result
    told = ImportResult(
        batch=None if dry_run else result.id, dry_run=dry_run, files=tuple(load.files),
        skipped=tuple(load.skipped), issues=tuple(load.issues), joins=joins,
        tables=result.tables, changes=batch.changes,
        corrections=request.corrected(load.files))
    if not dry_run:
        remember(store, told, now=now)
    return told


def _imported(reading: Reading, rows: dict[str, int]) -> ImportedFile:
    layout = reading.parts[0].recognised.fit.layout
    return ImportedFile(file=reading.file, layout=layout.name, title=layout.title,
                        reasons=reading.reasons, rows=rows, parts=described(reading))


def _lost(issue: Issue) -> SkippedFile:
    return SkippedFile(file=issue.file or "", reason=issue.message)


def _refuse(load: _Load, *, strict: bool, paths: Sequence[Path]) -> None:
    """Raise where this import must not happen."""
    if not any(sum(file.rows.values()) for file in load.files):
        raise _RefusedImportError(load, Message(
            key="nothing_imported",
            text=Text(zh="{paths} 里没有一个文件能导入（看了 {n} 个）",
                      en="no file under {paths} could be imported ({n} looked at)"),
            values={"paths": "、".join(map(str, paths)),
                    "n": len(load.skipped) + len(load.files)},
            hint=Text(zh="上面写明了每个文件的原因；不认识的版式用 caopan mapping 配一次列",
                      en="each file's reason stands above; map an unknown layout once with "
                         "caopan mapping")))
    errors = [issue for issue in load.issues if issue.level is Level.ERROR]
    if strict and (load.skipped or errors):
        raise _RefusedImportError(load, Message(
            key="strict_refused",
            text=Text(zh="--strict：{files} 个文件没读成、{rows} 处错误，这一批没有导入",
                      en="--strict: files skipped: {files}, errors: {rows}; nothing imported"),
            values={"files": len(load.skipped), "rows": len(errors)},
            hint=Text(zh="改好上面列出的问题，或去掉 --strict",
                      en="mend what is listed above, or leave --strict out")))


class _RefusedImportError(Exception):
    """Leaves the batch without a commit."""

    def __init__(self, load: _Load, message: Message) -> None:
        super().__init__(message.key)
        self.load = load
        self.message = message
