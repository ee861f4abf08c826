"""Readers see all of an import or nothing of it, and never wait for one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from threading import Event, Thread

import duckdb
import ibis
import pyarrow as pa

from caopan.store.batch import Batch
from caopan.store.store import Store

READ_UNTIL_TOLD = """
import sys
from threading import Thread

from caopan.store.store import Store

stop = []
Thread(target=lambda: stop.append(sys.stdin.read()), daemon=True).start()
with Store.open(sys.argv[1], url=sys.argv[2] or None) as store:
    while True:
        last = bool(stop)
        tables = store.tables()
        counts = [store.fetch(tables[name]).num_rows for name in ("sessions", "products")]
        print(*counts, flush=True)
        if last:
            break
"""


def test_a_thread_reads_all_or_nothing_while_an_import_runs(
        store: Store, march: Callable[[int], datetime]) -> None:
    seen: set[tuple[int, int]] = set()
    started, done = Event(), Event()

    def read() -> None:
        last = False
        while not last:
            last = done.is_set()
            tables = store.tables()
            seen.add((store.fetch(tables["sessions"]).num_rows,
                      store.fetch(tables["products"]).num_rows))
            started.set()

    reader = Thread(target=read)
    reader.start()
    started.wait()
    _import_both(store, march)
    done.set()
    reader.join()

    assert seen == {(0, 0), (3000, 5000)}


def test_another_process_reads_all_or_nothing_while_imports_run(url: str | None,
        opened: Callable[[], Store], march: Callable[[int], datetime]) -> None:
    store = opened()
    reader = subprocess.Popen([sys.executable, "-c", READ_UNTIL_TOLD, str(store.folder.root),
                               url or ""],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with reader:
        assert reader.stdout is not None
        assert reader.stdin is not None
        first = reader.stdout.readline()
        _import_both(store, march)
        store.undo(1, now=march(2))
        _import_both(store, march)
        reader.stdin.close()
        seen = {first, *reader.stdout}

    assert first == "0 0\n"
    assert seen <= {"0 0\n", "3000 5000\n"}
    assert "3000 5000\n" in seen
    assert reader.returncode == 0


def test_reading_does_not_wait_for_an_open_import(
        store: Store, put: Callable[..., Batch], rows: Callable[..., list[dict[str, object]]],
        march: Callable[[int], datetime]) -> None:
    put(store, 1, "belts", belt_id=["b1"])

    with store.importing(now=march(2)) as batch:
        batch.add("belts", pa.table({"belt_id": ["b2"]}))

        assert rows(store, "belts", "belt_id") == [{"belt_id": "b1"}]
        assert [found.id for found in store.batches()] == [1]


def _import_both(store: Store, march: Callable[[int], datetime]) -> None:
    with store.importing(now=march(1)) as batch:
        for start in range(0, 3000, 500):
            keys = [str(n) for n in range(start, start + 500)]
            batch.add("sessions", pa.table({"session_id": keys, "streamer_id": keys,
                                            "started_at": [march(1)] * 500}))
        batch.add("products", pa.table({"product_id": [str(n) for n in range(5000)]}))


def test_closing_cuts_off_what_is_still_read_and_one_long_answer_holds_up_no_other(
        store: Store) -> None:
    reading, ended = Event(), []
    other = store.again()
    long = ibis.range(0, 50_000).unnest().name("n").as_table()
    long = long.cross_join(long.view().rename(m="n")).mutate(k=ibis._.n * ibis._.m)

    def read() -> None:
        reading.set()
        try:
            other.fetch(long.aggregate(most=long.k.cast("string").max()))
        except duckdb.InterruptException:
            ended.append("cut off")

    reader = Thread(target=read)
    reader.start()
    reading.wait(5)

    assert other.fetch(other.tables()["sessions"].count()).num_rows == 1
    analytics = other._analytics  # noqa: SLF001 - that it reads shows nowhere else
    assert analytics is not None
    while not analytics._cursors:  # noqa: SLF001 - as above
        pass
    other.close()
    reader.join(10)
    assert ended == ["cut off"]
