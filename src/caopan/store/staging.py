"""Rows on their way in: checked against the schema and parked on disk, chunk by chunk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from caopan.facts.schema import EXTRA_PREFIX, NULLABLE_REQUIRED, TABLES, Column, Table
from caopan.store.extras import folded
from caopan.store.stored import ARROW, ROW, staged_schema
from caopan.units.message import CaopanError, Message, Text

BUFFER_ROWS = 120_000
"""Rows of one table held in memory before they go to disk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """The parked rows of one table; each file exists only where it has rows."""

    primary: Path | None
    derived: Path | None
    dropped: tuple[tuple[int, int], ...] = ()
    """Half-open ranges of row numbers that were taken back after they were parked."""


@dataclass(slots=True, kw_only=True)
class Staging:
    """The parking place of one import; rows keep the order in which they came."""

    folder: Path
    _counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _buffers: dict[tuple[str, bool], list[pa.Table]] = field(
        default_factory=lambda: defaultdict(list))
    _waiting: dict[tuple[str, bool], int] = field(default_factory=lambda: defaultdict(int))
    _writers: dict[tuple[str, bool], pq.ParquetWriter] = field(default_factory=dict)
    _dropped: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, table: Table, rows: pa.Table, *, derived: bool) -> None:
        """Park rows of one table; memory holds at most ``BUFFER_ROWS`` of them."""
        numbers = np.arange(self._counts[table.name], self._counts[table.name] + rows.num_rows)
        self._counts[table.name] += rows.num_rows
        place = (table.name, derived)
        self._buffers[place].append(conform(table, rows).append_column(ROW, pa.array(numbers)))
        self._waiting[place] += rows.num_rows
        if self._waiting[place] >= BUFFER_ROWS:
            self._flush(place)

    def mark(self) -> dict[str, int]:
        """Return how many rows each table has so far, for ``discard``."""
        return dict(self._counts)

    def discard(self, mark: Mapping[str, int]) -> None:
        """Take back every row that came after a mark."""
        for name, count in self._counts.items():
            if count > mark.get(name, 0):
                self._dropped[name].append((mark.get(name, 0), count))

    def finish(self) -> dict[str, Staged]:
        """Write what is left and return the parked files of every table that got rows."""
        for place in list(self._buffers):
            self._flush(place)
        self.close()
        return {name: Staged(primary=self._file(name, derived=False),
                             derived=self._file(name, derived=True),
                             dropped=tuple(self._dropped.get(name, ())))
                for name in TABLES if self._counts.get(name)}

    def close(self) -> None:
        """Close the open files; harmless when done twice."""
        for writer in self._writers.values():
            writer.close()
        self._buffers.clear()

    def _flush(self, place: tuple[str, bool]) -> None:
        rows = pa.concat_tables(self._buffers.pop(place))
        self._waiting.pop(place)
        if not rows.num_rows:
            return
        if place not in self._writers:
            # Written once, read once: without dictionaries and statistics twice as fast.
            self._writers[place] = pq.ParquetWriter(
                self._path(*place), staged_schema(TABLES[place[0]]), compression="lz4",
                use_dictionary=False, write_statistics=False)
        self._writers[place].write_table(rows, row_group_size=BUFFER_ROWS)

    def _path(self, name: str, derived: bool) -> Path:  # noqa: FBT001 - half of a place
        return self.folder / f"{name}.{'derived' if derived else 'primary'}.parquet"

    def _file(self, name: str, *, derived: bool) -> Path | None:
        return self._path(name, derived) if (name, derived) in self._writers else None


