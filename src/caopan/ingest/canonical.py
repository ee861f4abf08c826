"""Typed rows become canonical rows: types, required columns, nothing that cannot be true."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from caopan.facts.arrow import ARROW
from caopan.facts.schema import EXTRA_PREFIX, NULLABLE_REQUIRED, TABLES, Column, Kind
from caopan.ingest.chunk import Chunk
from caopan.ingest.complaint import complaint
from caopan.ingest.context import Context
from caopan.ingest.fault import Fault
from caopan.ingest.layout import LayoutMistakeError
from caopan.ingest.sense import sensible, shown
from caopan.ingest.typed import ROW

PAST = frozenset({
    ("sessions", "started_at"), ("orders", "paid_at"), ("orders", "created_at"),
    ("ad_spend", "starts_at"), ("videos", "published_at"), ("followers_daily", "day"),
})
"""Columns that cannot lie in the future."""
CURRENCY = "currency"


def canonical(chunk: Chunk, *, context: Context, headers: Mapping[str, str]) -> Chunk:
    """Return a chunk with canonical columns and types only, its refused rows left out.

    Args:
        chunk: rows as a layout shaped them.
        context: the file they come from.
        headers: the header as written that fills each column, for issues.

    Raises:
        LayoutMistakeError: the layout made a column that is neither canonical nor ``x_…``.
    """
    table = TABLES[chunk.table]
    strange = [name for name in chunk.rows.column_names
               if name != ROW and name not in table.names and not name.startswith(EXTRA_PREFIX)]
    if strange:
        message = f"layout {context.layout} made {strange}, not columns of {chunk.table}"
        raise LayoutMistakeError(message)
    rows = _with_currency(chunk, context)
    good = np.ones(rows.num_rows, dtype=bool)
    for column in table.columns:
        good &= _sound(rows, column, chunk, context, headers)
    rows = rows if good.all() else rows.filter(pa.array(good))
    true = sensible(rows, table=chunk.table, context=context, headers=headers)
    rows = rows if true.all() else rows.filter(pa.array(true))
    places = np.asarray(rows[ROW]) if ROW in rows.column_names else None
    return Chunk(table=chunk.table, derived=chunk.derived, rows=_cast(rows, chunk.table),
                 places=places)


def _with_currency(chunk: Chunk, context: Context) -> pa.Table:
    rows = chunk.rows
    if CURRENCY not in TABLES[chunk.table].names:
        return rows
    if CURRENCY not in rows.column_names:
        return rows.append_column(CURRENCY, pa.repeat(context.currency, rows.num_rows))
    filled = pc.fill_null(rows[CURRENCY], context.currency)
    return rows.set_column(rows.column_names.index(CURRENCY), CURRENCY, filled)


def _sound(rows: pa.Table, column: Column, chunk: Chunk, context: Context,
           headers: Mapping[str, str]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which rows have what this column demands; name the others."""
    good = np.ones(rows.num_rows, dtype=bool)
    present = column.name in rows.column_names
    if column.required and (chunk.table, column.name) not in NULLABLE_REQUIRED:
        lost = (np.asarray(rows[column.name].is_null()) if present
                else np.ones(rows.num_rows, dtype=bool))
        good &= _refused(lost, Fault.MISSING, rows, column, context, headers)
    if present and (chunk.table, column.name) in PAST:
        now = pa.scalar(context.options.now.astimezone(UTC), ARROW[Kind.INSTANT])
        moments = rows[column.name].cast(ARROW[Kind.INSTANT])
        late = np.asarray(pc.greater(moments, now).fill_null(fill_value=False))
        good &= _refused(late, Fault.FUTURE, rows, column, context, headers)
    return good


def _refused(bad: np.ndarray[tuple[int], np.dtype[np.bool_]], fault: Fault, rows: pa.Table,
             column: Column, context: Context,
             headers: Mapping[str, str]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    header = headers.get(column.name, column.name)
    for at in np.flatnonzero(bad):
        row = rows[ROW][at].as_py() if ROW in rows.column_names else None
        value = None
        if fault is Fault.FUTURE:
            value = shown(rows[column.name][at], zone=context.zone)
        context.problems.add(complaint(fault, value=value, expected=column.name),
                             row=row, column=header, value=value)
    return ~bad


def _cast(rows: pa.Table, table: str) -> pa.Table:
    """Return the columns in canonical order and type, extras behind them."""
    columns = {column.name: rows[column.name].cast(ARROW[column.kind])
               for column in TABLES[table].columns if column.name in rows.column_names}
    columns |= {name: rows[name].cast(pa.string()) for name in rows.column_names
                if name.startswith(EXTRA_PREFIX)}
    return pa.table(columns)
