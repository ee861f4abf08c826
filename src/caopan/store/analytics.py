"""Reading: the tables of one state as Ibis expressions over DuckDB."""

from __future__ import annotations

import re
import secrets
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Condition

import duckdb
import ibis
import ibis.expr.operations as ops
import pyarrow as pa
from filelock import FileLock
from ibis.backends.duckdb.converter import DuckDBPyArrowData

from caopan.facts.arrow import ARROW
from caopan.facts.schema import TABLES, Table
from caopan.store.current import State, current_sql
from caopan.store.damaged import reading_facts
from caopan.store.engine import READ_MEMORY, connect
from caopan.store.lock import WAIT_SECONDS
from caopan.store.prepared import Prepared
from caopan.store.question import Question, Questions, filled, given_name
from caopan.store.sql import identifier, names
from caopan.store.stored import BATCH, EXTRA
from caopan.store.workspace_folder import WorkspaceFolder

COPIED = "Arrow output on a DB-API result"
QUIET = ("ignore", re.compile(COPIED, re.IGNORECASE), Warning, None, 0)
"""The filter against that warning, as Python lists it."""
HIDDEN = (EXTRA, BATCH)
"""The columns of a readable table beside the canonical ones."""


@dataclass(slots=True, kw_only=True)
class Analytics:
    """One DuckDB in memory for one reader; ``close`` it. Usable from several threads at once.

    Putting a question into SQL goes in turn; each answer is read by a cursor of its own, so that
    one that takes long holds up nobody else.
    """

    folder: WorkspaceFolder
    memory: str = READ_MEMORY
    _connection: duckdb.DuckDBPyConnection = field(init=False)
    _backend: ibis.backends.duckdb.Backend = field(init=False)
    _spill_lock: FileLock = field(init=False)
    _states: dict[tuple[int, ...], dict[str, ibis.Table]] = field(init=False, default_factory=dict)
    _prepared: Prepared = field(init=False, default_factory=Prepared)
    _questions: Questions = field(init=False, default_factory=Questions)
    _turn: Condition = field(init=False, default_factory=Condition)
    _cursors: list[duckdb.DuckDBPyConnection] = field(init=False, default_factory=list)
    """Those that are reading now."""

    def __post_init__(self) -> None:
        """Connect; the spill folder is locked while we live, so that no import removes it."""
        self.folder.spill.mkdir(exist_ok=True)
        spill = self.folder.spill / f"read-{secrets.token_hex(8)}"
        self._spill_lock = FileLock(spill.with_suffix(".lock"), fallback_to_soft=False,
                                    thread_local=False)
        self._spill_lock.acquire(timeout=WAIT_SECONDS)
        self._connection = connect(spill=spill, memory=self.memory)
        self._backend = ibis.duckdb.from_connection(self._connection)

    def known(self, batches: tuple[int, ...]) -> dict[str, ibis.Table] | None:
        """Return the tables of a state by its batches where they were made before."""
        with self._turn:
            found = self._states.get(batches)
            return None if found is None else dict(found)

    def tables(self, now_true: State) -> dict[str, ibis.Table]:
        """Return every canonical table in one state, empty ones too; made once a state."""
        with self._turn, reading_facts(self.folder.facts):
            if now_true.batches not in self._states:
                self._states[now_true.batches] = self._views(now_true)
            return dict(self._states[now_true.batches])

    def fetch(self, expression: ibis.Expr) -> pa.Table:
        """Run an expression over ``tables`` and return its rows; a scalar is a table of one.

        What was asked before is not put into SQL again. The views of a state are its own, so an
        expression that is remembered reads the files it was made for, and no others.
        """
        table = expression.as_table()
        with self._turn, reading_facts(self.folder.facts):
            query = self._prepared.query(table, self._backend)
            if query is None:
                return self._backend.to_pyarrow(table)
        with self._cursor() as cursor, reading_facts(self.folder.facts):
            rows = cursor.sql(query.sql).to_arrow_table()
        return DuckDBPyArrowData.convert_table(rows, query.schema)

    def ask(self, question: Question, tables: dict[str, ibis.Table]) -> pa.Table:
        """Answer a question over the tables of one state; the rows it hands over join them."""
        with self._turn:
            query = self._questions.query(question, tables, self._backend)
        with self._cursor() as cursor, reading_facts(self.folder.facts):
            for name, rows in question.rows.items():
                cursor.register(given_name(name), rows)
            rows = _answer(cursor, filled(query.sql, question))
        return DuckDBPyArrowData.convert_table(rows, query.schema)

    def close(self) -> None:
        """Close the connection and give up the spill folder; harmless when done twice.

        What is still being read is cut off: whoever closes wants no answer any more.
        """
        with self._turn:
            while self._cursors:
                for cursor in self._cursors:
                    cursor.interrupt()
                self._turn.wait(timeout=0.05)
            self._connection.close()
            if self._spill_lock.is_locked:
                Path(self._spill_lock.lock_file).unlink(missing_ok=True)
                self._spill_lock.release()

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Read inside the block by a cursor of one's own."""
        with self._turn:
            cursor = self._connection.cursor()
            self._cursors.append(cursor)
        try:
            with cursor:
                yield cursor
        finally:
            with self._turn:
                self._cursors.remove(cursor)
                self._turn.notify_all()

    def _rows(self, table: Table, now_true: State) -> str:
        return current_sql(table, now_true.files(table.name), root=self.folder.root,
                           connection=self._connection)

    def _views(self, now_true: State) -> dict[str, ibis.Table]:
        """Define a view a table."""
        number = len(self._states)
        script = "; ".join(
            f"CREATE VIEW {identifier(_view(name, number))} AS SELECT "  # noqa: S608 - quoted by sql.py
            f"{names([*table.names, *HIDDEN])} FROM "
            f"({self._rows(table, now_true)})"
            for name, table in TABLES.items())
        self._connection.execute(script)
        return {name: ops.DatabaseTable(name=_view(name, number), schema=readable(table),
                                        source=self._backend,
                                        namespace=ops.Namespace()).to_expr()
                for name, table in TABLES.items()}


def _answer(cursor: duckdb.DuckDBPyConnection, sql: str) -> pa.Table:
    """Run SQL at once: a relation would plan it twice, which costs more than the few rows.

    DuckDB warns that rows read this way are copied; the answers of questions are small. The filter
    stays: to set it back would hit the other threads that read.
    """
    if QUIET not in warnings.filters:
        warnings.filterwarnings("ignore", message=COPIED)
    return cursor.execute(sql).to_arrow_table()


def readable(table: Table) -> ibis.Schema:
    """Return the Ibis schema of a readable table.

    >>> readable(TABLES["sessions"])["started_at"]
    Timestamp(timezone='UTC', scale=6, nullable=True)
    """
    fields = [(column.name, ARROW[column.kind]) for column in table.columns]
    return ibis.Schema.from_pyarrow(pa.schema([*fields, (EXTRA, pa.string()), (BATCH, pa.int64())]))


def _view(name: str, number: int) -> str:
    return f"{name}_{number}"
