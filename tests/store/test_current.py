"""What is known now, and what was known then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from caopan.facts.schema import TABLES, Table
from caopan.store.batch import Batch
from caopan.store.current import State, TableFiles, current_sql, state
from caopan.store.store import Store

TICK = timedelta(microseconds=1)


def test_an_earlier_value_stays_readable_as_known_then(
        store: Store, put: Callable[..., Batch], rows: Callable[..., list[dict[str, object]]],
        march: Callable[[int], datetime]) -> None:
    put(store, 1, "belts", belt_id=["b1"], city=["义乌"])
    put(store, 3, "belts", belt_id=["b1", "b2"], city=["曹县", "南通"])

    assert rows(store, "belts", "city", as_of=march(1) - TICK) == []
    assert rows(store, "belts", "city", as_of=march(1)) == [{"city": "义乌"}]
    assert rows(store, "belts", "city", as_of=march(3) - TICK) == [{"city": "义乌"}]
    assert rows(store, "belts", "city", as_of=march(3)) == [{"city": "南通"}, {"city": "曹县"}]


def test_an_undone_batch_was_known_until_it_was_undone(
        store: Store, put: Callable[..., Batch], rows: Callable[..., list[dict[str, object]]],
        march: Callable[[int], datetime]) -> None:
    put(store, 1, "belts", belt_id=["b1"], city=["义乌"])
    put(store, 2, "belts", belt_id=["b1"], city=["错"])
    store.undo(2, now=march(4))
    put(store, 5, "belts", belt_id=["b1"], city=["对"])

    seen = [rows(store, "belts", "city", as_of=march(day))[0]["city"] for day in (1, 2, 3, 4, 5)]

    assert seen == ["义乌", "错", "错", "义乌", "对"]


def test_tables_keep_showing_the_state_they_were_asked_for(
        store: Store, put: Callable[..., Batch], march: Callable[[int], datetime]) -> None:
    put(store, 1, "belts", belt_id=["b1"])
    then = store.tables()["belts"]

    put(store, 2, "belts", belt_id=["b2"])
    store.undo(1, now=march(3))

    assert store.fetch(then.belt_id).to_pydict() == {"belt_id": ["b1"]}
    assert store.fetch(store.tables()["belts"].belt_id).to_pydict() == {"belt_id": ["b2"]}


def test_only_files_that_lost_rows_are_joined_against(
        store: Store, put: Callable[..., Batch]) -> None:
    put(store, 1, "belts", belt_id=["b1", "b2"], city=["甲", "乙"])
    put(store, 2, "belts", belt_id=["b3"], city=["丙"])
    put(store, 3, "belts", belt_id=["b1"], city=["丁"])

    with store.ledger.reading() as session:
        files = state(session).files("belts")

    assert files == TableFiles(whole=("facts/belts/2/rows.parquet", "facts/belts/3/rows.parquet"),
                               touched=("facts/belts/1/rows.parquet",),
                               superseded=("facts/belts/3/superseded.parquet",))


def test_a_file_that_lost_every_row_is_not_read_at_all(
        store: Store, put: Callable[..., Batch],
        rows: Callable[..., list[dict[str, object]]]) -> None:
    put(store, 1, "belts", belt_id=["b1", "b2"], city=["甲", "乙"])
    put(store, 2, "belts", belt_id=["b1"], city=["丙"])
    put(store, 3, "belts", belt_id=["b2"], city=["丁"])

    with store.ledger.reading() as session:
        files = state(session).files("belts")

    assert files.touched == ()
    assert rows(store, "belts", "belt_id", "city") == [
        {"belt_id": "b1", "city": "丙"}, {"belt_id": "b2", "city": "丁"}]


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_an_empty_table_reads_as_no_rows(table: Table) -> None:
    sql = current_sql(table, State().files(table.name), root=Path(), connection=duckdb.connect())

    assert sql.count("CAST(NULL AS") == len(table.columns) + 3
