"""A stretch of rows read into typed columns."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa

from caopan.ingest.cells import Cells
from caopan.ingest.column import reader
from caopan.ingest.context import Context
from caopan.ingest.grid import Block, full
from caopan.ingest.layout import Field
from caopan.ingest.moment import Calendar
from caopan.ingest.options import Options
from caopan.ingest.problems import Problems
from caopan.ingest.typed import ROW, typed

FIELDS = (Field(header="货号", to="product_id"), Field(header="价格", to="list_price"),
          Field(header="备注", to=None))
BOUND = [(reader(field, table="products"), at) for at, field in enumerate(FIELDS) if field.to]
CALENDAR = Calendar(zone=ZoneInfo("Asia/Shanghai"))


def block(*rows: tuple[str, ...]) -> Block:
    columns = tuple(Cells(length=len(rows), texts=pa.array(column, pa.string()))
                    for column in zip(*rows, strict=True))
    return Block(columns=columns, rows=np.arange(10, 10 + len(rows)))


def context() -> Context:
    options = Options(now=datetime(2026, 3, 1, tzinfo=UTC), salt=b"")
    return Context(layout="l", platform="p", file="f", sheet="s", titles=(), headers=(),
                   options=options, currency="CNY", zone=CALENDAR.zone,
                   problems=Problems(file="f", sheet="s"))


def test_columns_are_named_by_what_they_fill_and_rows_keep_their_numbers() -> None:
    table = typed(block(("1", "5", "x"), ("2", "--", "y")), bound=BOUND, context=context(),
                  calendar=CALENDAR, constants=(("name", "苹果"),))

    assert table.to_pylist() == [
        {"product_id": "1", "list_price": 500, ROW: 10, "name": "苹果"},
        {"product_id": "2", "list_price": None, ROW: 11, "name": "苹果"}]


def test_a_row_with_two_bad_cells_is_dropped_once_and_named_twice() -> None:
    surroundings = context()

    table = typed(block(("1E+20", "x", ""), ("2", "5", "")), bound=BOUND, context=surroundings,
                  calendar=CALENDAR)

    assert table["product_id"].to_pylist() == ["2"]
    assert [(issue.row, issue.column, issue.sheet) for issue in surroundings.problems.issues] == [
        (10, "货号", "s"), (10, "价格", "s")]


def test_a_bad_cell_in_a_dropped_column_is_nobodys_concern() -> None:
    surroundings = context()

    typed(block(("1", "5", "\x07")), bound=BOUND, context=surroundings, calendar=CALENDAR)

    assert surroundings.problems.issues == []


def test_a_column_that_the_rows_never_reach_is_null() -> None:
    short = Block(columns=(Cells(length=1, texts=pa.array(["1"])),), rows=np.array([2]))

    table = typed(short, bound=BOUND, context=context(), calendar=CALENDAR)

    assert table["list_price"].to_pylist() == [None]


def test_full_rows_are_those_with_anything_in_any_column() -> None:
    found = full(block(("", " ", "\u3000"), ("1", "", ""), ("", "", "x")))

    assert found.rows.tolist() == [11, 12]
    assert [cells.texts.to_pylist() for cells in found.columns] == [["1", ""], ["", ""], ["", "x"]]


def test_a_block_without_blank_rows_is_itself() -> None:
    whole = block(("1", "", ""))

    assert full(whole) is whole
