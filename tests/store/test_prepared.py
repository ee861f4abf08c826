"""What was asked before is not written again, and never reads what no longer counts."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import ibis
import pyarrow as pa

from caopan.store.prepared import Prepared
from caopan.store.store import Store


def cities(store: Store) -> list[str]:
    belts = store.tables()["belts"]
    return store.fetch(belts.select("city").order_by("city"))["city"].to_pylist()


def add(store: Store, now: datetime, belt: str, city: str) -> None:
    with store.importing(now=now) as batch:
        batch.add("belts", pa.table({"belt_id": [belt], "city": [city]}))


def test_the_same_question_after_an_import_and_an_undo_reads_what_counts_then(
        store: Store, march: Callable[[int], datetime]) -> None:
    add(store, march(1), "b1", "Yiwu")
    before = [cities(store), cities(store)]
    add(store, march(2), "b2", "Caoxian")
    after = [cities(store), cities(store)]
    store.undo(2, now=march(3))
    undone = [cities(store), cities(store)]
    add(store, march(4), "b1", "Jinhua")

    assert before == [["Yiwu"]] * 2
    assert after == [["Caoxian", "Yiwu"]] * 2
    assert undone == [["Yiwu"]] * 2
    assert [cities(store), cities(store)] == [["Jinhua"]] * 2


def test_the_past_and_the_present_are_different_questions(
        store: Store, march: Callable[[int], datetime]) -> None:
    add(store, march(1), "b1", "Yiwu")
    add(store, march(3), "b1", "Jinhua")

    def city(as_of: datetime | None) -> list[str]:
        return store.fetch(store.tables(as_of=as_of)["belts"].city.as_table())["city"].to_pylist()

    assert [city(march(2)), city(None), city(march(2))] == [["Yiwu"], ["Jinhua"], ["Yiwu"]]


def test_literals_that_python_takes_for_equal_stay_apart(store: Store) -> None:
    def one(value: ibis.Value) -> list[dict[str, object]]:
        return store.fetch(value.name("x")).to_pylist()

    told = [one(ibis.literal(1, "int64")), one(ibis.literal(True)),  # noqa: FBT003 - the value
            one(ibis.literal(1.0, "float64")), one(ibis.literal("1"))]

    assert [type(rows[0]["x"]) for rows in told] == [int, bool, float, str]


def test_rows_brought_along_are_read_each_time(store: Store) -> None:
    def total(*values: int) -> int:
        brought = ibis.memtable(pa.table({"n": values}))
        return store.fetch(brought.aggregate(sum=brought.n.sum()))["sum"][0].as_py()

    assert [total(1, 2), total(5), total(1, 2)] == [3, 5, 3]


def test_threads_that_ask_the_same_at_once_all_get_the_rows(
        store: Store, march: Callable[[int], datetime]) -> None:
    add(store, march(1), "b1", "Yiwu")

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: cities(store), range(40)))

    assert found == [["Yiwu"]] * 40


def test_no_more_than_its_bound_is_remembered_and_the_oldest_goes_first() -> None:
    table, backend = ibis.table({"n": "int64"}, name="t"), ibis.duckdb.connect()
    prepared = Prepared(most=2)
    asked = [prepared.query(table.filter(table.n > least), backend) for least in (1, 2, 1, 3)]

    assert len(prepared) == 2
    assert asked[0] is asked[2]
    assert prepared.query(table.filter(table.n > 1), backend) is asked[0]
    assert prepared.query(table.filter(table.n > 2), backend) is not asked[1]
