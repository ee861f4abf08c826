"""A look (预看): what an upload would do to the workspace, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from caopan.facts.issue import Issue, Level
from caopan.facts.schema import TABLES, Kind
from caopan.ingest.described import Described
from caopan.ingest.excerpt import ExcerptRow
from caopan.store.batch import Counts
from caopan.store.changes import Change
from caopan.units.message import Language, Message, Text
from caopan.units.money import Money

LookedPart = Described
ReplacedValue = Change
"""What pages read of a file's tables and of the values an import replaces."""


class FileState(StrEnum):
    """What became of one file."""

    KNOWN = "known"
    ASKS = "asks"
    """Nearly a known layout: a person must say what its columns are, or leave it out."""
    UNKNOWN = "unknown"
    """Not known; nothing is wrong with that."""
    BROKEN = "broken"
    LEFT = "left"
    """Left out by a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedFile:
    """One file: what it is and why, how many rows it gives, how many of them are bad.

    ``lacking`` and ``strange`` say how a nearly known file differs: headers that are missing, and
    headers nobody knows, each with the one it is probably meant to be.
    """

    name: str
    size: int
    state: FileState
    layout: str | None = None
    title: Text | None = None
    reasons: tuple[Text, ...] = ()
    reason: Message | None = None
    rows: dict[str, int]
    parts: tuple[Described, ...] = ()
    bad_rows: int = 0
    warnings: int = 0
    lacking: tuple[str, ...] = ()
    strange: tuple[tuple[str, str | None], ...] = ()
    can_map: bool = False
    """Whether it is a table whose columns can be mapped."""
    unread: tuple[str, ...] = ()
    """Sheets of a known workbook that were not read because nobody knows their columns."""

    def document(self, language: Language) -> dict[str, object]:
        """Return the file as a JSON row."""
        return {
            "file": self.name, "bytes": self.size, "state": self.state.value,
            "layout": self.layout, "title": self.title and self.title.document(),
            "reasons": [reason.plain(language) for reason in self.reasons],
            "reason": self.reason and self.reason.document(language), "rows": self.rows,
            "bad_rows": self.bad_rows, "warnings": self.warnings, "can_map": self.can_map,
            "unread": list(self.unread),
            "lacking": list(self.lacking),
            "strange": [{"header": header, "meant": meant} for header, meant in self.strange],
            "parts": [{"sheet": part.sheet, "header_row": part.header_row, "table": part.table,
                       "columns": [{"header": header, "to": to, "samples": list(cells)}
                                   for header, to, cells in zip(
                                       part.headers, part.targets, part.samples, strict=True)]}
                      for part in self.parts]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """All problems of one kind in one column of one file: how many, the first few in place."""

    file: str
    level: Level
    key: str
    column: str | None
    count: int
    examples: tuple[Issue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """The rows of one file that its problems are shown in."""

    file: str
    rows: tuple[ExcerptRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What an upload would do; bounded in size whatever the files hold.

    ``against`` names the imports that counted: with others the comparison is stale.
    """

    made_at: datetime
    against: tuple[int, ...]
    files: tuple[LookedFile, ...]
    tables: dict[str, Counts]
    changes: tuple[Change, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()
    joins: tuple[Text, ...] = ()
    refused: Message | None = None

    @property
    def asking(self) -> tuple[LookedFile, ...]:
        """Return the files that wait for an answer."""
        return tuple(file for file in self.files if file.state is FileState.ASKS)

    @property
    def total(self) -> Counts:
        """Return the counts of all tables together."""
        counts = self.tables.values()
        return Counts(added=sum(each.added for each in counts),
                      replaced=sum(each.replaced for each in counts),
                      unchanged=sum(each.unchanged for each in counts),
                      repeated=sum(each.repeated for each in counts),
                      overruled=sum(each.overruled for each in counts))

    @property
    def bad_rows(self) -> int:
        """Return the rows that are skipped for an error."""
        return sum(file.bad_rows for file in self.files)

    def file(self, name: str | None) -> LookedFile | None:
        """Return a file by name; for None the one that needs a person, else the first."""
        for file in self.files:
            if file.name == name:
                return file
        if name is not None or not self.files:
            return None
        order = list(FileState)
        first = {FileState.ASKS: -2, FileState.KNOWN: -1}
        return min(self.files, key=lambda each: first.get(each.state, order.index(each.state)))

    def troubles_of(self, file: str) -> tuple[Trouble, ...]:
        """Return the problems of one file."""
        return tuple(each for each in self.troubles if each.file == file)

    def row(self, issue: Issue) -> ExcerptRow | None:
        """Return the row an issue stands in, as far as it is shown."""
        rows = next((each.rows for each in self.excerpts if each.file == issue.file), ())
        return next((row for row in rows
                     if (row.sheet, row.number) == (issue.sheet, issue.row)), None)

    def document(self, language: Language) -> dict[str, object]:
        """Return what the upload would do as JSON; each example of a problem carries its row."""
        return {
            "made_at": self.made_at, "against": list(self.against),
            "refused": self.refused and self.refused.document(language),
            "files": [file.document(language) for file in self.files],
            "tables": {name: counts.document() for name, counts in self.tables.items()},
            "changes": [replaced(change) for change in self.changes],
            "problems": [{
                "file": one.file, "level": one.level.value, "key": one.key, "column": one.column,
                "count": one.count, "examples": [
                    {**issue.document(language), "cells": self._cells(issue)}
                    for issue in one.examples]} for one in self.troubles],
            "joins": [join.document() for join in self.joins]}

    def _cells(self, issue: Issue) -> list[str] | None:
        row = self.row(issue)
        return None if row is None else list(row.cells)


def replaced(change: Change) -> dict[str, object]:
    """Return one replaced value as a JSON row: money as decimal text in its currency.

    >>> told = replaced(Change(table="sessions", key={"session_id": "s1"}, column="gmv", old=None,
    ...                        new=1250, currency="CNY"))
    >>> told["old"], told["new"]
    (None, '12.50')
    """
    table = TABLES[change.table]
    money = change.column in table.names and table.column(change.column).kind is Kind.MONEY
    currency = change.currency or "CNY"

    def said(value: object) -> object:
        return str(Money(minor=value, currency=currency).major()) if money and isinstance(
            value, int) else value

    return {"table": change.table, "key": change.key, "column": change.column,
            "old": said(change.old), "new": said(change.new),
            "currency": currency if money else None}
