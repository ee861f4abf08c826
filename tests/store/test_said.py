"""A column that a file lacks is not said and stays as it was; an empty cell is a statement."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pyarrow as pa
import pytest

from caopan.facts.schema import TABLES
from caopan.store.batch import Batch, Counts
from caopan.store.said import Speech, Stretch, merged_extra
from caopan.store.store import Store

Rows = Callable[..., list[dict[str, object]]]
Put = Callable[..., Batch]


def test_a_column_that_the_file_lacks_keeps_the_stored_value(
        store: Store, put: Put, rows: Rows, march: Callable[[int], datetime]) -> None:
    put(store, 1, "belts", belt_id=["b1", "b2"], name=["甲", "乙"], city=["义乌", "曹县"])

    later = put(store, 2, "belts", belt_id=["b1", "b2", "b3"], name=["甲", "丙", "丁"])

    assert later.tables["belts"] == Counts(added=1, replaced=1, unchanged=1)
    assert rows(store, "belts", "belt_id", "name", "city", "_batch") == [
        {"belt_id": "b1", "name": "甲", "city": "义乌", "_batch": 1},
        {"belt_id": "b2", "name": "丙", "city": "曹县", "_batch": 2},
        {"belt_id": "b3", "name": "丁", "city": None, "_batch": 2}]
    assert rows(store, "belts", "belt_id", "name", as_of=march(1)) == [
        {"belt_id": "b1", "name": "甲"}, {"belt_id": "b2", "name": "乙"}]


def test_an_empty_cell_in_a_column_that_is_there_empties_the_value(
        store: Store, put: Put, rows: Rows) -> None:
    put(store, 1, "belts", belt_id=["b1"], name=["甲"], city=["义乌"])

    emptied = put(store, 2, "belts", belt_id=["b1"], city=pa.nulls(1, pa.string()))

    assert emptied.tables["belts"] == Counts(replaced=1)
    assert rows(store, "belts", "name", "city") == [{"name": "甲", "city": None}]


def test_the_narrower_file_twice_changes_nothing_the_second_time(
        store: Store, put: Put, rows: Rows) -> None:
    put(store, 1, "belts", belt_id=["b1"], name=["甲"], city=["义乌"], x_note=["近"])
    put(store, 2, "belts", belt_id=["b1"], name=["乙"])

    again = put(store, 3, "belts", belt_id=["b1"], name=["乙"])

    assert again.tables["belts"] == Counts(unchanged=1)
    assert rows(store, "belts", "name", "city", "extra") == [
        {"name": "乙", "city": "义乌", "extra": '{"x_note":"近"}'}]


def test_undo_brings_back_exactly_what_was_there(
        store: Store, put: Put, rows: Rows, march: Callable[[int], datetime]) -> None:
    put(store, 1, "belts", belt_id=["b1"], name=["甲"], city=["义乌"], x_a=["1"])
    before = rows(store, "belts", *TABLES["belts"].names, "extra", "_batch")
    put(store, 2, "belts", belt_id=["b1"], name=["乙"], x_b=["2"])

    store.undo(2, now=march(3))

    assert rows(store, "belts", *TABLES["belts"].names, "extra", "_batch") == before


def test_an_extra_column_that_the_file_lacks_is_kept_beside_those_it_has(
        store: Store, put: Put, rows: Rows) -> None:
    put(store, 1, "belts", belt_id=["b1", "b2"], x_a=["1", "1"], x_c=["旧", "旧"])

    later = put(store, 2, "belts", belt_id=["b1", "b2"], x_b=["2", ""], x_c=["新", ""])

    assert later.tables["belts"] == Counts(replaced=2)
    assert rows(store, "belts", "extra") == [
        {"extra": '{"x_a":"1","x_b":"2","x_c":"新"}'}, {"extra": '{"x_a":"1"}'}]
    again = put(store, 3, "belts", belt_id=["b1", "b2"], x_b=["2", ""], x_c=["新", ""])
    assert again.tables["belts"] == Counts(unchanged=2)


def test_two_files_of_one_import_complete_each_other_as_two_imports_would(
        store: Store, rows: Rows, march: Callable[[int], datetime]) -> None:
    with store.importing(now=march(1)) as batch:
        batch.add("belts", pa.table({"belt_id": ["b1", "b2"], "name": ["甲", "乙"],
                                     "x_a": ["1", "1"]}))
        batch.add("belts", pa.table({"belt_id": ["b1"], "city": ["义乌"], "x_b": ["2"]}))

    assert batch.result.tables["belts"] == Counts(added=2, repeated=1)
    assert rows(store, "belts", "belt_id", "name", "city", "extra") == [
        {"belt_id": "b1", "name": "甲", "city": "义乌", "extra": '{"x_a":"1","x_b":"2"}'},
        {"belt_id": "b2", "name": "乙", "city": None, "extra": '{"x_a":"1"}'}]


def test_files_of_different_columns_each_keep_what_they_do_not_say(
        store: Store, put: Put, rows: Rows, march: Callable[[int], datetime]) -> None:
    put(store, 1, "belts", belt_id=["b1", "b2", "b3"], name=["甲", "乙", "丙"],
        city=["义乌", "曹县", "南通"], x_a=["1", "2", "3"])

    with store.importing(now=march(2)) as batch:
        batch.add("belts", pa.table({"belt_id": ["b1", "b3"], "name": ["戊", "丙"]}))
        batch.add("belts", pa.table({"belt_id": ["b2", "b3"], "city": ["菏泽", None],
                                     "x_a": ["2", "4"]}))

    assert batch.result.tables["belts"] == Counts(replaced=3, repeated=1)
    assert rows(store, "belts", "name", "city", "extra") == [
        {"name": "丙", "city": None, "extra": '{"x_a":"4"}'},
        {"name": "乙", "city": "菏泽", "extra": '{"x_a":"2"}'},
        {"name": "戊", "city": "义乌", "extra": '{"x_a":"1"}'}]


def test_a_statement_that_a_later_file_of_the_import_contradicts_is_overruled(
        store: Store, march: Callable[[int], datetime]) -> None:
    with store.importing(now=march(1)) as batch:
        batch.add("belts", pa.table({"belt_id": ["b1"], "name": ["甲"]}))
        batch.add("belts", pa.table({"belt_id": ["b1"], "name": ["乙"], "city": ["义乌"]}))

    assert batch.result.tables["belts"] == Counts(added=1, repeated=1, overruled=1)


def test_kept_values_move_with_a_row_whose_date_moves(
        store: Store, put: Put, rows: Rows) -> None:
    put(store, 1, "orders", order_id=["o1"], paid_at=[datetime(2026, 2, 1, tzinfo=UTC)],
        amount=[500], province=["浙江"])

    put(store, 2, "orders", order_id=["o1"], paid_at=[datetime(2026, 1, 1, tzinfo=UTC)])

    assert rows(store, "orders", "amount", "province") == [{"amount": 500, "province": "浙江"}]


def test_a_file_without_extras_keeps_them_though_other_values_change(
        store: Store, put: Put, rows: Rows) -> None:
    put(store, 1, "followers_daily", streamer_id=["h"], day=[date(2026, 3, 1)], followers=[5],
        active_followers=[2], x_note=["近"])

    put(store, 2, "followers_daily", streamer_id=["h"], day=[date(2026, 3, 1)], followers=[6],
        active_followers=[3])

    assert rows(store, "followers_daily", "followers", "extra") == [
        {"followers": 6, "extra": '{"x_note":"近"}'}]


@pytest.mark.parametrize(("statements", "told"), [
    ([('{"x_a":"1"}', {"x_a"}), (None, {"x_a"})], None),
    ([('{"x_a":"1"}', {"x_a"}), ('{"x_b":"2"}', {"x_b"})], '{"x_a":"1","x_b":"2"}'),
    ([('{"x_b":"\\u0007"}', {"x_b"}), ('{"x_a":"甲"}', {"x_a"})], '{"x_a":"甲","x_b":"\\u0007"}'),
])
def test_extras_are_merged_by_name(
        statements: list[tuple[str | None, set[str]]], told: str | None) -> None:
    assert merged_extra(statements) == told


def test_an_import_whose_rows_say_the_same_columns_needs_no_mask() -> None:
    one = Speech(table=TABLES["belts"],
                 stretches=(Stretch(first=0, end=9, columns=frozenset({"belt_id", "city"})),))

    assert one.is_uniform
    assert one.says("city", of="w") == "true"
    assert one.says("name", of="w") == "false"
