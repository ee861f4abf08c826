"""Shaped rows become canonical rows."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from caopan.facts.arrow import ARROW
from caopan.facts.schema import TABLES, Kind
from caopan.ingest.canonical import canonical
from caopan.ingest.chunk import Chunk
from caopan.ingest.context import Context
from caopan.ingest.options import Options
from caopan.ingest.problems import Problems

NOW = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)
BEFORE, AFTER = datetime(2026, 3, 10, 3, 59, tzinfo=UTC), datetime(2026, 3, 10, 4, 1, tzinfo=UTC)


@pytest.fixture
def context() -> Context:
    """Return the surroundings of a file in rupiah."""
    return Context(layout="l", platform="p", file="f", sheet=None, titles=(), headers=(),
                   options=Options(now=NOW, salt=b""), currency="IDR",
                   zone=ZoneInfo("Asia/Jakarta"), problems=Problems(file="f"))


def rows_of(table: str, context: Context, **columns: list[object]) -> pa.Table:
    return canonical(Chunk(table=table, rows=pa.table(columns)), context=context,
                     headers={"started_at": "开播时间"}).rows


def test_columns_stand_in_canonical_order_with_extras_behind(context: Context) -> None:
    rows = rows_of("products", context, x_b=["1"], name=["苹果"], product_id=["p"], _row=[2],
                   x_a=["2"])

    assert rows.column_names == ["product_id", "name", "currency", "x_b", "x_a"]


def test_the_currency_of_the_file_fills_what_is_blank(context: Context) -> None:
    rows = rows_of("products", context, product_id=["p", "q"], currency=["CNY", None])

    assert rows["currency"].to_pylist() == ["CNY", "IDR"]
    assert "currency" not in rows_of("streamers", context, streamer_id=["a"]).column_names


def test_a_required_value_that_is_missing_refuses_its_row_by_header(context: Context) -> None:
    rows = rows_of("sessions", context, session_id=["1", "2"], streamer_id=["a", "a"],
                   started_at=[BEFORE, None], _row=[5, 6])

    assert rows["session_id"].to_pylist() == ["1"]
    issue = context.problems.issues[0]
    assert (issue.row, issue.column, issue.message.key) == (6, "开播时间", "missing")


def test_a_required_column_that_no_shape_made_refuses_every_row(context: Context) -> None:
    rows = rows_of("sessions", context, streamer_id=["a"], started_at=[BEFORE])

    assert rows.num_rows == 0
    assert [(issue.row, issue.column) for issue in context.problems.issues] == [
        (None, "session_id")]


def test_an_unpaid_order_is_an_order(context: Context) -> None:
    rows = rows_of("orders", context, order_id=["1"],
                   paid_at=pa.array([None], pa.timestamp("us", "UTC")))

    assert rows.num_rows == 1
    assert context.problems.issues == []


@pytest.mark.parametrize(("table", "key", "column"), [
    ("sessions", "session_id", "started_at"), ("orders", "order_id", "paid_at"),
    ("ad_spend", "plan_id", "starts_at"),
])
def test_what_happened_cannot_lie_in_the_future(context: Context, table: str, key: str,
                                                column: str) -> None:
    rows = rows_of(table, context, **{key: ["1", "2"], "streamer_id": ["a", "a"],
                                      column: [BEFORE, AFTER]})

    assert rows[key].to_pylist() == ["1"]
    assert context.problems.issues[0].message.key == "future"
    assert context.problems.issues[0].value.startswith("2026-03-10 11:01")


def test_a_plan_may_lie_in_the_future(context: Context) -> None:
    rows = rows_of("planned_sessions", context, session_id=["1"], streamer_id=["a"],
                   started_at=[AFTER])

    assert rows.num_rows == 1


def test_days_and_numbers_take_their_canonical_type(context: Context) -> None:
    rows = rows_of("followers_daily", context, streamer_id=["a"], day=[date(2026, 3, 1)],
                   followers=pa.array([5.0]))

    assert rows.schema.field("followers").type == pa.int64()
    assert rows.schema.field("day").type == pa.date32()


def test_every_kind_has_an_arrow_type() -> None:
    assert set(ARROW) == set(Kind)
    assert {column.kind for table in TABLES.values() for column in table.columns} <= set(ARROW)