def conform(table: Table, rows: pa.Table) -> pa.Table:
    """Return the rows with exactly the stored columns and types; what is missing is null.

    Empty text is null. ``x_…`` columns become the one column ``extra``.

    >>> from caopan.facts.schema import TABLES
    >>> rows = conform(TABLES["belts"], pa.table({"belt_id": ["b1"], "x_note": ["近"]}))
    >>> rows.select(["belt_id", "city", "extra"]).to_pylist()
    [{'belt_id': 'b1', 'city': None, 'extra': '{"x_note":"近"}'}]

    Raises:
        UnknownColumnsError: a column is neither canonical nor ``x_…``.
        WrongKindError: a column's values do not fit its kind.
        MissingKeyError: a required column of the key is empty somewhere.
    """
    unknown = [name for name in rows.column_names
               if name not in table.names and not name.startswith(EXTRA_PREFIX)]
    if unknown:
        raise UnknownColumnsError(table, unknown)
    columns = [_conform_column(table, column, rows) for column in table.columns]
    schema = staged_schema(table)
    return pa.table([*columns, folded(rows)], schema=schema.remove(schema.get_field_index(ROW)))


def _conform_column(table: Table, column: Column, rows: pa.Table) -> pa.ChunkedArray:
    kind = ARROW[column.kind]
    if column.name in rows.column_names:
        try:
            values = rows.column(column.name).cast(kind)
        except pa.ArrowException as error:
            raise WrongKindError(table, column, str(error)) from error
    else:
        values = pa.chunked_array([pa.nulls(rows.num_rows, kind)])
    if pa.types.is_string(kind) and pc.any(empty := pc.equal(values, "")).as_py():
        values = pc.if_else(empty, pa.scalar(None, kind), values)
    if pa.types.is_floating(kind) and pc.all(pc.is_finite(values)).as_py() is False:
        raise WrongKindError(table, column, "not finite")
    _refuse_empty_key(table, column, values)
    return values


def _refuse_empty_key(table: Table, column: Column, values: pa.ChunkedArray) -> None:
    may_be_empty = not column.required or (table.name, column.name) in NULLABLE_REQUIRED
    if column.name in table.key and not may_be_empty and values.null_count:
        raise MissingKeyError(table, column, values.null_count)


class UnknownTableError(CaopanError):
    """Raised for rows of a table that is not canonical."""

    def __init__(self, name: str) -> None:
        """Name the table and the known ones."""
        super().__init__(Message(
            key="unknown_table",
            text=Text(zh="没有名为 {table} 的标准表", en="there is no canonical table {table}"),
            values={"table": name, "known": ", ".join(TABLES)},
            hint=Text(zh="标准表有：{known}", en="the canonical tables are: {known}"),
        ))


class UnknownColumnsError(CaopanError):
    """Raised for columns that are neither canonical nor ``x_…``."""

    def __init__(self, table: Table, columns: list[str]) -> None:
        """Name the table and every unknown column."""
        super().__init__(Message(
            key="unknown_columns",
            text=Text(zh="标准表 {table} 没有这些列：{columns}",
                      en="the canonical table {table} has no columns {columns}"),
            values={"table": table.name, "columns": ", ".join(columns)},
            hint=Text(zh="改成标准列名，或加上 x_ 前缀原样保留",
                      en="use the canonical name, or the prefix x_ to keep a column untouched"),
        ))


class WrongKindError(CaopanError):
    """Raised when values do not fit the kind of their column."""

    def __init__(self, table: Table, column: Column, reason: str) -> None:
        """Name the column, its kind and the value."""
        super().__init__(Message(
            key="wrong_kind",
            text=Text(zh="{table}.{column} 应为 {kind}，读到的值不符：{reason}",
                      en="{table}.{column} holds a {kind}, and a value is not one: {reason}"),
            values={"table": table.name, "column": column.name, "kind": column.kind.value,
                    "reason": reason},
            hint=Text(zh="检查来源文件这一列的内容", en="check this column in the source file"),
        ))


class MissingKeyError(CaopanError):
    """Raised when rows have no value in a required column of their key."""

    def __init__(self, table: Table, column: Column, n: int) -> None:
        """Name the column and the number of rows."""
        super().__init__(Message(
            key="missing_key",
            text=Text(zh="{table} 有 {n} 行缺少主键列 {column}",
                      en="{n} rows of {table} have no {column}, which is part of their key"),
            values={"table": table.name, "column": column.name, "n": n},
            hint=Text(zh="补上这一列后再导入", en="fill in that column, then import again"),
        ))
