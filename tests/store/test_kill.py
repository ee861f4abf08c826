"""A process killed in mid-import leaves nothing that anybody sees, and the next import cleans."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from caopan.store.batch import Batch
from caopan.store.store import Store

IMPORT_THAT_HALTS = """
import sys
from datetime import UTC, datetime

import pyarrow as pa
from sqlalchemy import event

from caopan.store import open_batch, writing
from caopan.store.store import Store

root, url, moment = sys.argv[1], sys.argv[2] or None, sys.argv[3]


def halt(*_arguments):
    print("halted", flush=True)
    sys.stdin.read()


store = Store.open(root, url=url)
with store.importing(now=datetime(2026, 3, 9, tzinfo=UTC)) as batch:
    batch.add("belts", pa.table({"belt_id": ["b1", "b2"], "city": ["错", "错"]}))
    batch.add("products", pa.table({"product_id": [str(n) for n in range(200_000)]}))
    if moment == "while rows come in":
        halt()
    if moment == "while files are written":
        writing.sync = halt
    if moment == "before the ledger is written":
        open_batch._ledger_rows = halt
    if moment == "before the ledger commits":
        event.listen(store.ledger.engine, "commit", halt)
"""
MOMENTS = ["while rows come in", "while files are written", "before the ledger is written",
           "before the ledger commits"]


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_import_leaves_nothing_behind(
        opened: Callable[[], Store], url: str | None, put: Callable[..., Batch],
        rows: Callable[..., list[dict[str, object]]], moment: str) -> None:
    store = opened()
    put(store, 1, "belts", belt_id=["b1"], city=["对"])

    _import_and_kill(store, url, moment)

    assert [batch.id for batch in store.batches()] == [1]
    assert rows(store, "belts", "belt_id", "city") == [{"belt_id": "b1", "city": "对"}]
    assert rows(store, "products", "product_id") == []
    assert _leftovers(store.folder.root) != []

    done = put(opened(), 2, "belts", belt_id=["b3"], city=["新"])

    assert done.id == 2
    assert _leftovers(store.folder.root) == []
    assert rows(store, "belts", "belt_id", "city") == [
        {"belt_id": "b1", "city": "对"}, {"belt_id": "b3", "city": "新"}]


def test_a_workspace_whose_first_import_was_killed_imports(
        opened: Callable[[], Store], url: str | None, put: Callable[..., Batch],
        rows: Callable[..., list[dict[str, object]]]) -> None:
    store = opened()
    _import_and_kill(store, url, "before the ledger commits")

    put(store, 1, "belts", belt_id=["b1"])

    assert rows(store, "belts", "belt_id") == [{"belt_id": "b1"}]


def _import_and_kill(store: Store, url: str | None, moment: str) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", IMPORT_THAT_HALTS, str(store.folder.root), url or "", moment],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == "halted\n"
        child.send_signal(signal.SIGKILL)


def _leftovers(root: Path) -> list[str]:
    known = {"facts", "import.lock", "ledger.sqlite", "ledger.sqlite-shm", "ledger.sqlite-wal",
             "spill", "workspace.json"}
    found = [path.name for path in root.iterdir() if path.name not in known]
    return found + [path.as_posix() for path in root.glob("facts/products/*")]
