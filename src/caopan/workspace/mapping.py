"""Mappings of files nobody knows: proposed, corrected, saved, chosen."""

from __future__ import annotations

from collections.abc import Mapping as Lookup
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from caopan.ingest.mapping import Mapped, Mapping, from_dict, from_file
from caopan.ingest.preview import Preview, preview
from caopan.store.store import Store
from caopan.units.message import CaopanError, Language, Message, Text

DRAFT = "draft"
SHOWN_CELLS = 3
SHOWN_WIDTH = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What each column of a file would become, as far as it is known.

    ``mapping`` is None as long as no column is filled: there is nothing to import by then.
    """

    preview: Preview
    table: str
    columns: tuple[Mapped, ...]
    mapping: Mapping | None
    saved: bool

    def document(self, language: Language) -> dict[str, object]:
        """Return the proposal as JSON; ``mapping`` is what ``--mapping FILE`` reads."""
        guesses = {(guess.header, guess.nth): guess for guess in self.preview.guesses}
        return {
            "file": self.preview.file, "sheet": self.preview.sheet, "saved": self.saved,
            "header_row": self.preview.header_row, "table": self.table,
            "mapping": self.mapping.as_dict() if self.mapping else None,
            "columns": [{
                "header": column.header, "to": column.to,
                "confidence": getattr(guesses.get((column.header, column.nth)), "confidence", None),
                "reason": _reason(guesses.get((column.header, column.nth)), language),
                "cells": self._cells(at)} for at, column in enumerate(self.columns)],
        }

    def lines(self, language: Language) -> list[str]:
        """Return one line a column: header, target, reason, first cells."""
        guesses = {(guess.header, guess.nth): guess for guess in self.preview.guesses}
        lines = [f"{self.preview.file}  →  {self.table}"]
        for at, column in enumerate(self.columns):
            reason = _reason(guesses.get((column.header, column.nth)), language) or ""
            cells = " | ".join(cell[:SHOWN_WIDTH] for cell in self._cells(at))
            lines.append(f"{column.header}\t→ {column.to or '—'}\t{reason}\t[{cells}]")
        return lines

    def _cells(self, at: int) -> list[str]:
        if at >= len(self.preview.headers):
            return []
        return [row[at] for row in self.preview.rows[:SHOWN_CELLS] if at < len(row)]


def propose(
    store: Store, file: Path, *, table: str | None, use: Path | None, columns: Sequence[str],
    save: str | None, sheet: str | None = None,
) -> Proposal:
    """Propose a mapping for a file, corrected as asked, and save it where a name is given.

    Raises:
        CaopanError: the file cannot be read, or the mapping names what does not exist.
    """
    if not file.is_file():
        raise NoSuchFileError(file)
    own = [each.layout() for each in saved_mappings(store).values()]
    seen = preview(file, table=table, sheet=sheet, own=own)
    if use:
        begun = from_file(use)
        made: Mapping | None = replace(begun, name=save or begun.name,
                                       columns=corrected(begun.columns, columns))
        filled = made.columns if made else ()
    else:
        filled = corrected(seen.drafted(), columns)
        known = save or any(column.to for column in filled)
        made = Mapping(name=save or DRAFT, table=seen.table, columns=filled,
                       based_on=seen.based_on) if known else None
    if save and made:
        store.save_mapping(save, made.as_dict())
    return Proposal(preview=seen, table=made.table if made else seen.table, columns=filled,
                    mapping=made, saved=bool(save))


def corrected(drafted: Sequence[Mapped], corrections: Sequence[str]) -> tuple[Mapped, ...]:
    """Return the columns with ``header=column`` corrections; an empty column drops the header.

    A column that another header filled is taken from it.

    >>> columns = (Mapped(header="Id", to="order_id"), Mapped(header="No", to=None))
    >>> [column.to for column in corrected(columns, ["No=order_id"])]
    [None, 'order_id']

    Raises:
        StrayCorrectionError: it is not of that form, or the file has no such header.
    """
    columns = list(drafted)
    for correction in corrections:
        header, equals, target = correction.partition("=")
        places = [at for at, column in enumerate(columns) if column.header == header.strip()]
        if not equals or not places:
            raise StrayCorrectionError(correction, [column.header for column in columns])
        to = target.strip() or None
        columns = [replace(column, to=None) if to and column.to == to else column
                   for column in columns]
        columns[places[0]] = Mapped(header=columns[places[0]].header, nth=columns[places[0]].nth,
                                    to=to)
    return tuple(columns)


def saved_mappings(store: Store) -> dict[str, Mapping]:
    """Return the workspace's saved mappings by name."""
    return {name.rpartition(":")[2]: from_dict(body) for name, body in store.mappings().items()}


def chosen(asked: Path | str | Lookup[str, Any], saved: Lookup[str, Mapping]) -> Mapping:
    """Return the mapping that is meant: a body, a saved name, or a file.

    Raises:
        CaopanError: it is none of these, or names what does not exist.
    """
    if isinstance(asked, Lookup):
        return from_dict(asked)
    if str(asked) in saved:
        return saved[str(asked)]
    if not Path(asked).is_file():
        raise NoSuchFileError(Path(asked))
    return from_file(Path(asked))


def _reason(guess: object, language: Language) -> str | None:
    reason = getattr(guess, "reason", None)
    return reason.plain(language) if isinstance(reason, Text) else None


class NoSuchFileError(CaopanError):
    """Raised for a file that is not there."""

    def __init__(self, path: Path) -> None:
        """Name it."""
        super().__init__(Message(
            key="no_such_file", values={"path": str(path)},
            text=Text(zh="没有文件 {path}", en="no file {path}"),
            hint=Text(zh="检查路径；--mapping 也可以写已存映射的名字",
                      en="check the path; --mapping also takes the name of a saved mapping")))


class StrayCorrectionError(CaopanError):
    """Raised for a correction that fits no column."""

    def __init__(self, correction: str, headers: Sequence[str]) -> None:
        """Name the correction and the headers."""
        super().__init__(Message(
            key="stray_correction",
            values={"correction": correction, "headers": "、".join(headers)},
            text=Text(zh="“{correction}” 对不上文件里的列：{headers}",
                      en="{correction} fits no column of the file: {headers}"),
            hint=Text(zh="写成 表头=标准列，例如 --column 付款时间=paid_at",
                      en="write header=column, for example --column Date=paid_at")))
