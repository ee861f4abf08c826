"""What a person sees before mapping a file: its first rows and a guess for each column."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from caopan.facts.schema import TABLES
from caopan.ingest.found import Found, on_disk
from caopan.ingest.guess import Guess, guesses
from caopan.ingest.header import guessed
from caopan.ingest.mapping import Mapped, Mapping
from caopan.ingest.messages import refusal
from caopan.ingest.opening import grids

ROWS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The first rows of a table (预览), and a draft of its mapping."""

    file: str
    sheet: str | None
    form: str
    header_row: int
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    table: str
    guesses: tuple[Guess, ...]

    def draft(self, *, name: str) -> Mapping:
        """Return the mapping that the guesses make, to be corrected by a person.

        Raises:
            BadMappingError: no column was guessed at all.
        """
        return Mapping(name=name, table=self.table, columns=self.drafted())

    def drafted(self) -> tuple[Mapped, ...]:
        """Return the guesses as columns of a mapping; possibly none of them is filled."""
        return tuple(Mapped(header=each.header, to=each.to, nth=each.nth, read=_read(each))
                     for each in self.guesses)


def preview(path: Path | Found, *, table: str | None = None, sheet: str | None = None) -> Preview:
    """Return the first rows of a file and what its columns probably are.

    Args:
        path: the file.
        table: the canonical table, where the operator named it.
        sheet: the sheet of a workbook; None: its first.

    Raises:
        FileRefusedError: the file is no table, has no header, or there is no such canonical table.
    """
    if table is not None and table not in TABLES:
        raise refusal(key="unknown_table", table=table, known=", ".join(TABLES))
    found = path if isinstance(path, Found) else on_disk(path)
    every = [grid for grid in grids(found) if sheet in {None, grid.sheet}]
    if not every:
        raise refusal(key="empty_file")
    grid = every[0]
    header = guessed(grid.head)
    if header is None:
        raise refusal(key="no_header", rows=len(grid.head))
    rows = tuple(tuple(row) for row in grid.head[header.row:header.row + ROWS])
    named = tuple(name for name in header.names if name)
    kept = [at for at, name in enumerate(header.names) if name]
    picked = [[row[at] if at < len(row) else "" for at in kept] for row in rows]
    chosen, found_guesses = guesses(named, picked, table=table)
    return Preview(file=found.name, sheet=grid.sheet, form=grid.form, header_row=header.row,
                   headers=named, rows=tuple(map(tuple, picked)), table=chosen,
                   guesses=found_guesses)


def _read(each: Guess) -> str | None:
    """Return the reader a duration needs, by the unit its header names."""
    if each.to not in {"duration_seconds", "avg_watch_seconds"}:
        return None
    name = each.header.lower()
    for reader, words in (("minutes", ("分钟", "minute", "(min")), ("hours", ("小时", "hour"))):
        if any(word in name for word in words):
            return reader
    return "words_duration"
