"""Rows of a text table that hold more than one row: cells beyond the header, swallowed lines."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from caopan.ingest.grid import Block
from caopan.ingest.marks import holds
from caopan.ingest.messages import message
from caopan.ingest.problems import Problems

_FEWEST = 2
"""Separators from which a line inside a cell is taken for a swallowed row."""
_MOST = 200


def whole_rows(block: Block, *, width: int, separator: str, problems: Problems) -> Block:
    r"""Return the rows that are one row each; the others become problems.

    A row with a value beyond the ``width`` columns of the header is refused, and so is one whose
    cell holds lines as wide as a row: a quote before them is not closed.

    >>> from caopan.ingest.cells import Cells
    >>> cells = [Cells(length=2, texts=pa.array(column)) for column in (["1", "2"], ["", "x"])]
    >>> found = Problems(file="f")
    >>> whole_rows(Block(columns=tuple(cells), rows=np.array([2, 3])), width=1, separator=",",
    ...            problems=found).rows.tolist()
    [2]
    >>> found.issues[0].row
    3
    """
    beyond = np.zeros(len(block.rows), dtype=np.int64)
    for place, cells in enumerate(block.columns[width:], start=width + 1):
        beyond = np.where(cells.nothing(), beyond, place)
    for at in np.flatnonzero(beyond).tolist():
        problems.add(message("row_width", found=int(beyond[at]), expected=width),
                     row=int(block.rows[at]), value=_shown(block, at, separator))
    bad = (beyond > 0) | _swallowing(block, width, separator, problems)
    if not bad.any():
        return block
    kept = pa.array(~bad)
    return replace(block, columns=tuple(cells.only(kept) for cells in block.columns),
                   rows=block.rows[~bad])


def _swallowing(block: Block, width: int, separator: str,
                problems: Problems) -> npt.NDArray[np.bool_]:
    """Return which rows have a cell with lines as wide as a row in it, and name them."""
    found = np.zeros(len(block.rows), dtype=bool)
    marks = min(width - 1, _MOST)
    if marks < _FEWEST:
        return found
    mark = re.escape(separator)
    row = f"[\r\n](?:[^{mark}\r\n]*{mark}){{{marks}}}"
    for cells in block.columns:
        if cells.texts is None or not holds(cells.texts, b"\n"):
            continue
        here = np.asarray(pc.match_substring_regex(cells.texts, row).fill_null(fill_value=False))
        for at in np.flatnonzero(here & ~found).tolist():
            text = cells.texts[at].as_py()
            problems.add(message("unclosed_quote", lines=len(text.rstrip().splitlines()) - 1),
                         row=int(block.rows[at]), value=text)
        found |= here
    return found


def _shown(block: Block, at: int, separator: str) -> str:
    return separator.join(cells.shown(at) or "" for cells in block.columns)
