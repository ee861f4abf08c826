"""Every released ledger opens, and what it held is still there."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from caopan.store import migrate as migrate_module
from caopan.store.batch import Counts
from caopan.store.ledger import Ledger, ledger_of
from caopan.store.lock import WorkspaceBusyError, holding
from caopan.store.migrate import (
    HEAD,
    SCRIPTS,
    VERSION_TABLE,
    NewerWorkspaceError,
    migrate,
    revision,
    upgrade,
)
from caopan.store.models import METADATA
from caopan.store.store import Store
from caopan.store.workspace_folder import WorkspaceFolder

RELEASED = sorted((Path(__file__).parent / "released").glob("*.sql"))
NEXT_CHANGE = '''
"""Batches get a colour. Why: to try the path that later changes will take."""
import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade():
    op.add_column("batches", sa.Column("colour", sa.Text))
'''
BROKEN_CHANGE = NEXT_CHANGE + "    raise ZeroDivisionError\n"


@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.stem)
def test_a_ledger_of_every_released_schema_opens_with_what_it_held(
        tmp_path: Path, released: Path) -> None:
    _restore(released, tmp_path)

    with Store.open(tmp_path) as store:
        first, second = store.batches()
        assert first.tables == {"belts": Counts(added=2)}
        assert first.note == "首次"
        assert first.files == ("场次.csv",)
        assert second.undone_at == datetime(2026, 3, 3, tzinfo=UTC)
        assert second.leans_on == (1,)
        assert [document.body for document in store.documents("report")] == [
            {"headline": "人气下滑"}]
        assert store.mappings() == {"店铺": {"a": "b"}}
        assert store.salt() == b"\x22" * 32
        assert revision(store.ledger) == HEAD


def test_a_dump_exists_of_every_change(tmp_path: Path) -> None:
    changes = [change.revision for change in ScriptDirectory(SCRIPTS).walk_revisions()]

    assert sorted(changes) == [path.stem for path in RELEASED]
    assert max(changes) == HEAD


def test_every_change_says_why() -> None:
    for change in ScriptDirectory(SCRIPTS).walk_revisions():
        assert "Why:" in change.module.__doc__


def test_the_changes_lead_to_exactly_the_models(url: str | None, tmp_path: Path) -> None:
    ledger = ledger_of(WorkspaceFolder(root=tmp_path), url=url)
    with ledger.writing() as connection:
        upgrade(connection)

    with ledger.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, METADATA) == []
    ledger.close()


def test_a_ledger_made_at_once_is_the_one_that_the_changes_lead_to(
        url: str | None, tmp_path: Path) -> None:
    folder = WorkspaceFolder(root=tmp_path)
    ledger = ledger_of(folder, url=url)

    migrate(ledger, folder=folder)
    at_once = _schema(ledger)
    with ledger.writing() as connection:
        METADATA.drop_all(connection)
        connection.exec_driver_sql(f"DROP TABLE {VERSION_TABLE}")
        upgrade(connection)

    assert "batches" in at_once
    assert at_once == _schema(ledger)
    assert revision(ledger) == HEAD
    ledger.close()


def test_opening_twice_migrates_once(opened: Callable[[], Store]) -> None:
    opened().close()

    store = opened()

    assert revision(store.ledger) == HEAD
    assert not list(store.folder.root.glob("ledger.before-*"))


def test_a_ledger_is_copied_aside_before_it_is_changed(tmp_path: Path) -> None:
    folder, ledger = _first_ledger(tmp_path)

    migrate(ledger, folder=folder, scripts=_scripts(tmp_path, NEXT_CHANGE), head="0003")

    assert revision(ledger) == "0003"
    assert "colour" in _columns(ledger, "batches")
    ledger.close()
    copy = ledger_of(WorkspaceFolder(root=tmp_path / "copy"))
    (tmp_path / "copy").mkdir()
    (folder.root / "ledger.before-0003.sqlite").rename(tmp_path / "copy" / "ledger.sqlite")
    assert revision(copy) == HEAD
    assert "colour" not in _columns(copy, "batches")
    copy.close()


def test_a_change_that_fails_leaves_the_ledger_as_it_was(tmp_path: Path) -> None:
    folder, ledger = _first_ledger(tmp_path)
    scripts = _scripts(tmp_path, BROKEN_CHANGE)

    with pytest.raises(ZeroDivisionError):
        migrate(ledger, folder=folder, scripts=scripts, head="0003")

    assert revision(ledger) == HEAD
    assert "colour" not in _columns(ledger, "batches")
    ledger.close()


def test_a_change_waits_for_an_import_that_runs(tmp_path: Path) -> None:
    folder, ledger = _first_ledger(tmp_path)

    with holding(folder), pytest.raises(WorkspaceBusyError):
        migrate(ledger, folder=folder, wait_seconds=0,
                scripts=_scripts(tmp_path, NEXT_CHANGE), head="0003")

    ledger.close()


def test_a_workspace_of_a_later_version_is_refused(opened: Callable[[], Store]) -> None:
    store = opened()
    with store.ledger.writing() as connection:
        connection.exec_driver_sql(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")  # noqa: S608 - a constant

    with pytest.raises(NewerWorkspaceError) as refused:
        opened()

    assert refused.value.message.values == {"found": "9999", "known": HEAD}


def test_the_changes_travel_inside_the_package() -> None:
    assert SCRIPTS.parent == Path(migrate_module.__file__).parent
    assert not list(SCRIPTS.parent.rglob("alembic.ini"))


def _restore(released: Path, root: Path) -> None:
    with closing(sqlite3.connect(root / "ledger.sqlite")) as connection:
        connection.executescript(released.read_text(encoding="utf-8"))
    (root / "workspace.json").write_text(json.dumps({"format": 1, "ledger": "11" * 32}))


def _first_ledger(root: Path) -> tuple[WorkspaceFolder, Ledger]:
    folder = WorkspaceFolder(root=root / "w")
    folder.root.mkdir()
    ledger = ledger_of(folder)
    migrate(ledger, folder=folder)
    return folder, ledger


def _scripts(root: Path, change: str) -> Path:
    """Return a folder of changes: ours and one more."""
    versions = root / "scripts" / "versions"
    versions.mkdir(parents=True)
    for script in (SCRIPTS / "versions").glob("m*.py"):
        (versions / script.name).write_text(script.read_text(encoding="utf-8"))
    (versions / "m0003_next.py").write_text(change)
    return versions.parent


def _schema(ledger: Ledger) -> dict[str, object]:
    """Return all that the database says of every table: columns, keys, indexes."""
    with ledger.engine.connect() as connection:
        seen = inspect(connection)
        return {table: ([column | {"type": str(column["type"])}
                         for column in seen.get_columns(table)],
                        seen.get_pk_constraint(table),
                        sorted(seen.get_foreign_keys(table), key=str),
                        sorted(seen.get_indexes(table), key=str),
                        seen.get_check_constraints(table), seen.get_unique_constraints(table))
                for table in seen.get_table_names()}


def _columns(ledger: Ledger, table: str) -> list[str]:
    with ledger.engine.connect() as connection:
        return [column["name"] for column in inspect(connection).get_columns(table)]
