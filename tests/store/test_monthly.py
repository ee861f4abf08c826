"""Months of rows in memory: each row once, in order, under the month of its business day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from caopan.facts.schema import TABLES
from caopan.store.monthly import months, writable, write

ORDERS = TABLES["orders"]
NEW_YEAR = datetime(2025, 12, 31, 16, tzinfo=UTC)
"""The first moment of 2026 in Shanghai."""


@settings(deadline=None)
@given(st.lists(st.none() | st.datetimes(min_value=datetime(1995, 1, 1),  # noqa: DTZ001
                                         max_value=datetime(2100, 1, 1))))  # noqa: DTZ001
def test_every_row_lies_once_in_the_month_of_its_business_day(
        naive: list[datetime | None]) -> None:
    moments = [None if moment is None else moment.replace(tzinfo=UTC) for moment in naive]

    found = list(months(pa.array(moments, pa.timestamp("us", "UTC")).cast(pa.int64())))

    expected: dict[str, list[int]] = {}
    for place in sorted(range(len(moments)),
                        key=lambda at: (moments[at] is not None, moments[at], at)):
        moment = moments[place]
        label = "none" if moment is None else f"{moment + timedelta(hours=8):%Y-%m}"
        expected.setdefault(label, []).append(place)
    assert {month.label: month.order.tolist() for month in found} == expected
    assert [month.label for month in found] == list(expected)


def test_moments_too_far_apart_to_be_packed_are_sorted_all_the_same() -> None:
    far = 250_000_000_000_000_001
    moments = pa.array([far, 0, far - 1, *range(100)], pa.int64())

    found = [place for month in months(moments) for place in month.order.tolist()]

    assert found == sorted(range(len(moments)), key=lambda at: (moments[at].as_py(), at))


def test_a_year_of_five_digits_is_left_to_the_database() -> None:
    moments = [datetime(9999, 12, 31, 23, tzinfo=UTC)]
    rows = pa.table({"paid_at": pa.array(moments, pa.timestamp("us", "UTC"))})

    assert not writable(ORDERS, rows)
    assert writable(ORDERS, rows.slice(0, 0))
    assert not writable(TABLES["belts"], rows)


def test_text_of_few_values_is_written_as_a_dictionary_and_read_as_text(tmp_path: Path) -> None:
    n = 1_000
    rows = pa.table({
        "order_id": [str(at) for at in range(n)], "province": ["浙江", "上海"] * (n // 2),
        "paid_at": pa.array([NEW_YEAR] * n, pa.timestamp("us", "UTC")),
        "_row": pa.array(range(n), pa.int64())})

    (file,) = write(ORDERS, rows, batch=3, place=lambda label: tmp_path / label)

    group = pq.read_metadata(file).row_group(0)
    encodings = {group.column(at).path_in_schema: group.column(at).encodings
                 for at in range(group.num_columns)}
    assert "RLE_DICTIONARY" in encodings["province"]
    assert "RLE_DICTIONARY" not in encodings["order_id"]
    assert pq.read_schema(file).field("province").type == pa.string()
    assert pq.read_table(file)["_batch"].unique().to_pylist() == [3]


def test_rows_without_the_column_of_dates_are_undated(tmp_path: Path) -> None:
    rows = pa.table({"order_id": ["a"], "_row": pa.array([0], pa.int64())})

    (file,) = write(ORDERS, rows, batch=1, place=lambda label: tmp_path / label)

    assert file.name == "none"
    assert pq.read_table(file)["paid_at"].to_pylist() == [None]
