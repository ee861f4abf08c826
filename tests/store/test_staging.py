"""Rows are checked against the schema and parked in the order they came."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from caopan.facts.schema import TABLES, Table
from caopan.store import staging as staging_module
from caopan.store.staging import (
    MissingKeyError,
    Staging,
    UnknownColumnsError,
    WrongKindError,
    conform,
    staged_schema,
)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_chunk_with_the_key_alone_gets_every_column(table: Table) -> None:
    key = pa.table({column.name: [_some(column.kind)] for column in table.columns
                    if column.required})

    found = conform(table, key)

    assert found.schema == staged_schema(table).remove(len(table.columns) + 1)
    assert sum(found.column(name).null_count for name in found.column_names) == (
        found.num_columns - key.num_columns)


def test_empty_text_is_null_in_canonical_and_extra_columns() -> None:
    found = conform(TABLES["belts"], pa.table({"belt_id": ["b"], "city": [""], "x_a": [""]}))

    assert found.select(["city", "extra"]).to_pylist() == [{"city": None, "extra": None}]


def test_other_widths_and_zones_of_the_same_kind_are_taken() -> None:
    paid = pa.array([datetime(2026, 3, 1, 8)], pa.timestamp("ms", "Asia/Shanghai"))  # noqa: DTZ001 - Arrow adds the zone
    rows = pa.table({"order_id": pa.array(["o"]).dictionary_encode(), "paid_at": paid,
                     "amount": pa.array([5], pa.int16())})

    found = conform(TABLES["orders"], rows).select(["order_id", "paid_at", "amount"])

    assert found.to_pylist() == [
        {"order_id": "o", "paid_at": datetime(2026, 3, 1, 8, tzinfo=UTC), "amount": 5}]


def test_an_unknown_column_is_named() -> None:
    with pytest.raises(UnknownColumnsError) as refused:
        conform(TABLES["belts"], pa.table({"belt_id": ["b"], "gmv": [1], "shop": ["x"]}))

    assert refused.value.message.values["columns"] == "gmv, shop"


@pytest.mark.parametrize(("column", "values"), [
    ("amount", ["12 yuan"]), ("amount", [1.5]), ("paid_at", [True])])
def test_a_value_of_another_kind_is_refused_with_its_column(
        column: str, values: list[object]) -> None:
    rows = pa.table({"order_id": ["o"], column: values})

    with pytest.raises(WrongKindError, match=column):
        conform(TABLES["orders"], rows)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_is_not_finite_is_refused(value: float) -> None:
    with pytest.raises(WrongKindError, match="not finite"):
        conform(TABLES["engagements"], pa.table({"engagement_id": ["e"], "fee_rate": [value]}))


@pytest.mark.parametrize("empty", [None, ""])
def test_a_row_without_its_key_is_refused_with_their_number(empty: str | None) -> None:
    with pytest.raises(MissingKeyError) as refused:
        conform(TABLES["belts"], pa.table({"belt_id": ["b", empty, empty]}))

    assert refused.value.message.values == {"table": "belts", "column": "belt_id", "n": 2}


def test_rows_stay_in_memory_while_they_are_few(tmp_path: Path) -> None:
    staging = Staging(folder=tmp_path)

    staging.add(TABLES["belts"], pa.table({"belt_id": ["a", "b"]}), derived=False)
    staging.add(TABLES["belts"], pa.table({"belt_id": ["c"], "city": ["义乌"]}), derived=False)
    staging.add(TABLES["belts"], pa.table({"belt_id": ["d"]}), derived=True)
    parked = staging.finish()["belts"]

    assert parked.primary.to_pydict() == {"belt_id": ["a", "b", "c"], "_row": [0, 1, 2],
                                          "city": [None, None, "义乌"]}
    assert parked.derived.to_pydict() == {"belt_id": ["d"], "_row": [3]}
    assert parked.present == {"belt_id", "city", "_row"}
    assert list(tmp_path.iterdir()) == []


def test_what_memory_may_not_hold_goes_to_disk_and_all_of_it(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging_module, "HELD_BYTES", 50)
    staging = Staging(folder=tmp_path)

    for name in "abcdefg":
        staging.add(TABLES["belts"], pa.table({"belt_id": [name]}), derived=name == "d")
    parked = staging.finish()["belts"]

    primary = pq.ParquetFile(parked.primary)
    with primary:
        assert primary.read(["belt_id", "_row"]).to_pydict() == {
            "belt_id": list("abcefg"), "_row": [0, 1, 2, 4, 5, 6]}
        assert 1 < primary.num_row_groups < 6
        assert primary.schema_arrow.names == staged_schema(TABLES["belts"]).names
    assert pq.read_table(parked.derived, columns=["belt_id"]).to_pydict() == {"belt_id": ["d"]}
    assert parked.present == {"belt_id", "_row"}


def test_the_bound_is_one_for_all_tables_together(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging_module, "HELD_BYTES", 30)
    staging = Staging(folder=tmp_path)

    for table, key in (("belts", "belt_id"), ("products", "product_id"),
                       ("operators", "operator_id")):
        staging.add(TABLES[table], pa.table({key: ["x"]}), derived=False)

    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "belts.primary.parquet", "operators.primary.parquet", "products.primary.parquet"]
    assert all(isinstance(parked.primary, Path) for parked in staging.finish().values())


def test_what_came_after_a_mark_is_taken_back_by_its_numbers(tmp_path: Path) -> None:
    staging = Staging(folder=tmp_path)
    staging.add(TABLES["belts"], pa.table({"belt_id": ["a"]}), derived=False)
    mark = staging.mark()

    staging.add(TABLES["belts"], pa.table({"belt_id": ["b", "c"]}), derived=False)
    staging.add(TABLES["products"], pa.table({"product_id": ["p"]}), derived=True)
    staging.discard(mark)
    staging.add(TABLES["belts"], pa.table({"belt_id": ["d"]}), derived=False)
    parked = staging.finish()

    assert mark == {"belts": 1}
    assert {name: staged.dropped for name, staged in parked.items()} == {
        "belts": ((1, 3),), "products": ((0, 1),)}


def test_a_table_without_rows_is_not_parked(tmp_path: Path) -> None:
    staging = Staging(folder=tmp_path)

    staging.add(TABLES["belts"], pa.table({"belt_id": pa.array([], pa.string())}), derived=False)

    assert staging.finish() == {}
    assert list(tmp_path.iterdir()) == []


def _some(kind: str) -> object:
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    return {"count": 1, "instant": moment, "day": moment.date()}.get(kind, "x")
