from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from caopan.facts.issue import Issue
from caopan.facts.schema import TABLES, Column, Kind

RowsOf = Callable[..., tuple[str | None, dict[str, list[dict[str, Any]]], list[Issue]]]

TEXT = {Kind.TEXT: "id-1", Kind.COUNT: "7", Kind.NUMBER: "1.5", Kind.MONEY: "12.34",
        Kind.INSTANT: "2026-03-01T19:30:00+08:00", Kind.DAY: "2026-03-01", Kind.FLAG: "true",
        Kind.WORDS: "a;b"}
PLAIN = {Kind.COUNT: 7, Kind.NUMBER: 1.5, Kind.FLAG: True,
         Kind.INSTANT: "2026-03-01T11:30:00+00:00"}


def written(column: Column) -> str:
    if column.name == "currency":
        return "IDR"
    return column.choices[0] if column.choices else TEXT[column.kind]


def expected(column: Column) -> Any:  # noqa: ANN401 - of every kind
    return PLAIN.get(column.kind, written(column))


def write(path: Path, table: dict[str, list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(table)
        writer.writerows(zip(*table.values(), strict=True))
    return path


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_read_from_csv_with_all_its_columns(
    name: str, tmp_path: Path, rows_of: RowsOf,
) -> None:
    columns = TABLES[name].columns
    file = write(tmp_path / f"{name}.csv",
                 {column.name: [written(column)] for column in columns} | {"x_own": ["kept"]})

    layout, tables, issues = rows_of(file)

    row = tables[name][0]
    assert layout == f"canonical.{name}"
    assert issues == []
    assert row.pop("buyer_id", "hashed on arrival") != TEXT[Kind.TEXT]
    assert row == {column.name: expected(column) for column in columns
                   if column.name != "buyer_id"} | {"x_own": "kept"}


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_read_from_parquet_with_hardly_more_than_its_key(
    name: str, tmp_path: Path, rows_of: RowsOf,
) -> None:
    columns = [column for place, column in enumerate(TABLES[name].columns)
               if column.required or place == 1]
    file = tmp_path / f"{name}.parquet"
    pq.write_table(pa.table({column.name: [written(column)] for column in columns}), file)

    layout, tables, issues = rows_of(file)

    assert layout == f"canonical.{name}"
    assert issues == []
    row = tables[name][0]
    row.pop("currency", None)
    assert row == {column.name: expected(column) for column in columns}


def test_an_unknown_column_is_an_error_that_names_it(tmp_path: Path, rows_of: RowsOf) -> None:
    file = write(tmp_path / "sessions.csv", {
        "session_id": ["s"], "streamer_id": ["a"], "started_at": ["2026-03-01T19:30:00+08:00"],
        "gmv": ["1"], "likes": ["1"], "mood": ["good"]})

    layout, tables, issues = rows_of(file)

    assert (layout, tables) == (None, {})
    assert "mood" in issues[0].message.say("en")


def test_a_time_without_offset_is_shanghai_with_one_warning(
    tmp_path: Path, rows_of: RowsOf,
) -> None:
    file = write(tmp_path / "sessions.csv", {
        "session_id": ["s", "t"], "streamer_id": ["a", "a"],
        "started_at": ["2026-03-01T19:30:00", "2026-03-02 19:30:00"]})

    _, tables, issues = rows_of(file)

    assert [row["started_at"] for row in tables["sessions"]] == [
        "2026-03-01T11:30:00+00:00", "2026-03-02T11:30:00+00:00"]
    assert [(str(i.level), i.message.key) for i in issues] == [("warning", "naive_times")]


def test_another_currency_does_not_move_a_time_without_offset(
    tmp_path: Path, rows_of: RowsOf,
) -> None:
    file = write(tmp_path / "sessions.csv", {
        "session_id": ["s"], "streamer_id": ["a"], "started_at": ["2026-03-01T19:30:00"],
        "currency": ["IDR"], "gmv": ["5"]})

    _, tables, issues = rows_of(file)

    assert tables["sessions"][0]["started_at"] == "2026-03-01T11:30:00+00:00"
    assert [issue.message.key for issue in issues] == ["naive_times"]


def test_an_empty_cell_is_null_and_an_unpaid_order_loads(tmp_path: Path, rows_of: RowsOf) -> None:
    file = write(tmp_path / "orders.csv", {
        "order_id": ["o"], "paid_at": [""], "amount": ["0"], "quantity": [""]})

    _, tables, issues = rows_of(file)

    assert tables["orders"] == [{"order_id": "o", "amount": "0.00", "currency": "CNY"}]
    assert issues == []


def test_a_row_without_its_key_is_refused_and_the_others_load(
    tmp_path: Path, rows_of: RowsOf,
) -> None:
    file = write(tmp_path / "streamers.csv", {"streamer_id": ["", "a"], "name": ["x", "Anna"]})

    _, tables, issues = rows_of(file)

    assert tables["streamers"] == [{"streamer_id": "a", "name": "Anna"}]
    assert [(str(i.level), i.row, i.column) for i in issues] == [("error", 2, "streamer_id")]


def test_columns_that_fit_two_tables_go_by_the_name_of_the_file(
    tmp_path: Path, rows_of: RowsOf,
) -> None:
    columns = {"session_id": ["s"], "product_id": ["p"], "live_price": ["9.90"]}

    planned = rows_of(write(tmp_path / "planned_products.csv", columns))[0]
    sold = rows_of(write(tmp_path / "session_products.csv", columns))[0]

    assert (planned, sold) == ("canonical.planned_products", "canonical.session_products")


def test_a_buyer_hashed_before_stays_and_any_other_is_hashed(
    tmp_path: Path, rows_of: RowsOf,
) -> None:
    ours = "b-" + "0a" * 16
    file = write(tmp_path / "orders.csv", {
        "order_id": ["1", "2"], "paid_at": ["", ""], "buyer_id": [ours, "小明"]})

    _, tables, _ = rows_of(file)

    first, second = (row["buyer_id"] for row in tables["orders"])
    assert first == ours
    assert re.fullmatch("b-[0-9a-f]{32}", second)


@pytest.mark.parametrize(("cell", "text"), [
    ("'=1+1", "=1+1"), ("''=1+1", "'=1+1"), ("'\uff1d1", "\uff1d1"), ("'-5", "-5"),
    ("'@小美", "@小美"), ("'tis", "'tis"), ("a'=b", "a'=b"), ("=1", "=1"), ("''", "''"),
])
def test_one_apostrophe_before_a_formula_comes_off_canonical_csv_and_nothing_else(
    cell: str, text: str, tmp_path: Path, rows_of: RowsOf,
) -> None:
    columns = {"merchant_id": [cell], "name": [cell], "trust_rights": [cell], "x_own": [cell]}

    _, tables, issues = rows_of(write(tmp_path / "merchants.csv", columns))

    row = tables["merchants"][0]
    assert [row[name] for name in columns] == [text] * 4
    assert issues == []


def test_parquet_carries_text_as_it_is_and_money_as_decimals(
    tmp_path: Path, rows_of: RowsOf,
) -> None:
    file = tmp_path / "orders.parquet"
    moment = datetime(2026, 3, 1, 11, 30, 0, 250, tzinfo=UTC)
    pq.write_table(pa.table({
        "order_id": ["'=1+1"],
        "paid_at": pa.array([moment], pa.timestamp("us", "UTC")),
        "amount": pa.array([Decimal("4503599627370.49")], pa.decimal128(22, 2)),
    }), file)

    _, tables, issues = rows_of(file)

    assert tables["orders"] == [{"order_id": "'=1+1", "amount": "4503599627370.49",
                                 "paid_at": moment.isoformat(), "currency": "CNY"}]
    assert issues == []


def test_an_own_column_about_a_person_is_dropped_with_a_warning(
    tmp_path: Path, rows_of: RowsOf,
) -> None:
    _, tables, issues = rows_of(write(tmp_path / "merchants.csv", {
        "merchant_id": ["m"], "x_phone": ["13800001111"], "x_note": ["near"]}))

    assert tables["merchants"] == [{"merchant_id": "m", "x_note": "near", "currency": "CNY"}]
    assert [(str(i.level), i.message.key, i.column) for i in issues] == [
        ("warning", "personal_dropped", "x_phone")]
