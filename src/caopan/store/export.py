# ruff: noqa: S608 - every name and path is quoted by sql.py
"""Export (导出): everything as canonical tables that can be imported again without loss."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import duckdb

from caopan.facts.schema import TABLES, Kind, Table
from caopan.store.csv_text import canonical_field, header, line, text_field
from caopan.store.current import State, current_sql
from caopan.store.extras import pointer
from caopan.store.sql import identifier, literal, names
from caopan.store.stored import EXTRA
from caopan.units.message import CaopanError, Message, Text
from caopan.units.money import MINOR_DIGITS

BATCH_ROWS = 50_000


class Format(StrEnum):
    """How a canonical table is written."""

    CSV = "csv"
    PARQUET = "parquet"


def export(connection: duckdb.DuckDBPyConnection, now_true: State, *, root: Path, to: Path,
           form: Format = Format.CSV) -> dict[str, int]:
    """Write every table that has rows into a folder and return the number of rows of each.

    Rows are sorted by key, so that equal facts give equal files. Each file appears whole or not
    at all.

    Raises:
        StaleExportError: the folder holds canonical tables that this export would not replace.
    """
    counts = {name: _count(connection, table, now_true, root) for name, table in TABLES.items()}
    wanted = {name: rows for name, rows in counts.items() if rows}
    to.mkdir(parents=True, exist_ok=True)
    _refuse_stale(to, {f"{name}.{form}" for name in wanted})
    for name in wanted:
        table = TABLES[name]
        source = current_sql(table, now_true.files(name), root=root, connection=connection)
        partial = to / f".{name}.{form}.partial"
        extras = _extras(connection, source)
        if form is Format.CSV:
            _write_csv(connection, table, source, extras, partial)
        else:
            _write_parquet(connection, table, source, extras, partial)
        partial.replace(to / f"{name}.{form}")
    return wanted


def _count(connection: duckdb.DuckDBPyConnection, table: Table, now_true: State,
           root: Path) -> int:
    source = current_sql(table, now_true.files(table.name), root=root, connection=connection)
    return int(connection.execute(f"SELECT count(*) FROM ({source})").fetchall()[0][0])


def _extras(connection: duckdb.DuckDBPyConnection, source: str) -> list[str]:
    """Return the names of the extra columns that any row has, sorted."""
    rows = connection.execute(
        f"SELECT DISTINCT unnest(json_keys({EXTRA})) AS name FROM ({source}) "
        f"WHERE {EXTRA} IS NOT NULL ORDER BY name").fetchall()
    return [name for (name,) in rows]


def _write_csv(connection: duckdb.DuckDBPyConnection, table: Table, source: str,
               extras: list[str], file: Path) -> None:
    fields = [canonical_field(column) for column in table.columns]
    fields += [text_field(_extra(name)) for name in extras]
    lines = connection.sql(f"SELECT {line(fields)} AS line FROM ({source}) "
                           f"ORDER BY {names(table.key)}")
    with file.open("wb") as out:
        out.write(header([*table.names, *extras]).encode())
        for batch in lines.to_arrow_reader(BATCH_ROWS):
            out.write("".join(batch.column(0).to_pylist()).encode())


def _write_parquet(connection: duckdb.DuckDBPyConnection, table: Table, source: str,
                   extras: list[str], file: Path) -> None:
    columns = [_major(column.name) if column.kind is Kind.MONEY else identifier(column.name)
               for column in table.columns]
    columns += [f"{_extra(name)} AS {identifier(name)}" for name in extras]
    connection.execute(f"COPY (SELECT {', '.join(columns)} FROM ({source}) "
                       f"ORDER BY {names(table.key)}) TO {literal(file.as_posix())} "
                       f"(FORMAT parquet, COMPRESSION zstd)")


def _extra(name: str) -> str:
    return f"json_extract_string({EXTRA}, {literal(pointer(name))})"


def _major(name: str) -> str:
    """Return minor units as an exact decimal in major ones."""
    unit = f"CAST(0.01 AS DECIMAL({MINOR_DIGITS + 1}, {MINOR_DIGITS}))"
    return f"CAST({identifier(name)} AS DECIMAL(19, 0)) * {unit} AS {identifier(name)}"


def _refuse_stale(to: Path, written: set[str]) -> None:
    canonical = {f"{name}.{form}" for name in TABLES for form in Format}
    stale = sorted(path.name for path in to.iterdir() if path.name in canonical - written)
    if stale:
        raise StaleExportError(to, stale)


class StaleExportError(CaopanError):
    """Raised when a folder holds canonical tables that an export would leave beside its own."""

    def __init__(self, to: Path, stale: list[str]) -> None:
        """Name the folder and the files."""
        super().__init__(Message(
            key="stale_export",
            text=Text(zh="文件夹 {folder} 里已有 {files}，会和这次导出的表混在一起",
                      en="the folder {folder} holds {files}, which would mix with this export"),
            values={"folder": str(to), "files": ", ".join(stale)},
            hint=Text(zh="换一个空文件夹，或先移走这些文件",
                      en="choose an empty folder, or move those files away first"),
        ))
