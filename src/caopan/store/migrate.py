"""Bring a ledger to the present schema: made new, or changed step by step after a backup."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from caopan.store import live_tables  # noqa: F401 - its tables are part of METADATA
from caopan.store.damaged import reading_ledger
from caopan.store.ledger import Ledger
from caopan.store.lock import WAIT_SECONDS, holding
from caopan.store.models import METADATA
from caopan.store.workspace_folder import WorkspaceFolder, sync
from caopan.units.message import CaopanError, Message, Text

HEAD = "0002"
"""The newest change; kept here so that opening an up-to-date workspace costs one query."""

VERSION_TABLE = "caopan_version"
SCRIPTS = Path(__file__).parent / "migrations"
LOCK_SECONDS = 10
"""How long a PostgreSQL migration waits for a table before it gives up, unharmed."""


def migrate(ledger: Ledger, *, folder: WorkspaceFolder, wait_seconds: float = WAIT_SECONDS,
            scripts: Path = SCRIPTS, head: str = HEAD) -> None:
    """Bring the ledger to the newest change; the SQLite file is copied aside before it is changed.

    All the changes that are missing are made in one transaction, or none is. An empty database
    gets the present tables at once: the changes lead to the same ones.

    >>> import tempfile; from caopan.store.ledger import ledger_of
    >>> folder = WorkspaceFolder(root=Path(tempfile.mkdtemp()))
    >>> ledger = ledger_of(folder)
    >>> migrate(ledger, folder=folder)
    >>> revision(ledger)
    '0002'
    >>> ledger.close()

    Raises:
        NewerWorkspaceError: a later version of Caopan made this workspace.
        WorkspaceBusyError: an import is running.
    """
    if revision(ledger) == head:
        return
    with holding(folder, wait_seconds=wait_seconds):
        found = revision(ledger)
        if found == head:
            return
        if found is not None and found > head:
            raise NewerWorkspaceError(found, head)
        if found is not None and ledger.is_embedded:
            _back_up(folder.ledger, folder.root / f"ledger.before-{head}.sqlite")
        with ledger.writing() as connection:
            if found is None and head == HEAD:
                _make(connection)
            else:
                upgrade(connection, scripts)


def revision(ledger: Ledger) -> str | None:
    """Return the last change the ledger has seen; None for an empty database."""
    with reading_ledger(ledger.file), ledger.engine.connect() as connection:
        if not inspect(connection).has_table(VERSION_TABLE):
            return None
        found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}"))  # noqa: S608 - a constant
        return found.scalar()


def _make(connection: Connection) -> None:
    """Make the tables of the newest change, in the transaction that is open."""
    METADATA.create_all(connection, checkfirst=False)
    connection.execute(text(
        f"CREATE TABLE {VERSION_TABLE} (version_num VARCHAR(32) NOT NULL, "
        f"CONSTRAINT {VERSION_TABLE}_pkc PRIMARY KEY (version_num))"))
    connection.execute(text(f"INSERT INTO {VERSION_TABLE} VALUES ('{HEAD}')"))  # noqa: S608 - constants


def upgrade(connection: Connection, folder: Path = SCRIPTS) -> None:
    """Run every change that is missing, in the transaction that is open."""
    # Alembic takes a third of a second to import and is needed once in a workspace's life.
    from alembic.config import Config  # noqa: PLC0415
    from alembic.runtime.environment import EnvironmentContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'"))
    scripts = ScriptDirectory(folder)
    environment = EnvironmentContext(
        Config(), scripts, fn=lambda at, _: scripts._upgrade_revs("head", at))  # noqa: SLF001 - as alembic.command does
    environment.configure(connection=connection, version_table=VERSION_TABLE,
                          transactional_ddl=True, transaction_per_migration=False)
    environment.run_migrations()


def _back_up(ledger: Path, copy: Path) -> None:
    """Copy a live SQLite file, whole, aside."""
    with closing(sqlite3.connect(ledger)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    sync(copy)


class NewerWorkspaceError(CaopanError):
    """Raised when a later version of Caopan has changed the workspace."""

    def __init__(self, found: str, known: str) -> None:
        """Name both versions of the schema."""
        super().__init__(Message(
            key="newer_workspace",
            text=Text(zh="这个工作区由更新版本的操盘写过（账本版本 {found}，本程序只认到 {known}）",
                      en="this workspace was written by a newer Caopan (ledger {found}, this one "
                         "knows {known})"),
            values={"found": found, "known": known},
            hint=Text(zh="请升级 caopan 后再打开", en="upgrade caopan, then open it again"),
        ))
