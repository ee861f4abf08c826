"""The ledger (账本): the one place that says what exists, in SQLite or PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url

from caopan.store.damaged import reading_ledger
from caopan.store.workspace_folder import WorkspaceFolder

BUSY_MILLISECONDS = 10_000
"""How long one SQLite writer waits for another (a ledger write takes milliseconds)."""

_WRITES = "caopan_writes"
_TURN = 2_026_110_101
"""The number under which PostgreSQL's writers of one ledger take turns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """An open ledger; ``close`` it."""

    engine: Engine

    @property
    def is_embedded(self) -> bool:
        """Return whether the ledger is the SQLite file in the workspace."""
        return self.engine.dialect.name == "sqlite"

    @property
    def file(self) -> str | None:
        """Return the path of the SQLite file; None for a database on a server."""
        return self.engine.url.database if self.is_embedded else None

    @property
    def url(self) -> str | None:
        """Return the address of the database; None for the SQLite file in the workspace."""
        if self.is_embedded:
            return None
        return self.engine.url.render_as_string(hide_password=False)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open one consistent view of the ledger; it never blocks and is never blocked."""
        options = {} if self.is_embedded else {"isolation_level": "REPEATABLE READ"}
        with (reading_ledger(self.file),
              self.engine.execution_options(**options).connect() as connection):
            yield connection
            connection.rollback()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open one transaction: committed at the end, rolled back on any error.

        Writers take turns on both databases, so that what one has read it may rely on.
        """
        with (reading_ledger(self.file),
              self.engine.execution_options(**{_WRITES: True}).begin() as connection):
            if not self.is_embedded:
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_TURN})"))
            yield connection

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def ledger_of(folder: WorkspaceFolder, *, url: str | None = None) -> Ledger:
    """Return the ledger of a workspace: its own SQLite file, or the database at ``url``.

    Nothing is connected yet.

    >>> from pathlib import Path
    >>> ledger_of(WorkspaceFolder(root=Path("shop"))).engine.dialect.name
    'sqlite'
    """
    target = URL.create("sqlite", database=str(folder.ledger)) if url is None else _driven(url)
    engine = create_engine(target, json_serializer=_dumps, pool_pre_ping=url is not None)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return Ledger(engine=engine)


def _driven(url: str) -> URL:
    """Return the URL with the driver that is installed where it names none."""
    parsed = make_url(url)
    if parsed.drivername in {"postgres", "postgresql"}:
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def _dumps(value: object) -> str:
    """Return strict JSON: NaN is refused, Chinese stays readable."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
    """Make commits durable and reading free of locks; leave BEGIN to us."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON",
                   f"busy_timeout={BUSY_MILLISECONDS}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once in a writing transaction, so that it cannot fail half way."""
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
