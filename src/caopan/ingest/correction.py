"""A correction (更正): what a person wrote in place of a cell; the file itself stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow.compute as pc

from caopan.ingest.cells import Cells
from caopan.ingest.grid import Block
from caopan.ingest.header import folded

HIDDEN = "•••"
"""What is told of a cell about a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One cell of one file: what stands there, and what is read instead.

    ``column`` is the header as written, ``row`` the number as a spreadsheet shows it, ``new`` is
    empty for an empty cell. ``alike``: every cell of the column that says ``old`` is meant.
    """

    file: str
    sheet: str | None = None
    row: int
    column: str
    old: str
    new: str
    alike: bool = False
    private: bool = False
    """Whether the cell is about a person: then neither value is ever kept with the import."""

    def document(self) -> dict[str, object]:
        """Return the correction as a JSON row; what is about a person is not told."""
        hidden = HIDDEN if self.private else None
        return {"file": self.file, "sheet": self.sheet, "row": self.row, "column": self.column,
                "old": hidden or self.old, "new": hidden or self.new, "alike": self.alike}


Placed = tuple[Correction, int]
"""A correction, and where its column stands (0-based)."""


def placed(corrections: Iterable[Correction], *, file: str, sheet: str | None,
           headers: Sequence[str]) -> tuple[Placed, ...]:
    """Return the corrections of one table with the places of their columns.

    >>> one = Correction(file="a.csv", row=2, column="GMV", old="x", new="1")
    >>> placed([one], file="a.csv", sheet=None, headers=["id", "gmv"])[0][1]
    1
    """
    found = []
    for each in corrections:
        if (each.file, each.sheet) == (file, sheet):
            at = place(each.column, headers=headers)
            found += [] if at is None else [(each, at)]
    return tuple(found)


def place(column: str, *, headers: Sequence[str]) -> int | None:
    """Return where a column stands; None where no header, or more than one, is called so.

    >>> place("GMV", headers=["id", "gmv"]), place("a", headers=["a", "A"])
    (1, None)
    """
    places = [at for at, header in enumerate(headers) if folded(header) == folded(column)]
    return places[0] if len(places) == 1 else None


def corrected(block: Block, corrections: Sequence[Placed]) -> Block:
    """Return the rows with the corrected cells in the place of what the file says.

    >>> import pyarrow as pa
    >>> cells = Cells(length=2, texts=pa.array(["x", "3"]))
    >>> one = Correction(file="a", row=5, column="n", old="x", new="7")
    >>> corrected(Block(columns=(cells,), rows=np.array([5, 6])), [(one, 0)]).columns[0].shown(0)
    '7'
    """
    columns = list(block.columns)
    for each, at in corrections:
        if at >= len(columns):
            continue
        where = np.asarray(block.rows == each.row)
        if each.alike:
            where = where | _saying(columns[at], each.old)
        if where.any():
            columns[at] = columns[at].rewritten(where, each.new)
    return replace(block, columns=tuple(columns))


def _saying(cells: Cells, text: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    if cells.texts is None:
        return np.zeros(cells.length, dtype=bool)
    same = pc.equal(pc.utf8_trim_whitespace(cells.texts), text.strip())
    return np.asarray(same.fill_null(fill_value=False))
