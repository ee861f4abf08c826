"""A stretch of rows read into typed columns; rows with a bad cell are named and left out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from caopan.ingest.cells import Cells
from caopan.ingest.column import Reader, read
from caopan.ingest.complaint import complaint
from caopan.ingest.context import Context
from caopan.ingest.fault import Codes, Fault
from caopan.ingest.grid import Block
from caopan.ingest.moment import Calendar
from caopan.ingest.problems import MOST
from caopan.ingest.settle import Bound

ROW = "_row"
"""The column that carries each row's number in the file."""


def typed(block: Block, *, bound: Sequence[Bound], context: Context, calendar: Calendar,
          constants: Sequence[tuple[str, str]] = ()) -> pa.Table:
    """Return the rows as typed columns named by ``Field.to``, with ``_row``.

    Rows with a bad cell are dropped, with an issue for each bad cell.
    """
    columns: dict[str, pa.Array] = {}
    good = np.ones(len(block.rows), dtype=bool)
    many = any(how.name == "currency" for how, _ in bound)
    for how, at in bound:
        if how.field.to is None:
            continue
        cells = _cells(block, at)
        values, codes = read(cells, how=how, calendar=calendar, salt=context.options.salt,
                             currency=None if many else context.currency)
        columns[how.field.to] = values
        bad = codes > 0
        if bad.any():
            good &= ~bad
            _complain(cells, codes, how, block.rows, context)
    columns[ROW] = pa.array(block.rows)
    table = pa.table(columns)
    for name, value in constants:
        table = table.append_column(name, pa.repeat(pa.scalar(value, pa.string()),
                                                    table.num_rows))
    return table if good.all() else table.filter(pa.array(good))


def _cells(block: Block, at: int) -> Cells:
    """Return a column; one that the rows never reach is blank."""
    if at < len(block.columns):
        return block.columns[at]
    return Cells(length=len(block.rows))


def _complain(cells: Cells, codes: Codes, how: Reader, rows: npt.NDArray[np.int64],
              context: Context) -> None:
    """Name every bad cell, the first thousand of a kind one by one."""
    for code in np.unique(codes[codes > 0]):
        fault, header = Fault(code), how.field.header
        places = np.flatnonzero(codes == code)
        expected = context.currency if fault is Fault.OTHER_CURRENCY else ", ".join(how.choices)
        for at in places[:MOST + 1]:
            value = cells.shown(int(at))
            shown = value[:40] if fault is Fault.TOO_LONG and value else value
            context.problems.add(complaint(fault, value=shown, expected=expected),
                                 row=int(rows[at]), column=header, value=shown)
        if len(places) > MOST + 1:
            context.problems.more(complaint(fault, value=None), count=len(places) - MOST - 1,
                                  column=header)
