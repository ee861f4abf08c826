"""Rows on their way in: checked against the schema and parked, in memory up to a bound."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from caopan.facts.arrow import ARROW
from caopan.facts.schema import EXTRA_PREFIX, NULLABLE_REQUIRED, TABLES, Column, Table
from caopan.store.extras import folded
from caopan.store.said import Stretch
from caopan.store.stored import EXTRA, ROW
from caopan.units.message import CaopanError, Message, Text

HELD_BYTES = 256 * 2**20
"""What the rows of one import may take in memory before all of them go to disk."""
ROW_GROUP = 120_000
"""Rows of one table that are written together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """The parked rows of one table, in memory or in a file; None where there are none.

    ``present`` names the columns that have a value in any row; the others may be missing from
    rows in memory.
    """

    primary: pa.Table | Path | None
    derived: pa.Table | Path | None
    present: frozenset[str]
    said: tuple[Stretch, ...]
    """Which columns the rows came with, empty ones too."""
    dropped: tuple[tuple[int, int], ...] = ()
    """Half-open ranges of row numbers that were taken back after they were parked."""


@dataclass(slots=True, kw_only=True)
class Staging:
    """The parking place of one import; rows keep the order in which they came."""

    folder: Path
    _counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _buffers: dict[tuple[str, bool], list[pa.Table]] = field(
        default_factory=lambda: defaultdict(list))
    _present: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _said: dict[str, list[Stretch]] = field(default_factory=lambda: defaultdict(list))
    _held: int = 0
    _writers: dict[tuple[str, bool], pq.ParquetWriter] = field(default_factory=dict)
    _dropped: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, table: Table, rows: pa.Table, *, derived: bool) -> None:
        """Park rows of one table; all tables together hold at most ``HELD_BYTES`` in memory."""
        first = self._counts[table.name]
        whole = conform(table, rows)
        if not rows.num_rows:
            return
        self._counts[table.name] += rows.num_rows
        numbers = pa.array(np.arange(first, first + rows.num_rows))
        kept = _without_empty_columns(whole).append_column(ROW, numbers)
        self._present[table.name].update(kept.column_names)
        self._hear(table.name, frozenset(rows.column_names), first)
        self._buffers[table.name, derived].append(kept)
        self._held += kept.nbytes
        if self._held > HELD_BYTES:
            self._spill()

    def mark(self) -> dict[str, int]:
        """Return how many rows each table has so far, for ``discard``."""
        return dict(self._counts)

    def discard(self, mark: Mapping[str, int]) -> None:
        """Take back every row that came after a mark."""
        for name, count in self._counts.items():
            if count > mark.get(name, 0):
                self._dropped[name].append((mark.get(name, 0), count))

    def finish(self) -> dict[str, Staged]:
        """Return the parked rows of every table that got any; nothing can be added after it."""
        if self._writers:
            self._spill()
        parked = {place: self._path(*place) for place in self._writers} | {
            place: _together(held) for place, held in self._buffers.items()}
        self.close()
        return {name: Staged(primary=parked.get((name, False)), derived=parked.get((name, True)),
                             present=frozenset(self._present[name]),
                             said=tuple(self._said[name]),
                             dropped=tuple(self._dropped.get(name, ())))
                for name in TABLES if self._counts.get(name)}

    def close(self) -> None:
        """Close the open files and let go of the rows; harmless when done twice."""
        for writer in self._writers.values():
            writer.close()
        self._buffers.clear()

    def _hear(self, name: str, columns: frozenset[str], first: int) -> None:
        """Note what the rows that were just parked say."""
        said, end = self._said[name], self._counts[name]
        if said and said[-1].columns == columns:
            first = said.pop().first
        said.append(Stretch(first=first, end=end, columns=columns))

    def _spill(self) -> None:
        """Write everything that memory holds to disk."""
        for place, held in self._buffers.items():
            schema = staged_schema(TABLES[place[0]])
            if place not in self._writers:
                # Written once, read once: without dictionaries and statistics twice as fast.
                self._writers[place] = pq.ParquetWriter(
                    self._path(*place), schema, compression="lz4",
                    use_dictionary=False, write_statistics=False)
            rows = _together([*held, schema.empty_table()]).select(schema.names)
            self._writers[place].write_table(rows, row_group_size=ROW_GROUP)
        self._buffers.clear()
        self._held = 0

    def _path(self, name: str, derived: bool) -> Path:  # noqa: FBT001 - half of a place
        return self.folder / f"{name}.{'derived' if derived else 'primary'}.parquet"

def _without_empty_columns(rows: pa.Table) -> pa.Table:
    """Return the rows without the columns that are null throughout: they are most of a table."""
    return rows.select([name for name in rows.column_names
                        if rows.column(name).null_count < rows.num_rows])


def _together(held: list[pa.Table]) -> pa.Table:
    """Return the rows one after another; a column that only some of them have is null in others."""
    return pa.concat_tables(held, promote_options="default")


def staged_schema(table: Table) -> pa.Schema:
    """Return the Arrow schema of rows on their way in: content and row number.

    >>> staged_schema(TABLES["followers_daily"]).field("day").type
    DataType(date32[day])
    """
    fields = [(column.name, ARROW[column.kind]) for column in table.columns]
    return pa.schema([*fields, (EXTRA, pa.string()), (ROW, pa.int64())])


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
