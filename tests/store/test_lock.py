"""One import at a time, and a lock that dies with its holder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Event, Thread

import pyarrow as pa
import pytest

from caopan.store.batch import Batch
from caopan.store.lock import (
    ServedElsewhereError,
    WorkspaceBusyError,
    holding,
    holding_house,
)
from caopan.store.store import Store
from caopan.store.workspace_folder import WorkspaceFolder


def test_a_second_import_is_refused_when_it_has_waited_enough(
        opened: Callable[[], Store], march: Callable[[int], datetime]) -> None:
    first, second = opened(), opened()

    with first.importing(now=march(1)) as batch:
        batch.add("belts", pa.table({"belt_id": ["b1"]}))
        with (pytest.raises(WorkspaceBusyError) as refused,
              second.importing(now=march(1), wait_seconds=0)):
            pass

    assert refused.value.message.values["seconds"] == 0
    assert "等它结束后再试" in refused.value.message.advise("zh")
    assert batch.result.tables["belts"].added == 1


def test_a_second_import_waits_for_the_first_and_sees_its_rows(
        opened: Callable[[], Store], put: Callable[..., Batch],
        march: Callable[[int], datetime]) -> None:
    first, second = opened(), opened()
    results = []
    inside = Event()

    def wait_and_import() -> None:
        inside.wait()
        results.append(put(second, 2, "belts", belt_id=["b1"]))

    waiting = Thread(target=wait_and_import)
    waiting.start()
    with first.importing(now=march(1)) as batch:
        batch.add("belts", pa.table({"belt_id": ["b1"]}))
        inside.set()
    waiting.join()

    assert results[0].tables["belts"].unchanged == 1
    assert results[0].leans_on == (1,)


def test_undo_is_refused_while_an_import_runs(
        opened: Callable[[], Store], put: Callable[..., Batch],
        march: Callable[[int], datetime]) -> None:
    store = opened()
    put(store, 1, "belts", belt_id=["b1"])

    with store.importing(now=march(2)), pytest.raises(WorkspaceBusyError):
        opened().undo(1, now=march(2), wait_seconds=0)


def test_the_lock_is_free_again_after_an_error(tmp_path: Path) -> None:
    folder = WorkspaceFolder(root=tmp_path)

    def fail_inside() -> None:
        with holding(folder):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_inside()

    with holding(folder, wait_seconds=0):
        pass


def test_a_console_whose_address_cannot_be_read_is_still_one(tmp_path: Path) -> None:
    folder = WorkspaceFolder(root=tmp_path)
    with holding_house(folder):
        folder.house.write_text("half a li", encoding="utf-8")
        with pytest.raises(ServedElsewhereError) as refused, holding_house(folder):
            pass
    with holding_house(folder) as say_where:
        say_where("http://127.0.0.1:8700")

    assert "? (process ?)" in refused.value.message.say("en")
    assert not folder.house.exists()
