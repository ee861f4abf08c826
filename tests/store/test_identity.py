"""A ledger and its facts stay together: a stranger would take every fact for a leftover."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from caopan.store.batch import Batch
from caopan.store.identity import StrangeLedgerError
from caopan.store.store import Store


def test_facts_are_not_opened_with_a_new_ledger(tmp_path: Path, put: Callable[..., Batch]) -> None:
    with Store.open(tmp_path) as store:
        put(store, 1, "belts", belt_id=["b1"])
    (tmp_path / "ledger.sqlite").unlink()

    with pytest.raises(StrangeLedgerError) as refused:
        Store.open(tmp_path)

    assert "ledger.sqlite" in refused.value.message.advise("zh")
    assert (tmp_path / "facts" / "belts" / "1" / "rows.parquet").exists()


def test_a_ledger_is_not_opened_without_its_facts(
        tmp_path: Path, put: Callable[..., Batch]) -> None:
    with Store.open(tmp_path / "old") as store:
        put(store, 1, "belts", belt_id=["b1"])
    (tmp_path / "new").mkdir()
    shutil.copy(tmp_path / "old" / "ledger.sqlite", tmp_path / "new")

    with pytest.raises(StrangeLedgerError):
        Store.open(tmp_path / "new")


@pytest.mark.parametrize("url", [pytest.param("postgres", marks=pytest.mark.postgres)],
                         indirect=True)
def test_facts_kept_by_a_server_are_not_opened_with_a_file(
        opened: Callable[[], Store], put: Callable[..., Batch]) -> None:
    store = opened()
    put(store, 1, "belts", belt_id=["b1"])

    with pytest.raises(StrangeLedgerError):
        Store.open(store.folder.root)


def test_a_moved_workspace_opens(
        opened: Callable[[], Store], put: Callable[..., Batch],
        rows: Callable[..., list[dict[str, object]]], tmp_path: Path, url: str | None) -> None:
    store = opened()
    put(store, 1, "belts", belt_id=["b1"])
    store.close()

    root = store.folder.root.rename(tmp_path / "elsewhere")

    with Store.open(root, url=url) as moved:
        assert rows(moved, "belts", "belt_id") == [{"belt_id": "b1"}]


def test_a_workspace_that_was_killed_while_being_made_opens(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    (tmp_path / "workspace.json").unlink()

    Store.open(tmp_path).close()

    assert (tmp_path / "workspace.json").exists()
