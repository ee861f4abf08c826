"""What an import does to what is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from caopan.store import staging
from caopan.store.batch import Batch, Counts
from caopan.store.open_batch import UnfinishedImportError
from caopan.store.staging import UnknownTableError
from caopan.store.store import Store


def test_new_rows_are_added(
        store: Store, put: Callable[..., Batch],
        rows: Callable[..., list[dict[str, object]]]) -> None:
    done = put(store, 1, "belts", belt_id=["b1", "b2"], city=["义乌", None])

    assert done.tables == {"belts": Counts(added=2)}
    assert rows(store, "belts", "belt_id", "city") == [
        {"belt_id": "b1", "city": "义乌"}, {"belt_id": "b2", "city": None}]


def test_importing_the_same_again_changes_nothing(
        store: Store, put: Callable[..., Batch],
        rows: Callable[..., list[dict[str, object]]]) -> None:
    put(store, 1, "belts", belt_id=["b1", "b2"], city=["义乌", None])

    again = put(store, 2, "belts", belt_id=["b2", "b1"], city=[None, "义乌"])

    assert again.tables == {"belts": Counts(unchanged=2)}
    assert again.leans_on == (1,)
    assert rows(store, "belts", "belt_id", "_batch") == [
        {"belt_id": "b1", "_batch": 1}, {"belt_id": "b2", "_batch": 1}]
    assert not store.folder.batch("belts", 2).exists()


def test_other_values_replace_the_row_of_the_same_key(
        store: Store, put: Callable[..., Batch],
        rows: Callable[..., list[dict[str, object]]]) -> None:
    put(store, 1, "belts", belt_id=["b1", "b2"], city=["义乌", "曹县"])

    correction = put(store, 2, "belts", belt_id=["b2", "b3"], city=["菏泽", "南通"])

    assert correction.tables == {"belts": Counts(added=1, replaced=1)}
    assert rows(store, "belts", "belt_id", "city", "_batch") == [
        {"belt_id": "b1", "city": "义乌", "_batch": 1},
        {"belt_id": "b2", "city": "菏泽", "_batch": 2},
        {"belt_id": "b3", "city": "南通", "_batch": 2}]


def test_a_value_that_becomes_null_is_a_change_and_null_is_not_zero(
        store: Store, put: Callable[..., Batch],
        rows: Callable[..., list[dict[str, object]]]) -> None:
    put(store, 1, "followers_daily", streamer_id=["h"], day=[_day(1)], followers=[0])

    emptied = put(store, 2, "followers_daily", streamer_id=["h"], day=[_day(1)], followers=_nulls())

    assert emptied.tables["followers_daily"] == Counts(replaced=1)
    assert rows(store, "followers_daily", "followers") == [{"followers": None}]


def test_a_changed_extra_column_is_a_change(
        store: Store, put: Callable[..., Batch],
        rows: Callable[..., list[dict[str, object]]]) -> None:
    put(store, 1, "belts", belt_id=["b1"], x_note=["旧"])

    assert put(store, 2, "belts", belt_id=["b1"], x_note=["旧"]).tables["belts"].unchanged == 1
    assert put(store, 3, "belts", belt_id=["b1"], x_note=["新"]).tables["belts"].replaced == 1
    assert rows(store, "belts", "extra") == [{"extra": '{"x_note":"新"}'}]


def test_a_key_with_an_empty_part_equals_itself(store: Store, put: Callable[..., Batch]) -> None:
    put(store, 1, "orders", order_id=["o1", "o1"], line=[None, "2"], paid_at=_nulls(2),
        amount=[100, 200])

    again = put(store, 2, "orders", order_id=["o1", "o1"], line=[None, "2"], paid_at=_nulls(2),
                amount=[150, 200])

    assert again.tables["orders"] == Counts(replaced=1, unchanged=1)


@pytest.mark.parametrize("ids", [
    ["a", "b", "c"], ["it's", "~", "\u4e49\u4e4c"],
    ["a\0b", "a", "a\0"], ["z" * 300, "z" * 299, " "]])
def test_every_known_key_is_met_again_whatever_its_characters(
        store: Store, put: Callable[..., Batch], ids: list[str]) -> None:
    put(store, 1, "belts", belt_id=["\u0001", "m", "\U0001f600", *ids])

    again = put(store, 2, "belts", belt_id=[*reversed(ids)], city=["x", None, None])
    derived = put(store, 3, "belts", derived=True, belt_id=[*ids, "a new one"])

    assert again.tables["belts"] == Counts(replaced=1, unchanged=2)
    assert derived.tables["belts"] == Counts(added=1, unchanged=3)
    assert derived.leans_on == (1, 2)


def test_of_one_key_twice_in_a_batch_the_last_wins_and_both_are_counted(
        store: Store, rows: Callable[..., list[dict[str, object]]],
        march: Callable[[int], datetime]) -> None:
    with store.importing(now=march(1)) as batch:
        batch.add("belts", pa.table({"belt_id": ["b1", "b1", "b2"], "city": ["甲", "甲", "乙"]}))
        batch.add("belts", pa.table({"belt_id": ["b1", "b3"], "city": ["丙", "丁"]}))

    assert batch.result.tables["belts"] == Counts(added=3, repeated=2, overruled=2)
    assert rows(store, "belts", "belt_id", "city")[0] == {"belt_id": "b1", "city": "丙"}


def test_identical_rows_in_a_batch_are_one(store: Store, put: Callable[..., Batch]) -> None:
    done = put(store, 1, "orders", order_id=["o1", "o1"], line=[None, None],
               paid_at=_nulls(2), amount=[5, 5])

    assert done.tables["orders"] == Counts(added=1, repeated=1)


def test_a_repeated_key_that_ends_as_it_was_changes_nothing(
        store: Store, put: Callable[..., Batch],
        rows: Callable[..., list[dict[str, object]]]) -> None:
    put(store, 1, "belts", belt_id=["b1"], city=["义乌"])

    done = put(store, 2, "belts", belt_id=["b1", "b1"], city=["曹县", "义乌"])

    assert done.tables["belts"] == Counts(unchanged=1, repeated=1, overruled=1)
    assert rows(store, "belts", "_batch") == [{"_batch": 1}]


def test_derived_rows_fill_only_keys_that_nobody_has(
        store: Store, put: Callable[..., Batch], rows: Callable[..., list[dict[str, object]]],
        march: Callable[[int], datetime]) -> None:
    put(store, 1, "streamers", streamer_id=["known"], name=["老王"])

    with store.importing(now=march(2)) as batch:
        batch.add("streamers", pa.table({"streamer_id": ["known", "primary", "new", "new"],
                                         "name": ["x", "x", "小李", "y"]}), derived=True)
        batch.add("streamers", pa.table({"streamer_id": ["primary"], "name": ["小张"]}))

    assert batch.result.tables["streamers"] == Counts(added=2, unchanged=1)
    assert batch.result.leans_on == (1,)
    assert rows(store, "streamers", "streamer_id", "name") == [
        {"streamer_id": "known", "name": "老王"}, {"streamer_id": "new", "name": "小李"},
        {"streamer_id": "primary", "name": "小张"}]


def test_a_list_of_products_wins_over_a_derived_name_and_stays(
        store: Store, put: Callable[..., Batch],
        rows: Callable[..., list[dict[str, object]]]) -> None:
    put(store, 1, "products", derived=True, product_id=["p"], name=["订单里的名字"])
    put(store, 2, "products", product_id=["p"], name=["商品表的名字"])

    put(store, 3, "products", derived=True, product_id=["p"], name=["订单里的名字"])

    assert rows(store, "products", "name") == [{"name": "商品表的名字"}]


def test_many_tables_become_visible_together(
        store: Store, march: Callable[[int], datetime]) -> None:
    with store.importing(now=march(1), note="夜里", files=["a.csv"]) as batch:
        batch.add("belts", pa.table({"belt_id": ["b1"]}))
        batch.add("sessions", pa.table({"session_id": ["s"], "streamer_id": ["h"],
                                        "started_at": [march(1)], "gmv": [12345]}))
        batch.came_from("b.csv")
        assert store.fetch(store.tables()["belts"]).num_rows == 0

    assert list(batch.result.tables) == ["sessions", "belts"]
    assert batch.result.note == "夜里"
    assert batch.result.files == ("a.csv", "b.csv")
    assert store.fetch(store.tables()["sessions"].gmv.sum().name("gmv")).to_pylist() == [
        {"gmv": 12345}]


def test_an_error_inside_the_block_leaves_nothing(
        store: Store, march: Callable[[int], datetime]) -> None:
    def broken_import() -> None:
        with store.importing(now=march(1)) as batch:
            batch.add("belts", pa.table({"belt_id": ["b1"]}))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken_import()

    assert store.batches() == ()
    assert not store.folder.staging.exists()
    assert store.fetch(store.tables()["belts"]).num_rows == 0


@pytest.mark.parametrize("held", [0, 60, 1_000_000])
def test_a_file_that_broke_off_leaves_nothing_in_any_table(
        store: Store, put: Callable[..., Batch], rows: Callable[..., list[dict[str, object]]],
        march: Callable[[int], datetime], monkeypatch: pytest.MonkeyPatch, held: int) -> None:
    monkeypatch.setattr(staging, "HELD_BYTES", held)
    put(store, 1, "belts", belt_id=["known"], city=["义乌"])

    with store.importing(now=march(2)) as batch:
        batch.add("belts", pa.table({"belt_id": ["b1", "b2"], "city": ["甲", "乙"]}))
        batch.add("streamers", pa.table({"streamer_id": ["h1"], "name": ["小李"]}), derived=True)
        mark = batch.mark()
        for _ in range(3):
            batch.add("belts", pa.table({"belt_id": ["b2", "known", "bad"], "city": ["错"] * 3}))
            batch.add("products", pa.table({"product_id": ["bad"]}))
            batch.add("streamers", pa.table({"streamer_id": ["h1", "bad"]}), derived=True)
            batch.add("streamers", pa.table({"streamer_id": ["h1"], "name": ["错"]}))
        batch.discard(mark)
        batch.add("belts", pa.table({"belt_id": ["b3"], "city": ["丙"]}))

    assert {name: counts for name, counts in batch.result.tables.items() if counts != Counts()} == {
        "belts": Counts(added=3), "streamers": Counts(added=1)}
    assert batch.result.leans_on == ()
    assert rows(store, "belts", "belt_id", "city", "_batch") == [
        {"belt_id": "b1", "city": "甲", "_batch": 2}, {"belt_id": "b2", "city": "乙", "_batch": 2},
        {"belt_id": "b3", "city": "丙", "_batch": 2},
        {"belt_id": "known", "city": "义乌", "_batch": 1}]
    assert rows(store, "products", "product_id") == []
    assert rows(store, "streamers", "streamer_id", "name") == [
        {"streamer_id": "h1", "name": "小李"}]


def test_what_is_kept_does_not_depend_on_where_it_waited(
        tmp_path: Path, march: Callable[[int], datetime], monkeypatch: pytest.MonkeyPatch) -> None:
    kept = []
    for held in (0, 1_000_000):
        monkeypatch.setattr(staging, "HELD_BYTES", held)
        with Store.open(tmp_path / str(held)) as store:
            for day in (1, 2):
                with store.importing(now=march(day)) as batch:
                    for n in range(4):
                        batch.add("orders", pa.table({
                            "order_id": ["o", f"o{n}", f"o{n * day}"], "amount": [n, n, day],
                            "paid_at": [march(n + 1), None, march(20)], "x_n": ["", str(n), "x"]}))
            found = store.fetch(store.tables()["orders"]).sort_by("order_id")
            kept.append((found.to_pylist(), [batch.tables for batch in store.batches()]))

    assert kept[0] == kept[1]
    assert kept[0][1][1]["orders"] == Counts(
        added=2, replaced=4, unchanged=1, repeated=5, overruled=5)


def test_a_result_is_not_there_before_the_end(
        store: Store, march: Callable[[int], datetime]) -> None:
    with store.importing(now=march(1)) as batch, pytest.raises(UnfinishedImportError):
        _ = batch.result


def test_an_unknown_table_is_refused_with_the_known_ones(
        store: Store, march: Callable[[int], datetime]) -> None:
    with store.importing(now=march(1)) as batch, pytest.raises(UnknownTableError) as refused:
        batch.add("shows", pa.table({"id": ["1"]}))

    assert refused.value.message.say("zh") == "没有名为 shows 的标准表"
    assert "sessions" in refused.value.message.advise("en")


def test_an_import_without_rows_is_a_batch_without_tables(
        store: Store, march: Callable[[int], datetime]) -> None:
    with store.importing(now=march(1)) as batch:
        pass

    assert batch.result.tables == {}
    assert [found.id for found in store.batches()] == [1]


def test_a_preview_counts_and_keeps_nothing(
        store: Store, put: Callable[..., Batch], rows: Callable[..., list[dict[str, object]]],
        march: Callable[[int], datetime]) -> None:
    put(store, 1, "belts", belt_id=["b1"], city=["义乌"])

    with store.previewing(now=march(2)) as batch:
        batch.add("belts", pa.table({"belt_id": ["b1", "b2"], "city": ["曹县", "南通"]}))

    assert batch.result.tables == {"belts": Counts(added=1, replaced=1)}
    assert [found.id for found in store.batches()] == [1]
    assert rows(store, "belts", "city") == [{"city": "义乌"}]
    assert not store.folder.batch("belts", 2).exists()


def test_every_batch_has_a_later_instant_than_the_one_before(
        store: Store, put: Callable[..., Batch], march: Callable[[int], datetime]) -> None:
    first = put(store, 5, "belts", belt_id=["b1"])
    second = put(store, 5, "belts", belt_id=["b2"])
    third = put(store, 1, "belts", belt_id=["b3"])

    assert first.made_at == march(5)
    assert second.made_at == march(5) + timedelta(microseconds=1)
    assert third.made_at == march(5) + timedelta(microseconds=2)
    assert [found.made_at for found in store.batches()] == [
        first.made_at, second.made_at, third.made_at]


def test_the_ledger_tells_the_same_as_the_result(
        opened: Callable[[], Store], put: Callable[..., Batch]) -> None:
    store = opened()
    put(store, 1, "belts", belt_id=["b1"], city=["义乌"])
    result = put(store, 2, "belts", belt_id=["b1", "b1"], city=["曹县", "南通"])
    store.close()

    assert opened().batches()[1] == result


def test_a_correction_of_a_correction_keeps_one_row(
        store: Store, put: Callable[..., Batch],
        rows: Callable[..., list[dict[str, object]]]) -> None:
    for day, city in enumerate(["甲", "乙", "丙"], start=1):
        put(store, day, "belts", belt_id=["b1", f"only {day}"], city=[city, "x"])

    assert rows(store, "belts", "belt_id", "city") == [
        {"belt_id": "b1", "city": "丙"}, {"belt_id": "only 1", "city": "x"},
        {"belt_id": "only 2", "city": "x"}, {"belt_id": "only 3", "city": "x"}]


def _day(day: int) -> object:
    return datetime(2026, 3, day, tzinfo=UTC).date()


def _nulls(n: int = 1) -> pa.Array:
    return pa.nulls(n)
