"""A column read as what its layout says."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from caopan.facts.schema import TABLES, Kind
from caopan.ingest.cells import Cells
from caopan.ingest.column import read as read_column
from caopan.ingest.column import reader
from caopan.ingest.fault import Fault
from caopan.ingest.layout import Field
from caopan.ingest.moment import Calendar

CALENDAR = Calendar(zone=ZoneInfo("Asia/Shanghai"))


def read(field: Field, *values: str, table: str = "sessions") -> tuple[list[Any], list[str]]:
    cells = Cells(length=len(values), texts=pa.array(values, pa.string()))
    found, codes = read_column(cells, how=reader(field, table=table), calendar=CALENDAR,
                               currency="CNY", salt=b"s")
    return found.to_pylist(), [Fault(code).name for code in codes]


@pytest.mark.parametrize(("to", "written", "value"), [
    ("title", " 福利 ", "福利"), ("views", "1.2万", 12_000), ("avg_online", "7.5", 7.5),
    ("gmv", "¥12.34", 1_234), ("level", "s", "S"), ("session_id", "007", "007"),
    ("currency", "cny", "CNY"), ("avg_watch_seconds", "12.5", 12.5),
])
def test_the_kind_of_the_canonical_column_decides(to: str, written: str, value: object) -> None:
    assert read(Field(header="h", to=to), written) == ([value], ["NONE"])


@pytest.mark.parametrize(("name", "written", "value"), [
    ("minutes", "1.5", 90.0), ("hours", "2", 7_200.0), ("seconds", "00:01:30", 90.0),
    ("words_duration", "1分48秒", 108.0), ("percent", "5.17%", 0.0517), ("percent", "0.35", 0.35),
    ("id", "1E+20", None), ("flag", "是", True), ("day", "2026-03-01", date(2026, 3, 1)),
])
def test_a_reader_may_be_named(name: str, written: str, value: object) -> None:
    found, _ = read(Field(header="h", to="scratch", read=name), written)

    assert found == [pytest.approx(value) if isinstance(value, float) else value]


def test_scratch_may_say_its_kind() -> None:
    assert read(Field(header="h", to="scratch", kind=Kind.MONEY), "1.5")[0] == [150]


def test_a_scale_multiplies_before_the_check_for_whole_numbers() -> None:
    assert read(Field(header="h", to="views", scale=1_000.0), "1.5")[0] == [1_500]


def test_negatives_are_refused_but_for_refunds_and_where_allowed() -> None:
    assert read(Field(header="h", to="gmv"), "-1")[1] == ["NEGATIVE"]
    assert read(Field(header="h", to="views"), "-1")[1] == ["NEGATIVE"]
    assert read(Field(header="h", to="refund_amount"), "-1")[0] == [-100]
    assert read(Field(header="h", to="new_followers", signed=True), "-1")[0] == [-1]


def test_a_share_is_no_amount() -> None:
    assert read(Field(header="h", to="gmv"), "5%")[1] == ["UNREADABLE_NUMBER"]


def test_a_reader_that_nobody_knows_is_a_mistake_of_the_layout() -> None:
    with pytest.raises(ValueError, match="parsecs"):
        reader(Field(header="h", to="gmv", read="parsecs"), table="sessions")


@pytest.mark.parametrize("table", list(TABLES))
def test_every_canonical_column_has_a_reader(table: str) -> None:
    for column in TABLES[table].columns:
        assert reader(Field(header=column.name, to=column.name), table=table).name
