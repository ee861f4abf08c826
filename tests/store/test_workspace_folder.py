"""What lies in a workspace folder, and what is cleared away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from filelock import FileLock

from caopan.store.batch import Batch
from caopan.store.store import Store
from caopan.store.workspace_folder import WorkspaceFolder, remove_leftovers


def test_only_batches_the_ledger_knows_are_kept(tmp_path: Path) -> None:
    folder = WorkspaceFolder(root=tmp_path)
    for place in ("orders/1", "orders/2", "orders/3", "belts/3", "belts/odd"):
        (folder.facts / place).mkdir(parents=True)
        (folder.facts / place / "rows.parquet").touch()

    removed = remove_leftovers(folder, known=frozenset({1, 2}))

    assert _names(folder, removed) == ["facts/belts/3", "facts/belts/odd", "facts/orders/3"]
    assert sorted(path.name for path in folder.facts.glob("*/*")) == ["1", "2"]


def test_the_staging_of_a_killed_import_is_removed(tmp_path: Path) -> None:
    folder = WorkspaceFolder(root=tmp_path)
    (folder.staging / "spill").mkdir(parents=True)

    assert remove_leftovers(folder, known=frozenset()) == (folder.staging,)
    assert not folder.staging.exists()


def test_spill_space_of_the_living_stays_and_of_the_dead_goes(tmp_path: Path) -> None:
    folder = WorkspaceFolder(root=tmp_path)
    for owner in ("alive", "dead"):
        (folder.spill / owner).mkdir(parents=True)
        (folder.spill / f"{owner}.lock").touch()

    with FileLock(folder.spill / "alive.lock"):
        removed = remove_leftovers(folder, known=frozenset())

    assert _names(folder, removed) == ["spill/dead"]
    assert sorted(path.name for path in folder.spill.iterdir()) == ["alive", "alive.lock"]


def test_an_open_reader_keeps_its_spill_space_through_an_import(
        opened: Callable[[], Store], put: Callable[..., Batch],
        march: Callable[[int], datetime]) -> None:
    reader, writer = opened(), opened()
    reader.tables()
    (lock,) = reader.folder.spill.glob("*.lock")

    put(writer, 1, "belts", belt_id=["b1"])

    assert lock.exists()
    reader.close()
    assert not lock.exists()


def test_a_new_folder_is_marked_with_its_ledger_once(tmp_path: Path) -> None:
    folder = WorkspaceFolder(root=tmp_path)
    assert folder.marked_ledger() is None

    folder.mark("abc")

    assert folder.marked_ledger() == "abc"
    assert [path.name for path in tmp_path.iterdir()] == ["workspace.json"]


def _names(folder: WorkspaceFolder, paths: tuple[Path, ...]) -> list[str]:
    return sorted(path.relative_to(folder.root).as_posix() for path in paths)
