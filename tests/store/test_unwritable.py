"""What cannot be written stops the import with one sentence and leaves nothing behind."""

from __future__ import annotations

import errno
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import numpy as np
import pyarrow as pa
import pytest

from caopan.store import open_batch, staging
from caopan.store.batch import Batch
from caopan.store.store import Store
from caopan.store.unwritable import UnwritableError

pytestmark = pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="POSIX limits")


def test_a_full_disk_is_one_sentence_in_both_languages(
        store: Store, put: Callable[..., Batch], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_batch, "write_rows", _full)

    with pytest.raises(UnwritableError) as caught:
        put(store, 1, "belts", belt_id=["b1"])

    said = caught.value.message
    assert said.key == "store_unwritable"
    assert said.say("zh").startswith("磁盘满了，这次导入已全部撤回，什么都没写进去：")
    assert said.say("en").startswith("the disk is full; this import was taken back whole, and "
                                     "nothing of it was written: ")


def test_nothing_is_left_of_it_and_the_next_import_works(
        store: Store, put: Callable[..., Batch], march: Callable[[int], datetime],
        rows: Callable[..., list[dict[str, object]]], monkeypatch: pytest.MonkeyPatch) -> None:
    put(store, 1, "belts", belt_id=["b1"], city=["义乌"])
    with monkeypatch.context() as broken:
        broken.setattr(open_batch, "sync", _full)
        with pytest.raises(UnwritableError):
            put(store, 2, "belts", belt_id=["b1", "b2"], city=["曹县", None])

    assert not store.folder.batch("belts", 2).exists()
    assert not store.folder.staging.exists()
    assert [batch.id for batch in store.batches()] == [1]
    assert rows(store, "belts", "city") == [{"city": "义乌"}]
    assert put(store, 3, "belts", belt_id=["b2"]).tables["belts"].added == 1


def test_files_that_may_not_grow_stop_the_import_where_rows_are_written(
        store: Store, march: Callable[[int], datetime]) -> None:
    with pytest.raises(UnwritableError), _files_of_at_most(100_000):
        _import(store, march(1), rows=300_000)

    assert store.batches() == ()
    assert not list(store.folder.facts.glob("*/*"))


def test_files_that_may_not_grow_stop_the_import_where_rows_are_parked(
        store: Store, march: Callable[[int], datetime], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "HELD_BYTES", 1000)

    with pytest.raises(UnwritableError), _files_of_at_most(100_000):
        _import(store, march(1), rows=300_000)

    assert store.batches() == ()
    assert not store.folder.staging.exists()


def test_memory_that_runs_out_stops_the_import(
        store: Store, put: Callable[..., Batch], monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object, **__: object) -> object:
        raise MemoryError

    monkeypatch.setattr(open_batch, "difference", exhausted)

    with pytest.raises(UnwritableError) as caught:
        put(store, 1, "belts", belt_id=["b1"])

    assert caught.value.message.say("en").startswith("memory ran out; ")


def _full(*_: object, **__: object) -> object:
    raise OSError(errno.ENOSPC, "No space left on device")


def _import(store: Store, now: datetime, *, rows: int) -> None:
    ids = np.random.default_rng(7).integers(0, 2**62, rows).astype(str)
    with store.importing(now=now) as batch:
        batch.add("belts", pa.table({"belt_id": pa.array(ids, pa.string())}))


@contextmanager
def _files_of_at_most(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
