# ruff: noqa: S608 - every name and path is quoted by sql.py
"""Write a batch's rows as Parquet: a file a month, sorted by time, durable before it counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from caopan.facts.schema import Table
from caopan.store import monthly
from caopan.store.monthly import ROW_GROUP, UNDATED
from caopan.store.sql import identifier, literal, names
from caopan.store.stored import BATCH, BUSINESS_OFFSET, ROW, content
from caopan.store.workspace_folder import sync

GROUP_ROWS = 1_000_000
"""Rows sorted together; small months are sorted as one, and the source is read less often."""
LARGE = 20
"""A month with one row in so many of all is sorted alone: that costs less than the second copy."""
ROWS_FILE = "rows.parquet"
SUPERSEDED_FILE = "superseded.parquet"
DAY = 86_400_000_000
"""Microseconds of one day."""

_FORMAT = ("FORMAT parquet, PARQUET_VERSION V2, COMPRESSION zstd, COMPRESSION_LEVEL 1, "
           f"ROW_GROUP_SIZE {ROW_GROUP}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Month:
    """The rows of one business month: how many, and the SQL condition that picks them."""

    label: str
    rows: int
    low: int | None
    high: int | None

    def condition(self, column: str) -> str:
        return _between(column, self.low, self.high)


def write_rows(connection: duckdb.DuckDBPyConnection, table: Table, *, fresh: str, batch: int,
               folder: Path) -> tuple[Path, ...]:
    """Write the rows of a SELECT and return the files; none for no rows.

    The SELECT has the columns that hold values, the key, the date and the row number. Other
    columns are not written: reading states the types, and what a file lacks is null.
    A dated table gets one file a business month (Asia/Shanghai), sorted by its date; any other
    one file, sorted by its key.
    """
    present = {column for column, *_ in connection.execute(f"DESCRIBE {fresh}").fetchall()}
    held = names(name for name in content(table) if name in present)
    select = f"SELECT {held}, {batch:d}::BIGINT AS {BATCH}, {ROW} FROM"
    if table.dated_by is None:
        return _write_whole(connection, table, select=f"{select} ({fresh})", folder=folder)
    files: list[Path] = []
    order = f"ORDER BY {identifier(table.dated_by)}, {ROW}"
    for group in _groups(_months(connection, table, fresh)):
        picked = _between(identifier(table.dated_by), group[0].low, group[-1].high)
        source = f"SELECT * FROM ({fresh}) WHERE {picked} {order}"
        if len(group) > 1:
            connection.execute(f"CREATE OR REPLACE TEMP TABLE sorted_rows AS {source}")
            source = "SELECT * FROM sorted_rows"
        for month in group:
            file = folder / f"month={month.label}" / ROWS_FILE
            part = source if len(group) == 1 else (
                f"{source} WHERE {month.condition(identifier(table.dated_by))}")
            files.append(_copy(connection, f"{select} ({part})", file))
    connection.execute("DROP TABLE IF EXISTS sorted_rows")
    return tuple(files)


def write_held(table: Table, rows: pa.Table, *, batch: int, folder: Path) -> tuple[Path, ...]:
    """Write rows that memory holds, all of them fresh, as ``write_rows`` would.

    ``rows`` must be what ``monthly.writable`` accepts.
    """
    def place(label: str) -> Path:
        file = folder / f"month={label}" / ROWS_FILE
        file.parent.mkdir(parents=True, exist_ok=True)
        return file

    files = monthly.write(table, rows, batch=batch, place=place)
    for file in files:
        _make_durable(file)
    return files


def write_superseded(connection: duckdb.DuckDBPyConnection, *, superseded: str,
                     folder: Path) -> Path:
    """Write which earlier rows (batch, row) no longer count and return the file."""
    return _copy(connection, superseded, folder / SUPERSEDED_FILE)


def _write_whole(connection: duckdb.DuckDBPyConnection, table: Table, *, select: str,
                 folder: Path) -> tuple[Path, ...]:
    found = connection.execute(f"SELECT 1 FROM ({select}) LIMIT 1").fetchone()
    if found is None:
        return ()
    source = f"{select} ORDER BY {names(table.key)}"
    return (_copy(connection, source, folder / ROWS_FILE),)


def _months(connection: duckdb.DuckDBPyConnection, table: Table, fresh: str) -> list[_Month]:
    """Return the months of the rows in order, those without a date first; days are named once."""
    moment = f"epoch_us({identifier(table.dated_by or '')})"
    days = (f"SELECT count(*) AS n, min(moment) AS low, max(moment) AS high "
            f"FROM (SELECT {moment} AS moment FROM ({fresh})) "
            f"GROUP BY (moment + {BUSINESS_OFFSET}) // {DAY}, moment + {BUSINESS_OFFSET} < 0")
    rows = connection.execute(
        f"SELECT coalesce(strftime(make_timestamp(low + {BUSINESS_OFFSET}), '%Y-%m'), "
        f"{literal(UNDATED)}), sum(n)::BIGINT, min(low), max(high) "
        f"FROM ({days}) GROUP BY 1 ORDER BY 3 NULLS FIRST").fetchall()
    return [_Month(label=label, rows=n, low=low, high=high) for label, n, low, high in rows]


def _groups(months: Sequence[_Month]) -> Iterator[list[_Month]]:
    """Yield large months alone, and runs of small ones of at most ``GROUP_ROWS`` rows."""
    total = sum(month.rows for month in months)
    group: list[_Month] = []
    for month in months:
        full = sum(held.rows for held in group) + month.rows > GROUP_ROWS
        alone = max(month.rows, group[-1].rows if group else 0) * LARGE >= total
        if group and (full or alone or group[-1].low is None):
            yield group
            group = []
        group.append(month)
    if group:
        yield group


def _between(column: str, low: int | None, high: int | None) -> str:
    if low is None or high is None:
        return f"{column} IS NULL"
    return f"{column} BETWEEN make_timestamptz({low:d}) AND make_timestamptz({high:d})"


def _copy(connection: duckdb.DuckDBPyConnection, select: str, file: Path) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    connection.execute(f"COPY ({select}) TO {literal(file.as_posix())} ({_FORMAT})")
    _make_durable(file)
    return file


def _make_durable(file: Path) -> None:
    for path in (file, file.parent, file.parent.parent):
        sync(path)
