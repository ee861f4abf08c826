from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pyarrow as pa

from caopan.ingest.context import Context
from caopan.ingest.options import Options
from caopan.ingest.problems import Problems
from caopan.ingest.reported import dated, over


def titled(*titles: str) -> Context:
    """Return the context of a file with these cells above its header."""
    return Context(
        layout="test", platform="test", file="week.xlsx", sheet=None, titles=titles, headers=(),
        options=Options(now=datetime(2026, 11, 1, tzinfo=UTC), salt=b"s"), currency="IDR",
        zone=ZoneInfo("Asia/Jakarta"), problems=Problems(file="week.xlsx"))


def test_the_last_day_of_the_title_is_inside_the_window() -> None:
    rows = over(pa.table({"a": [1, 2]}), titled("2026-04-06 ~ 2026-04-12"))

    assert rows is not None
    assert set(rows["from"].to_pylist()) == {date(2026, 4, 6)}
    assert set(rows["to"].to_pylist()) == {date(2026, 4, 13)}


def test_a_report_without_dates_is_an_error_said_once() -> None:
    context = titled("Sheet 1")

    assert over(pa.table({"a": [1]}), context) is None
    assert over(pa.table({"a": [1]}), context) is None
    assert [(str(i.level), i.message.key) for i in context.problems.issues] == [
        ("error", "no_window")]


def test_unknown_ends_are_null_days() -> None:
    rows = dated(pa.table({"a": [1]}), (None, None))

    assert rows.to_pylist() == [{"a": 1, "from": None, "to": None}]
    assert rows.schema.field("from").type == pa.date32()
