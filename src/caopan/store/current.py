"""What is true in one state of the ledger: which files hold it, and the SQL that reads it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from caopan.facts.schema import Table
from caopan.store.models import BATCHES, COUNTS, FILES, SUPERSEDED
from caopan.store.parquet_rows import parquet_rows
from caopan.store.sql import empty, names
from caopan.store.stored import BATCH, ROW, stored

if TYPE_CHECKING:
    import duckdb


class Role(StrEnum):
    """What a Parquet file of a batch holds."""

    ROWS = "rows"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFiles:
    """The files of one table in one state, relative to the workspace.

    ``whole``: every row is current. ``touched``: some rows were replaced, by ``superseded``.
    """

    whole: tuple[str, ...] = ()
    touched: tuple[str, ...] = ()
    superseded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What the ledger says is true at one instant: its active batches and their files."""

    batches: tuple[int, ...] = ()
    tables: Mapping[str, TableFiles] = field(default_factory=dict)

    def files(self, table: str) -> TableFiles:
        """Return the files of one table.

        >>> State().files("orders")
        TableFiles(whole=(), touched=(), superseded=())
        """
        return self.tables.get(table, TableFiles())


def active_batches(connection: Connection, *, as_of: datetime | None = None) -> tuple[int, ...]:
    """Return the ids of the batches that count now, or counted at an instant, in order."""
    query = select(BATCHES.c.id).where(_active(as_of)).order_by(BATCHES.c.id)
    return tuple(connection.scalars(query))


def state(connection: Connection, *, as_of: datetime | None = None) -> State:
    """Return what is true now, or was known to be true at an instant."""
    active = _active(as_of)
    files = connection.execute(
        select(FILES.c.table_name, FILES.c.batch_id, FILES.c.role, FILES.c.path)
        .join(BATCHES, BATCHES.c.id == FILES.c.batch_id).where(active)
        .order_by(FILES.c.batch_id, FILES.c.path)).all()
    by_table: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for table, batch, role, path in files:
        by_table[table].append((batch, role, path))
    gone = _superseded(connection, active)
    tables = {table: _table_files(table, held, gone) for table, held in by_table.items()}
    return State(batches=active_batches(connection, as_of=as_of), tables=tables)


def current_sql(table: Table, files: TableFiles, *, root: Path,
                connection: duckdb.DuckDBPyConnection) -> str:
    """Return the SELECT of one table's current rows with all stored columns.

    >>> import duckdb
    >>> from caopan.facts.schema import TABLES
    >>> nothing = current_sql(TABLES["belts"], TableFiles(), root=Path("."),
    ...                       connection=duckdb.connect())
    >>> nothing.endswith("WHERE false")
    True
    """
    types = stored(table)

    def rows(of: Sequence[str], kinds: Mapping[str, str]) -> str:
        return parquet_rows(connection, [root / file for file in of], types=kinds)

    parts = []
    if files.whole:
        parts.append(rows(files.whole, types))
    if files.touched:
        keys = {BATCH: types[BATCH], ROW: types[ROW]}
        parts.append(
            f"SELECT {names(types, of='c')} FROM ({rows(files.touched, types)}) c "  # noqa: S608 - quoted by sql.py
            f"ANTI JOIN ({rows(files.superseded, keys)}) s "
            f"ON c.{BATCH} = s.{BATCH} AND c.{ROW} = s.{ROW}")
    return " UNION ALL ".join(parts) if parts else empty(types)


def _active(as_of: datetime | None) -> ColumnElement[bool]:
    if as_of is None:
        return BATCHES.c.undone_at.is_(None)
    return and_(BATCHES.c.made_at <= as_of,
                or_(BATCHES.c.undone_at.is_(None), BATCHES.c.undone_at > as_of))


def _superseded(connection: Connection, active: ColumnElement[bool]) -> dict[tuple[str, int], bool]:
    """Return the (table, batch) pairs that lost rows, and whether they lost all of them."""
    lost = connection.execute(
        select(SUPERSEDED.c.table_name, SUPERSEDED.c.earlier_id, func.sum(SUPERSEDED.c.rows))
        .join(BATCHES, BATCHES.c.id == SUPERSEDED.c.batch_id).where(active)
        .group_by(SUPERSEDED.c.table_name, SUPERSEDED.c.earlier_id)).all()
    held = connection.execute(
        select(COUNTS.c.table_name, COUNTS.c.batch_id,
               COUNTS.c.added + COUNTS.c.replaced)).all() if lost else []
    sizes = {(table, batch): rows for table, batch, rows in held}
    return {(table, batch): int(rows) >= sizes[table, batch] for table, batch, rows in lost}


def _table_files(table: str, held: Sequence[tuple[int, str, str]],
                 gone: Mapping[tuple[str, int], bool]) -> TableFiles:
    rows = [(path, gone.get((table, batch))) for batch, role, path in held if role == Role.ROWS]
    return TableFiles(
        whole=tuple(path for path, lost_all in rows if lost_all is None),
        touched=tuple(path for path, lost_all in rows if lost_all is False),
        superseded=tuple(path for _, role, path in held if role == Role.SUPERSEDED),
    )
