"""Undo is exact, or refused with what to undo first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pyarrow as pa
import pytest

from caopan.store.batch import Batch
from caopan.store.store import Store
from caopan.store.undo import AlreadyUndoneError, LeanedOnError, UnknownBatchError


def test_undo_restores_what_was_before(
        store: Store, put: Callable[..., Batch], rows: Callable[..., list[dict[str, object]]],
        march: Callable[[int], datetime]) -> None:
    put(store, 1, "belts", belt_id=["b1", "b2"], city=["义乌", "曹县"])
    before = rows(store, "belts", "belt_id", "city", "extra", "_batch")
    put(store, 2, "belts", belt_id=["b2", "b3"], city=["菏泽", "南通"], x_note=["改", "新"])

    undone = store.undo(2, now=march(3))

    assert undone.undone_at == march(3)
    assert not undone.is_active
    assert rows(store, "belts", "belt_id", "city", "extra", "_batch") == before


def test_undo_covers_every_table_of_the_batch_at_once(
        store: Store, rows: Callable[..., list[dict[str, object]]],
        march: Callable[[int], datetime]) -> None:
    with store.importing(now=march(1)) as batch:
        batch.add("belts", pa.table({"belt_id": ["b1"]}))
        batch.add("products", pa.table({"product_id": ["p1"]}), derived=True)

    store.undo(1, now=march(2))

    assert rows(store, "belts", "belt_id") == rows(store, "products", "product_id") == []


def test_a_batch_that_later_ones_replaced_cannot_go_first(
        store: Store, put: Callable[..., Batch], march: Callable[[int], datetime]) -> None:
    put(store, 1, "belts", belt_id=["b1"], city=["义乌"])
    put(store, 2, "belts", belt_id=["b1"], city=["曹县"])

    with pytest.raises(LeanedOnError) as refused:
        store.undo(1, now=march(3))

    assert refused.value.message.advise("en") == "undo these first, in order: 2"
    assert "批次 1" in refused.value.message.say("zh")


def test_a_batch_whose_rows_were_counted_as_unchanged_cannot_go_first(
        store: Store, put: Callable[..., Batch], march: Callable[[int], datetime]) -> None:
    put(store, 1, "belts", belt_id=["b1"])
    put(store, 2, "belts", belt_id=["b1"])

    with pytest.raises(LeanedOnError):
        store.undo(1, now=march(3))


def test_a_batch_because_of_which_derived_rows_were_skipped_cannot_go_first(
        store: Store, put: Callable[..., Batch], march: Callable[[int], datetime]) -> None:
    put(store, 1, "streamers", streamer_id=["h"], name=["老王"])
    put(store, 2, "streamers", derived=True, streamer_id=["h"], name=["x"])

    with pytest.raises(LeanedOnError):
        store.undo(1, now=march(3))


def test_the_refusal_names_the_whole_chain_newest_first(
        store: Store, put: Callable[..., Batch], march: Callable[[int], datetime]) -> None:
    put(store, 1, "belts", belt_id=["b1"])
    put(store, 2, "belts", belt_id=["b1", "b2"])
    put(store, 3, "belts", belt_id=["b2"])

    with pytest.raises(LeanedOnError) as refused:
        store.undo(1, now=march(4))

    assert refused.value.message.values["leaning"] == "3, 2"


def test_batches_that_share_nothing_are_undone_in_any_order(
        store: Store, put: Callable[..., Batch], rows: Callable[..., list[dict[str, object]]],
        march: Callable[[int], datetime]) -> None:
    put(store, 1, "belts", belt_id=["b1"])
    put(store, 2, "belts", belt_id=["b2"])

    store.undo(1, now=march(3))

    assert rows(store, "belts", "belt_id") == [{"belt_id": "b2"}]


def test_undone_from_the_newest_everything_is_empty_again(
        store: Store, put: Callable[..., Batch], rows: Callable[..., list[dict[str, object]]],
        march: Callable[[int], datetime]) -> None:
    for day in (1, 2, 3):
        put(store, day, "belts", belt_id=["b1"], city=[str(day)])

    for number in (3, 2, 1):
        store.undo(number, now=march(4))

    assert rows(store, "belts", "belt_id") == []


def test_after_an_undo_the_same_rows_are_new_again(
        store: Store, put: Callable[..., Batch], rows: Callable[..., list[dict[str, object]]],
        march: Callable[[int], datetime]) -> None:
    put(store, 1, "belts", belt_id=["b1"], city=["义乌"])
    store.undo(1, now=march(2))

    again = put(store, 3, "belts", belt_id=["b1"], city=["义乌"])

    assert again.id == 2
    assert again.tables["belts"].added == 1
    assert again.leans_on == ()
    assert rows(store, "belts", "belt_id", "_batch") == [{"belt_id": "b1", "_batch": 2}]


def test_a_batch_that_was_undone_is_not_leaned_on(
        store: Store, put: Callable[..., Batch], march: Callable[[int], datetime]) -> None:
    put(store, 1, "belts", belt_id=["b1"], city=["义乌"])
    put(store, 2, "belts", belt_id=["b1"], city=["曹县"])
    store.undo(2, now=march(3))

    assert store.undo(1, now=march(4)).undone_at == march(4)


def test_undoing_twice_is_refused_with_the_moment_of_the_first(
        store: Store, put: Callable[..., Batch], march: Callable[[int], datetime]) -> None:
    put(store, 1, "belts", belt_id=["b1"])
    store.undo(1, now=march(2))

    with pytest.raises(AlreadyUndoneError) as refused:
        store.undo(1, now=march(3))

    assert refused.value.message.values["undone_at"] == "2026-03-02T20:00:00+08:00"


def test_an_unknown_batch_is_named(store: Store, march: Callable[[int], datetime]) -> None:
    with pytest.raises(UnknownBatchError) as refused:
        store.undo(9, now=march(1))

    assert refused.value.message.say("en") == "there is no batch 9"


def test_the_files_of_an_undone_batch_stay_through_the_next_import(
        store: Store, put: Callable[..., Batch], rows: Callable[..., list[dict[str, object]]],
        march: Callable[[int], datetime]) -> None:
    put(store, 1, "belts", belt_id=["b1"])
    store.undo(1, now=march(2))
    put(store, 3, "belts", belt_id=["b2"])

    assert rows(store, "belts", "belt_id", as_of=march(1)) == [{"belt_id": "b1"}]
