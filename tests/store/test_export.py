"""Exported tables come back in without loss, and nothing in them runs as a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caopan.facts.arrow import ARROW
from caopan.facts.schema import FORMULA_STARTS, TABLES, Kind, Table
from caopan.store.batch import Batch
from caopan.store.export import Format, StaleExportError
from caopan.store.store import Store

STORED_AS_TEXT = {Kind.TEXT, Kind.WORDS, Kind.CHOICE}


def test_each_kind_stands_in_the_file_as_the_format_says(
        store: Store, put: Callable[..., Batch], tmp_path: Path) -> None:
    put(store, 1, "orders", order_id=["o1", "o2"], line=[None, "1"],
        paid_at=[datetime(2026, 3, 1, 11, 30, tzinfo=UTC), None], amount=[1234, 1200],
        refund_amount=[5, -250], quantity=[0, None], new_to_shop=[True, None],
        x_shelf=["A,1", None])

    store.export(tmp_path / "out")

    header, first, second = _cells(tmp_path / "out" / "orders.csv")
    assert header == [*TABLES["orders"].names, "x_shelf"]
    assert dict(zip(header, first, strict=True)) | {
        "order_id": "o1", "line": "", "paid_at": "2026-03-01T19:30:00+08:00", "amount": "12.34",
        "refund_amount": "0.05", "quantity": "0", "new_to_shop": "true", "x_shelf": "A,1",
    } == dict(zip(header, first, strict=True))
    assert dict(zip(header, second, strict=True)) | {
        "order_id": "o2", "line": "1", "paid_at": "", "amount": "12", "refund_amount": "-2.5",
        "quantity": "", "new_to_shop": "", "x_shelf": "",
    } == dict(zip(header, second, strict=True))


def test_lines_end_as_rfc_4180_says_and_text_is_utf_8(
        store: Store, put: Callable[..., Batch], tmp_path: Path) -> None:
    put(store, 1, "belts", belt_id=["b1"], name=['女装"大"带'], city=["一\n二"])

    store.export(tmp_path)

    assert (tmp_path / "belts.csv").read_bytes() == (
        'belt_id,name,category,city,province\r\nb1,"女装""大""带",,"一\n二",\r\n'.encode())


def test_only_tables_with_rows_are_written(
        store: Store, put: Callable[..., Batch], march: Callable[[int], datetime],
        tmp_path: Path) -> None:
    put(store, 1, "belts", belt_id=["b1", "b2"])
    put(store, 2, "products", product_id=["p"])
    store.undo(2, now=march(3))

    assert store.export(tmp_path / "out") == {"belts": 2}
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["belts.csv"]


def test_the_state_as_known_then_can_be_exported(
        store: Store, put: Callable[..., Batch], march: Callable[[int], datetime],
        tmp_path: Path) -> None:
    put(store, 1, "belts", belt_id=["b1"], city=["义乌"])
    put(store, 2, "belts", belt_id=["b1"], city=["曹县"])

    store.export(tmp_path, as_of=march(1))

    assert _cells(tmp_path / "belts.csv")[1] == ["b1", "", "", "义乌", ""]


def test_undo_gives_byte_for_byte_the_same_export(
        store: Store, put: Callable[..., Batch], march: Callable[[int], datetime],
        tmp_path: Path) -> None:
    put(store, 1, "belts", belt_id=["b2", "b1"], city=["甲", "乙"], x_a=["1", "2"])
    store.export(tmp_path / "before")
    put(store, 2, "belts", belt_id=["b0", "b1"], city=["丙", "丁"], x_b=["3", "4"])
    store.undo(2, now=march(3))

    store.export(tmp_path / "after")

    assert (tmp_path / "after" / "belts.csv").read_bytes() == (
        tmp_path / "before" / "belts.csv").read_bytes()


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(
        tmp_path: Path, put: Callable[..., Batch], start: str) -> None:
    with Store.open(tmp_path / "w") as store:
        put(store, 1, "belts", belt_id=["b1"], name=[f"{start}1+1"], x_note=[f"'{start}1"],
            city=[f"a{start}"])
        store.export(tmp_path / "out")

    row = _cells(tmp_path / "out" / "belts.csv")[1]

    assert row == ["b1", f"'{start}1+1", "", f"a{start}", "", f"''{start}1"]


def test_negative_money_is_a_number_and_stays_one(
        store: Store, put: Callable[..., Batch], tmp_path: Path) -> None:
    put(store, 1, "orders", order_id=["o"], paid_at=pa.nulls(1), amount=[-5])

    store.export(tmp_path)

    assert "-0.05" in _cells(tmp_path / "orders.csv")[1]


def test_parquet_carries_exact_decimals_and_unchanged_text(
        store: Store, put: Callable[..., Batch], tmp_path: Path,
        march: Callable[[int], datetime]) -> None:
    put(store, 1, "orders", order_id=["=o"], paid_at=[march(1)], amount=[-1234], x_a=["=1"])

    store.export(tmp_path, form=Format.PARQUET)

    found = pq.read_table(tmp_path / "orders.parquet")
    assert found.schema.field("amount").type == pa.decimal128(22, 2)
    assert found.select(["order_id", "paid_at", "amount", "x_a"]).to_pylist() == [
        {"order_id": "=o", "paid_at": march(1), "amount": Decimal("-12.34"), "x_a": "=1"}]


def test_a_folder_with_other_canonical_tables_is_refused(
        store: Store, put: Callable[..., Batch], tmp_path: Path) -> None:
    put(store, 1, "belts", belt_id=["b1"])
    (tmp_path / "orders.csv").write_text("order_id\r\nold\r\n")

    with pytest.raises(StaleExportError) as refused:
        store.export(tmp_path)

    assert refused.value.message.values["files"] == "orders.csv"
    assert not (tmp_path / "belts.csv").exists()


def test_an_export_may_be_repeated_into_its_own_folder(
        store: Store, put: Callable[..., Batch], tmp_path: Path) -> None:
    put(store, 1, "belts", belt_id=["b1"])
    store.export(tmp_path)
    put(store, 2, "belts", belt_id=["b2"])

    assert store.export(tmp_path) == {"belts": 2}
    assert len(_cells(tmp_path / "belts.csv")) == 3


_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1,
                max_size=6) | st.sampled_from(["=1", "'=1", "''-x", "'", "\r\n", '"', "+", "null"])
_INTEGER = st.integers(-10**15, 10**15)
_VALUES = {
    Kind.TEXT: _TEXT, Kind.WORDS: _TEXT, Kind.CHOICE: _TEXT, Kind.COUNT: _INTEGER,
    Kind.MONEY: _INTEGER, Kind.NUMBER: st.floats(allow_nan=False, allow_infinity=False),
    Kind.INSTANT: st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1),  # noqa: DTZ001 - made aware
                               timezones=st.just(UTC)),
    Kind.DAY: st.dates(date(1970, 1, 1), date(2200, 1, 1)), Kind.FLAG: st.booleans(),
}


@st.composite
def _tables(draw: st.DrawFn) -> tuple[str, list[dict[str, object]]]:
    """Draw rows of one table with distinct, full keys, any other cell empty or not."""
    table = TABLES[draw(st.sampled_from(["orders", "ad_spend", "product_channels", "engagements"]))]
    row = {column.name: _VALUES[column.kind] if column.name in table.key
           else st.none() | _VALUES[column.kind] for column in table.columns}
    extras = {name: st.none() | _TEXT for name in ("x_a", 'x_"b/~,')}
    rows = draw(st.lists(st.fixed_dictionaries(row | extras), min_size=1, max_size=4,
                         unique_by=lambda r: tuple(r[k] for k in table.key)))
    return table.name, rows


@settings(max_examples=25, deadline=None)
@given(drawn=_tables())
def test_whatever_was_imported_comes_back_from_its_export(
        tmp_path_factory: pytest.TempPathFactory,
        drawn: tuple[str, list[dict[str, object]]]) -> None:
    name, rows = drawn
    folder = tmp_path_factory.mktemp("round")
    with Store.open(folder / "w") as store:
        with store.importing(now=datetime(2026, 3, 1, tzinfo=UTC)) as batch:
            batch.add(name, _arrow(TABLES[name], rows))
        store.export(folder / "out")

        with store.importing(now=datetime(2026, 3, 2, tzinfo=UTC)) as again:
            again.add(name, _read(TABLES[name], folder / "out" / f"{name}.csv"))

    assert again.result.tables[name].unchanged == len(rows)


def _arrow(table: Table, rows: list[dict[str, object]]) -> pa.Table:
    kinds = {column.name: ARROW[column.kind] for column in table.columns}
    return pa.table({name: pa.array([row[name] for row in rows], kinds.get(name, pa.string()))
                     for name in rows[0]})


def _cells(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def _read(table: Table, file: Path) -> pa.Table:
    """Read canonical CSV as its definition says, independently of the product's reader."""
    header, *lines = _cells(file)
    kinds = {column.name: column.kind for column in table.columns}
    rows = [{name: _value(kinds.get(name, Kind.TEXT), cell)
             for name, cell in zip(header, line, strict=True)} for line in lines]
    return _arrow(table, rows)


def _value(kind: Kind, cell: str) -> object:
    if cell == "":
        return None
    readers = {Kind.COUNT: int, Kind.MONEY: lambda text: int(Decimal(text) * 100),
               Kind.NUMBER: float, Kind.INSTANT: datetime.fromisoformat,
               Kind.DAY: date.fromisoformat, Kind.FLAG: lambda text: text == "true"}
    if kind in STORED_AS_TEXT:
        return re.sub(rf"\A'('*[{re.escape(FORMULA_STARTS)}])", r"\1", cell)
    return readers[kind](cell)
