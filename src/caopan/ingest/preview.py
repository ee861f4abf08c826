"""What a person sees before mapping a file: its first rows and a guess for each column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from caopan.facts.schema import TABLES
from caopan.ingest.catalogue import layouts
from caopan.ingest.fit import Fit
from caopan.ingest.found import Found, on_disk
from caopan.ingest.grid import Grid
from caopan.ingest.guess import Guess, guesses, guesses_near
from caopan.ingest.header import guessed
from caopan.ingest.layout import Layout
from caopan.ingest.mapping import Mapped, Mapping
from caopan.ingest.messages import refusal
from caopan.ingest.opening import grids
from caopan.ingest.recognise import Recognised, nearest, recognise

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
    near: Fit | None = None
    """The layout that the table nearly follows: the guesses are its names for the columns."""
    sheets: tuple[str, ...] = ()
    """Every sheet of the workbook; none for a file without sheets."""

    def draft(self, *, name: str) -> Mapping:
        """Return the mapping that the guesses make, to be corrected by a person.

        Raises:
            BadMappingError: no column was guessed at all.
        """
        return Mapping(name=name, table=self.table, columns=self.drafted(),
                       based_on=self.based_on)

    @property
    def based_on(self) -> str | None:
        """Return the name of the layout that a mapping of this table stands on."""
        return self.near.layout.name if self.near else None

    def drafted(self) -> tuple[Mapped, ...]:
        """Return the guesses as columns of a mapping; possibly none of them is filled."""
        return tuple(Mapped(header=each.header, to=each.to, nth=each.nth,
                            read=None if self.near else _read(each)) for each in self.guesses)


def preview(path: Path | Found, *, table: str | None = None, sheet: str | None = None,
            own: Sequence[Layout] = ()) -> Preview:
    """Return the first rows of a file and what its columns probably are.

    Args:
        path: the file.
        table: the canonical table, where the operator named it; None: the layout that it nearly
            follows, else the table that its columns fit best.
        sheet: the sheet of a workbook; None: the first that nobody knows, else its first.
        own: layouts of mappings that were saved.

    Raises:
        FileRefusedError: the file is no table, has no header, no such sheet, or there is no such
            canonical table.
    """
    if table is not None and table not in TABLES:
        raise refusal(key="unknown_table", table=table, known=", ".join(TABLES))
    found = path if isinstance(path, Found) else on_disk(path)
    every = grids(found)
    grid = _chosen(every, sheet, [*own, *layouts()])
    near = nearest(grid, layouts=layouts()) if table is None else None
    header = near.header if near else guessed(grid.head)
    if header is None:
        raise refusal(key="no_header", rows=len(grid.head))
    rows = tuple(tuple(row) for row in grid.head[header.row:header.row + ROWS])
    named = tuple(name for name in header.names if name)
    kept = [at for at, name in enumerate(header.names) if name]
    picked = [[row[at] if at < len(row) else "" for at in kept] for row in rows]
    chosen, found_guesses = ((near.layout.table, guesses_near(near)) if near
                             else guesses(named, picked, table=table))
    return Preview(file=found.name, sheet=grid.sheet, form=grid.form, header_row=header.row,
                   headers=named, rows=tuple(map(tuple, picked)), table=chosen,
                   guesses=found_guesses, near=near,
                   sheets=tuple(each.sheet for each in every if each.sheet is not None))


def _chosen(every: Sequence[Grid], sheet: str | None, known: Sequence[Layout]) -> Grid:
    """Return the table to show: the one that is asked for, else the first that nobody knows."""
    if sheet is not None:
        every = [grid for grid in every if grid.sheet == sheet]
        if not every:
            raise refusal(key="no_such_sheet", sheet=sheet)
    if not every:
        raise refusal(key="empty_file")
    if len(every) == 1:
        return every[0]
    return next((grid for grid in every
                 if not isinstance(recognise(grid, layouts=known, file=""), Recognised)
                 and guessed(grid.head) is not None), every[0])


def _read(each: Guess) -> str | None:
    """Return the reader a duration needs, by the unit its header names."""
    if each.to not in {"duration_seconds", "avg_watch_seconds"}:
        return None
    name = each.header.lower()
    for reader, words in (("minutes", ("分钟", "minute", "(min")), ("hours", ("小时", "hour"))):
        if any(word in name for word in words):
            return reader
    return "words_duration"
