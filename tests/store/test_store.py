"""The store as its callers use it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import ibis
import pyarrow as pa
import pytest

from caopan.facts.arrow import ARROW
from caopan.facts.schema import TABLES
from caopan.store.batch import Batch
from caopan.store.store import Store
from caopan.store.undo import UnknownBatchError


def test_a_new_workspace_has_every_table_empty_and_typed(store: Store) -> None:
    tables = store.tables()

    assert list(tables) == list(TABLES)
    for name, table in TABLES.items():
        found = store.fetch(tables[name])
        assert found.num_rows == 0
        assert found.column_names == [*table.names, "extra", "_batch"]
        assert [found.schema.field(c.name).type for c in table.columns] == [
            ARROW[c.kind] for c in table.columns]


@pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")  # Ibis's own call
def test_the_stated_types_are_those_the_engine_finds(
        store: Store, put: Callable[..., Batch]) -> None:
    put(store, 1, "orders", order_id=["o"], paid_at=pa.nulls(1))
    tables = store.tables()

    for table in tables.values():
        asked = table.op().source.table(table.op().name)
        assert asked.schema() == table.schema()


def test_every_kind_comes_back_as_it_was_put(
        store: Store, put: Callable[..., Batch], march: Callable[[int], datetime],
        rows: Callable[..., list[dict[str, object]]]) -> None:
    put(store, 1, "engagements", engagement_id=["e"], provider_id=["p"], merchant_id=["m"],
        starts_on=[date(2026, 3, 1)], scope=["拍摄;投流"], fee_rate=[0.2])
    put(store, 1, "orders", order_id=["o"], paid_at=[march(1)], amount=[-5], new_to_shop=[False])

    assert rows(store, "engagements", "starts_on", "scope", "fee_rate") == [
        {"starts_on": date(2026, 3, 1), "scope": "拍摄;投流", "fee_rate": 0.2}]
    assert rows(store, "orders", "paid_at", "amount", "new_to_shop") == [
        {"paid_at": march(1), "amount": -5, "new_to_shop": False}]


def test_an_expression_runs_over_several_tables(
        store: Store, put: Callable[..., Batch], march: Callable[[int], datetime]) -> None:
    put(store, 1, "sessions", session_id=["s1", "s2"], streamer_id=["h1", "h2"],
        started_at=[march(1), march(2)], gmv=[100, 250])
    put(store, 2, "streamers", streamer_id=["h1", "h2"], name=["甲", "乙"])
    tables = store.tables()

    joined = tables["sessions"].join(tables["streamers"], "streamer_id")
    found = store.fetch(joined.group_by("name").agg(gmv=joined.gmv.sum()).order_by("name"))

    assert found.to_pylist() == [{"name": "乙", "gmv": 250}, {"name": "甲", "gmv": 100}]


def test_a_scalar_and_a_column_are_fetched_as_tables(
        store: Store, put: Callable[..., Batch]) -> None:
    put(store, 1, "belts", belt_id=["b1", "b2"])
    belts = store.tables()["belts"]

    assert store.fetch(belts.count().name("n")).to_pylist() == [{"n": 2}]
    assert store.fetch(belts.belt_id.max().name("last")).to_pylist() == [{"last": "b2"}]


def test_memory_tables_join_with_stored_ones(store: Store, put: Callable[..., Batch]) -> None:
    put(store, 1, "belts", belt_id=["b1", "b2"], city=["义乌", "曹县"])
    wanted = ibis.memtable(pa.table({"belt_id": ["b2"]}))

    found = store.fetch(store.tables()["belts"].semi_join(wanted, "belt_id").select("city"))

    assert found.to_pylist() == [{"city": "曹县"}]


def test_tables_are_made_once_a_state(store: Store, put: Callable[..., Batch]) -> None:
    put(store, 1, "belts", belt_id=["b1"])
    first = store.tables()["belts"]

    assert store.tables()["belts"] is first
    put(store, 2, "belts", belt_id=["b2"])
    assert store.tables()["belts"] is not first


def test_what_was_imported_is_there_after_reopening(
        opened: Callable[[], Store], put: Callable[..., Batch],
        rows: Callable[..., list[dict[str, object]]]) -> None:
    store = opened()
    put(store, 1, "belts", belt_id=["b1"])
    store.close()

    assert rows(opened(), "belts", "belt_id") == [{"belt_id": "b1"}]


def test_another_open_store_sees_a_new_import_at_once(
        opened: Callable[[], Store], put: Callable[..., Batch],
        rows: Callable[..., list[dict[str, object]]]) -> None:
    writer, reader = opened(), opened()
    assert rows(reader, "belts", "belt_id") == []

    put(writer, 1, "belts", belt_id=["b1"])

    assert rows(reader, "belts", "belt_id") == [{"belt_id": "b1"}]


def test_one_batch_is_found_by_its_number(store: Store, put: Callable[..., Batch]) -> None:
    made = put(store, 1, "belts", belt_id=["b1"])

    assert store.batch(1) == made
    with pytest.raises(UnknownBatchError):
        store.batch(2)


def test_columns_with_the_names_of_sql_words_work(
        store: Store, put: Callable[..., Batch],
        rows: Callable[..., list[dict[str, object]]]) -> None:
    put(store, 1, "product_channels", product_id=["p"], channel=["shop"],
        **{"from": [date(2026, 3, 1)], "to": [date(2026, 3, 2)]}, gmv=[5])
    again = put(store, 2, "product_channels", product_id=["p"], channel=["shop"],
                **{"from": [date(2026, 3, 1)], "to": [date(2026, 3, 2)]}, gmv=[6])

    assert again.tables["product_channels"].replaced == 1
    assert rows(store, "product_channels", "from", "gmv") == [
        {"from": date(2026, 3, 1), "gmv": 6}]


def test_hostile_text_is_only_text(
        store: Store, put: Callable[..., Batch],
        rows: Callable[..., list[dict[str, object]]]) -> None:
    name = "'); DROP TABLE batches; -- \" {x} %s 😀"

    put(store, 1, "belts", belt_id=[name], x_a=[name])

    assert rows(store, "belts", "belt_id") == [{"belt_id": name}]
    assert store.batch(1).tables["belts"].added == 1


def test_closing_twice_does_no_harm(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.tables()

    store.close()
    store.close()
