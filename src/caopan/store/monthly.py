"""Rows that memory holds become Parquet files: one a business month, sorted by their date."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from caopan.facts.schema import Table
from caopan.store.staging import staged_schema
from caopan.store.stored import BATCH, BUSINESS_OFFSET, ROW, content

UNDATED = "none"
"""The month of rows without a date: an unpaid order."""
ROW_GROUP = 122_880
WRITERS = 2
"""Months written at a time."""

_YEARS = (-30_610_224_000_000_000, 253_370_764_800_000_000)
"""Microseconds between which a month has a year of four digits, whatever the calendar's rules."""
_SAMPLE = 1_000
_FEW = 100
"""Distinct texts of a sample up to which a column is written as a dictionary."""
_SECOND = 1_000_000

Moments = npt.NDArray[np.int64]
Order = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The rows of one business month, in order: ``order`` are their places, shape (n,)."""

    label: str
    order: Order


def writable(table: Table, rows: pa.Table) -> bool:
    """Return whether ``write`` can write the rows of a table: they are dated as people date.

    >>> from caopan.facts.schema import TABLES
    >>> writable(TABLES["orders"], pa.table({"order_id": ["a"]}))
    True
    """
    if table.dated_by is None:
        return False
    dates = _dates(table, rows)
    if dates.null_count == len(dates):
        return True
    ends = pc.min_max(dates).as_py()
    return bool(_YEARS[0] <= ends["min"] and ends["max"] < _YEARS[1])


def write(table: Table, rows: pa.Table, *, batch: int,
          place: Callable[[str], Path]) -> tuple[Path, ...]:
    """Write rows, in the order in which they came, and return the files, month by month.

    Args:
        table: a dated table.
        rows: what ``writable`` accepts; columns without any value may be missing.
        batch: the batch that brings them.
        place: the file of a month, by its label; its folder is there.
    """
    schema = staged_schema(table)
    needed = {*rows.column_names, *table.key, table.dated_by}
    whole = [name for name in content(table) if name in needed]
    columns = {name: _compact(rows[name]) if name in rows.column_names
               else pa.nulls(rows.num_rows, schema.field(name).type) for name in [*whole, ROW]}

    def written(month: Month) -> Path:
        file = place(month.label)
        picked = {name: _picked(column, month.order) for name, column in columns.items()}
        number = picked.pop(ROW)
        same = pa.repeat(pa.scalar(batch, pa.int64()), len(month.order))
        _write(pa.table(picked | {BATCH: same, ROW: number}), file)
        return file

    with ThreadPoolExecutor(WRITERS) as pool:
        return tuple(pool.map(written, months(_dates(table, rows))))


def months(dates: pa.Array) -> Iterator[Month]:
    """Yield the business months (Asia/Shanghai) of moments in order, those without one first.

    Args:
        dates: microseconds since 1970 in UTC, shape (n,), null where there is no date.

    >>> found = months(pa.array([86_400_000_000, None, 0]))
    >>> [(month.label, month.order.tolist()) for month in found]
    [('none', [1]), ('1970-01', [2, 0])]
    """
    undated = np.flatnonzero(np.asarray(dates.is_null()))
    if len(undated):
        yield Month(label=UNDATED, order=undated)
    dated = np.flatnonzero(np.asarray(dates.is_valid()))
    if not len(dated):
        return
    moments = dates.drop_null().to_numpy()
    order = _sorted(moments)
    local = (moments[order] + BUSINESS_OFFSET).astype("datetime64[us]").astype("datetime64[M]")
    starts = [0, *(np.flatnonzero(local[1:] != local[:-1]) + 1).tolist(), len(local)]
    for start, end in pairwise(starts):
        yield Month(label=str(local[start]), order=dated[order[start:end]])


def _dates(table: Table, rows: pa.Table) -> pa.Array:
    """Return the microseconds of each row's date, shape (n,)."""
    name = table.dated_by or ""
    if name not in rows.column_names:
        return pa.nulls(rows.num_rows, pa.int64())
    return _one(rows[name].cast(pa.timestamp("us")).cast(pa.int64()))


def _sorted(moments: Moments) -> Order:
    """Return the places of moments in their order, equal ones as they came.

    Where a moment and its place fit into one number, numbers are sorted: several times faster.
    """
    if (moments[1:] >= moments[:-1]).all():
        return np.arange(len(moments))
    unit = 1 if (moments % _SECOND).any() else _SECOND
    low, n = int(moments.min()), len(moments)
    if ((int(moments.max()) - low) // unit + 1) * n >= np.iinfo(np.int64).max:
        return np.argsort(moments, kind="stable")
    packed = (moments - low) // unit * n + np.arange(n)
    packed.sort()
    return packed % n


def _compact(column: pa.ChunkedArray) -> pa.Array:
    """Return a column in one piece, text of few values as a dictionary."""
    one = _one(column)
    if pa.types.is_string(one.type) and len(one[:_SAMPLE].unique()) <= min(_FEW, len(one) // 2):
        return one.dictionary_encode()
    return one


def _one(column: pa.ChunkedArray) -> pa.Array:
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)


def _picked(column: pa.Array, order: Order) -> pa.Array:
    return column.take(pa.array(order))


def _write(rows: pa.Table, file: Path) -> None:
    kinds = {field.name: field.type for field in rows.schema}
    whole = {name for name, kind in kinds.items()
             if pa.types.is_integer(kind) or pa.types.is_temporal(kind)}
    pq.write_table(
        rows, file, row_group_size=ROW_GROUP, compression="zstd", compression_level=1,
        store_schema=False, column_encoding=dict.fromkeys(whole, "DELTA_BINARY_PACKED"),
        use_dictionary=[name for name, kind in kinds.items() if pa.types.is_dictionary(kind)])
