"""Some rows of a file as its owner sees them: what a problem is shown in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from caopan.ingest.correction import Correction, Placed, corrected, placed
from caopan.ingest.described import Described
from caopan.ingest.found import Found
from caopan.ingest.grid import Block, Grid
from caopan.ingest.opening import grids
from caopan.ingest.problems import Problems

WIDTH = 80
"""Characters of one cell that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcerptRow:
    """One row of a file (行): its number as a spreadsheet shows it, and its cells as written."""

    sheet: str | None
    number: int
    cells: tuple[str, ...]


def excerpt(found: Found, *, parts: Collection[Described],
            rows: Collection[tuple[str | None, int]],
            corrections: Iterable[Correction] = ()) -> tuple[ExcerptRow, ...]:
    r"""Return rows of a file by (sheet, number), in their order; those it cannot give are left.

    The file is read only as far as the last of them; corrected cells are shown as corrected.

    >>> import io
    >>> file = Found(name="a", size=8, open=lambda: io.BytesIO(b"a,b\n1,2\n3,4\n"))
    >>> part = Described(sheet=None, header_row=1, headers=("a", "b"), table="orders",
    ...                  targets=(None, None), samples=((), ()))
    >>> excerpt(file, parts=[part], rows={(None, 3)})[0].cells
    ('3', '4')
    """
    if not rows:
        return ()
    known = {part.sheet: part for part in parts}
    shown: list[ExcerptRow] = []
    said = tuple(corrections)
    for grid in grids(found):
        asked = sorted(number for sheet, number in rows if sheet == grid.sheet)
        if asked and grid.sheet in known:
            part = known[grid.sheet]
            mended = placed(said, file=found.name, sheet=grid.sheet, headers=part.headers)
            shown += _picked(grid, part, asked, mended)
    return tuple(shown)


def cell(found: Found, *, part: Described, row: int, at: int) -> str | None:
    r"""Return one cell of a file as it is written; None where the file has no such row.

    >>> import io
    >>> file = Found(name="a", size=8, open=lambda: io.BytesIO(b"a,b\n1,2\n3,4\n"))
    >>> part = Described(sheet=None, header_row=1, headers=("a", "b"), table="orders",
    ...                  targets=(None, None), samples=((), ()))
    >>> cell(file, part=part, row=3, at=1), cell(file, part=part, row=9, at=1)
    ('4', None)
    """
    for grid in grids(found):
        if grid.sheet != part.sheet:
            continue
        for block in grid.blocks(after=part.header_row, width=len(part.headers),
                                 problems=Problems(file="")):
            places = (block.rows == row).nonzero()[0]
            if len(places):
                return (block.columns[at].shown(int(places[0])) or ""
                        if at < len(block.columns) else "")
    return None


def _picked(grid: Grid, part: Described, asked: list[int],
            mended: Sequence[Placed]) -> list[ExcerptRow]:
    picked: list[ExcerptRow] = []
    left = set(asked)
    for block in grid.blocks(after=part.header_row, width=len(part.headers),
                             problems=Problems(file="")):
        if not len(block.rows):
            continue
        block = corrected(block, mended)  # noqa: PLW2901 - the same rows as they are read
        first, last = int(block.rows[0]), int(block.rows[-1])
        for number in sorted(each for each in left if first <= each <= last):
            left.discard(number)
            cells = _cells(block, number)
            if cells is not None:
                picked.append(ExcerptRow(sheet=grid.sheet, number=number, cells=cells))
        if not left or last >= asked[-1]:
            break
    return picked


def _cells(block: Block, number: int) -> tuple[str, ...] | None:
    places = (block.rows == number).nonzero()[0]
    if not len(places):
        return None
    return tuple((cells.shown(int(places[0])) or "")[:WIDTH] for cells in block.columns)
