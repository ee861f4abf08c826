"""Files: one a business month, sorted by time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from caopan.facts.schema import TABLES, Kind
from caopan.store import open_batch, writing
from caopan.store.batch import Batch
from caopan.store.store import Store

NEW_YEAR_UTC = datetime(2025, 12, 31, 16, 0, tzinfo=UTC)
"""The first moment of 2026 in Shanghai."""


def test_rows_lie_by_business_month_and_those_without_a_date_apart(
        store: Store, put: Callable[..., Batch],
        rows: Callable[..., list[dict[str, object]]]) -> None:
    put(store, 1, "orders", order_id=["old", "new", "unpaid"],
        paid_at=[NEW_YEAR_UTC - timedelta(microseconds=1), NEW_YEAR_UTC, None])

    assert _files(store) == {"1/month=2025-12/rows.parquet": ["old"],
                             "1/month=2026-01/rows.parquet": ["new"],
                             "1/month=none/rows.parquet": ["unpaid"]}
    assert len(rows(store, "orders", "order_id")) == 3


@pytest.mark.parametrize(("together", "large"), [
    (1, 0), (150, 0), (10_000, 0), (10_000, 6), (10_000, 20)])
def test_each_file_is_sorted_by_time_however_many_months_are_sorted_together(
        tmp_path: Path, put: Callable[..., Batch], monkeypatch: pytest.MonkeyPatch,
        together: int, large: int) -> None:
    monkeypatch.setattr(open_batch, "writable", lambda *_: False)
    monkeypatch.setattr(writing, "GROUP_ROWS", together)
    monkeypatch.setattr(writing, "LARGE", large)
    hours = [(n * 7919) % 4000 for n in range(400)]

    with Store.open(tmp_path) as store:
        put(store, 1, "orders", order_id=[str(n) for n in range(400)],
            paid_at=[NEW_YEAR_UTC + timedelta(hours=h) for h in hours[:-1]] + [None])

        months = sorted((store.folder.facts / "orders" / "1").glob("month=*/rows.parquet"))
        paid = [pq.read_table(month, columns=["paid_at"], partitioning=None)["paid_at"].to_pylist()
                for month in months]

    assert [month.parent.name for month in months] == [
        f"month=2026-0{n}" for n in range(1, 7)] + ["month=none"]
    assert all(times == sorted(times) for times in paid[:-1])
    assert sum(map(len, paid)) == 400


@pytest.mark.parametrize("by_arrow", [True, False])
def test_both_ways_of_writing_write_the_same_rows_in_the_same_order(
        tmp_path: Path, put: Callable[..., Batch], monkeypatch: pytest.MonkeyPatch,
        *, by_arrow: bool) -> None:
    if not by_arrow:
        monkeypatch.setattr(open_batch, "writable", lambda *_: False)

    with Store.open(tmp_path) as store:
        put(store, 1, "orders", order_id=["c", "a", "d", "b", "e"], amount=[1, None, 3, 4, 5],
            paid_at=[NEW_YEAR_UTC + timedelta(hours=2), None, NEW_YEAR_UTC, NEW_YEAR_UTC,
                     NEW_YEAR_UTC - timedelta(microseconds=1)],
            province=["浙江", "浙江", None, "浙江", "浙江"], x_note=["甲", "", None, "乙", "乙"])

        files = {path.parent.name: pq.read_table(path, partitioning=None)
                 for path in (store.folder.facts / "orders" / "1").rglob("*.parquet")}

    assert {month: file.select(["order_id", "amount", "province", "extra", "_batch", "_row"])
            .to_pylist() for month, file in files.items()} == {
        "month=none": [_row("a", None, "浙江", None, 1)],
        "month=2025-12": [_row("e", 5, "浙江", "乙", 4)],
        "month=2026-01": [_row("d", 3, None, None, 2), _row("b", 4, "浙江", "乙", 3),
                          _row("c", 1, "浙江", "甲", 0)]}
    assert {tuple(file.schema.names) for file in files.values()} == {
        ("order_id", "line", "paid_at", "amount", "province", "extra", "_batch", "_row")}


def _row(order: str, amount: int | None, province: str | None, note: str | None,
         number: int) -> dict[str, object]:
    return {"order_id": order, "amount": amount, "province": province, "_batch": 1, "_row": number,
            "extra": note and f'{{"x_note":"{note}"}}'}


def test_a_column_without_any_value_is_not_written_and_reads_as_null(
        store: Store, put: Callable[..., Batch],
        rows: Callable[..., list[dict[str, object]]]) -> None:
    put(store, 1, "orders", order_id=["a"], paid_at=[NEW_YEAR_UTC], amount=[5])

    (file,) = (store.folder.facts / "orders" / "1").glob("month=*/rows.parquet")
    assert {"order_id", "paid_at", "amount"} <= set(pq.read_schema(file).names)
    assert "refund_amount" not in pq.read_schema(file).names
    assert rows(store, "orders", "amount", "refund_amount") == [
        {"amount": 5, "refund_amount": None}]


def test_a_table_without_a_date_is_one_file_sorted_by_its_key(
        store: Store, put: Callable[..., Batch]) -> None:
    put(store, 1, "session_minutes", session_id=["b", "a", "b"], minute=[1, 0, 0])

    found = pq.read_table(store.folder.batch("session_minutes", 1) / "rows.parquet",
                          columns=["session_id", "minute", "_row"], partitioning=None)
    assert found.to_pydict() == {"session_id": ["a", "b", "b"], "minute": [0, 0, 1],
                                 "_row": [1, 2, 0]}


def test_every_date_that_sorts_a_table_is_an_instant() -> None:
    assert {table.column(table.dated_by).kind for table in TABLES.values() if table.dated_by} == {
        Kind.INSTANT}


def test_dates_far_away_have_months_of_their_own(store: Store, put: Callable[..., Batch]) -> None:
    moments = [datetime(1969, 12, 31, tzinfo=UTC), datetime(9999, 12, 31, 23, tzinfo=UTC)]

    put(store, 1, "orders", order_id=["early", "late"], paid_at=moments)

    assert _files(store) == {"1/month=1969-12/rows.parquet": ["early"],
                             "1/month=10000-01/rows.parquet": ["late"]}


def test_the_months_around_the_first_day_of_1970_are_two(
        store: Store, put: Callable[..., Batch]) -> None:
    midnight = datetime(1969, 12, 31, 16, tzinfo=UTC)

    put(store, 1, "orders", order_id=["before", "after"],
        paid_at=[midnight - timedelta(microseconds=1), midnight])

    assert _files(store) == {"1/month=1969-12/rows.parquet": ["before"],
                             "1/month=1970-01/rows.parquet": ["after"]}


def _files(store: Store) -> dict[str, list[str]]:
    root: Path = store.folder.facts / "orders"
    return {path.relative_to(root).as_posix():
            pq.read_table(path, columns=["order_id"], partitioning=None)["order_id"].to_pylist()
            for path in sorted(root.rglob("*.parquet"))}


def test_files_are_readable_by_others_without_our_help(
        store: Store, put: Callable[..., Batch], march: Callable[[int], datetime]) -> None:
    put(store, 1, "sessions", session_id=["s"], streamer_id=["h"], started_at=[march(1)],
        gmv=[100])

    (file,) = (store.folder.facts / "sessions" / "1").rglob("*.parquet")
    assert pq.read_schema(file).field("gmv").type == pa.int64()
    assert pq.read_schema(file).field("started_at").type == pa.timestamp("us", "UTC")
