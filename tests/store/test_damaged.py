"""A damaged workspace is one sentence that names the file, never a fault of the program."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from caopan.store.batch import Batch
from caopan.store.damaged import DamagedWorkspaceError, reading_ledger
from caopan.store.store import Store

Put = Callable[..., Batch]
Opened = Callable[[], Store]


@pytest.fixture
def url() -> None:
    """Return that the ledger is the file in the folder: the file is what breaks here."""


@pytest.mark.parametrize("damage", [
    lambda path: path.write_bytes(path.read_bytes()[:30_000]),
    lambda path: path.write_bytes(b"\x07" * 80_000),
])
def test_a_damaged_ledger_is_named(opened: Opened, damage: Callable[[Path], object]) -> None:
    store = opened()
    ledger = store.folder.ledger
    store.close()
    damage(ledger)

    with pytest.raises(DamagedWorkspaceError) as caught:
        opened()

    said = caught.value.message
    assert str(ledger) in said.say("zh")
    assert str(ledger) in said.say("en")
    assert "备份" in (said.advise("zh") or "")
    assert "backup" in (said.advise("en") or "")


@pytest.mark.parametrize("text", ["{", "[]", "{}", "\ufeff"])
def test_a_damaged_marker_is_named(opened: Opened, text: str) -> None:
    marker = opened().folder.marker
    marker.write_text(text, "utf-8")

    with pytest.raises(DamagedWorkspaceError) as caught:
        opened()

    assert str(marker) in caught.value.message.say("en")


@pytest.mark.parametrize("damage", [
    lambda path: path.write_bytes(path.read_bytes()[:200]),
    lambda path: path.write_bytes(b""),
    lambda path: path.write_bytes(path.read_bytes()[:4] + b"\xff" * 400 + path.read_bytes()[404:]),
    lambda path: path.unlink(),
])
def test_damaged_facts_are_named_when_read_imported_and_exported(
        opened: Opened, put: Put, tmp_path: Path, damage: Callable[[Path], object]) -> None:
    store = opened()
    put(store, 1, "belts", belt_id=[f"b{at}" for at in range(400)],
        city=[f"city {at * 7919}" for at in range(400)])
    for path in store.folder.facts.rglob("*.parquet"):
        damage(path)
    again = opened()

    with pytest.raises(DamagedWorkspaceError) as caught:
        again.fetch(again.tables()["belts"])
    with pytest.raises(DamagedWorkspaceError):
        put(again, 2, "belts", belt_id=["b1"], city=["曹县"])
    with pytest.raises(DamagedWorkspaceError):
        again.export(tmp_path / "out")

    assert str(again.folder.facts) in caught.value.message.say("zh")
    assert [batch.id for batch in again.batches()] == [1]
    assert not again.folder.batch("belts", 2).exists()
    assert not again.folder.staging.exists()


def test_a_ledger_that_may_not_be_written_is_no_damage(opened: Opened) -> None:
    place = opened().ledger.file
    with closing(sqlite3.connect(str(place))) as readonly:
        readonly.execute("PRAGMA query_only = ON")
        with pytest.raises(sqlite3.OperationalError) as refused:
            readonly.execute("CREATE TABLE t (a)")

    with pytest.raises(PermissionError) as caught, reading_ledger(place):
        raise OperationalError(None, None, refused.value)

    assert caught.value.filename == place


def test_a_lock_is_no_damage() -> None:
    with pytest.raises(OperationalError), reading_ledger("shop/ledger.sqlite"):
        raise OperationalError(None, None, sqlite3.OperationalError("database is locked"))
