"""A grid (表格): rows and columns of a file, whatever its form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from caopan.ingest.cells import Cells
from caopan.ingest.problems import Problems

HEAD_ROWS = 40
"""Rows looked through for the header."""
STRETCH = 100_000
"""Rows held at once, about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of rows below the header: one ``Cells`` a column, and the rows' own numbers.

    ``rows`` has shape (n,), int64, 1-based as a spreadsheet shows them, ascending. ``share`` says
    how much of the table is read with these rows, 0-1.
    """

    columns: tuple[Cells, ...]
    rows: npt.NDArray[np.int64]
    share: float = 0.0


def full(block: Block) -> Block:
    """Return the rows that hold anything.

    >>> cells = Cells(length=2, texts=pa.array(["a", " "]))
    >>> full(Block(columns=(cells,), rows=np.array([2, 3]))).rows.tolist()
    [2]
    """
    empty = np.ones(len(block.rows), dtype=bool)
    for cells in block.columns:
        empty &= cells.nothing()
        if not empty.any():
            return block
    kept = pa.array(~empty)
    return replace(block, columns=tuple(cells.only(kept) for cells in block.columns),
                   rows=block.rows[~empty])


def padded(block: Block, *, width: int) -> Block:
    """Return rows of at least ``width`` columns: those that the rows never reach are blank.

    >>> cells = Cells(length=1, texts=pa.array(["a"]))
    >>> [each.shown(0) for each in padded(Block(columns=(cells,), rows=np.array([2])),
    ...                                   width=2).columns]
    ['a', None]
    """
    short = width - len(block.columns)
    if short <= 0:
        return block
    return replace(block, columns=block.columns + (Cells(length=len(block.rows)),) * short)


class Grid(Protocol):
    """One table of a file: a CSV, one sheet of a workbook, a Parquet file."""

    @property
    def sheet(self) -> str | None:
        """Return the sheet's name; None where the file has no sheets."""

    @property
    def form(self) -> str:
        """Return what the file is, in a word or two: ``CSV, gb18030``."""

    @property
    def head(self) -> list[list[str]]:
        """Return the first rows as texts, at most ``HEAD_ROWS``."""

    def blocks(self, *, after: int, width: int, problems: Problems) -> Iterator[Block]:
        """Return the rows below row ``after``, ``width`` columns wide; may be asked again."""
