"""Durations as numbers, clocks or words."""

from __future__ import annotations

import pyarrow as pa
import pytest

from caopan.ingest.cells import Cells
from caopan.ingest.duration import parse, read
from caopan.ingest.fault import Fault


@pytest.mark.parametrize(("written", "seconds"), [
    ("4小时46分钟49秒", 17_209), ("1分48秒", 108), ("2分30秒", 150), ("58秒", 58),
    ("3小时", 10_800),
    ("1天2小时", 93_600), ("1个小时5分", 3_900), ("01:48", 108), ("04:46:49", 17_209),
    ("100:00", 6_000), ("1h 5m 10s", 3_910), ("90 min", 5_400), ("２分", 120), ("1.5小时", 5_400),
    ("90", 90), ("1,200", 1_200),
])
def test_every_form_of_a_duration_is_read(written: str, seconds: float) -> None:
    assert parse(written) == seconds


@pytest.mark.parametrize("written", ["", "soon", "1:75", "1:70:00", "分", "5万年"])
def test_what_is_no_duration_is_refused(written: str) -> None:
    assert parse(written) is Fault.UNREADABLE_DURATION


def test_a_bare_number_counts_what_the_column_says() -> None:
    cells = Cells(length=2, texts=pa.array(["1.5", "2分30秒"]))

    assert read(cells, unit="minutes")[0].to_pylist() == [90.0, 150.0]
    assert read(cells, unit="hours")[0].to_pylist() == [5_400.0, 150.0]


def test_spreadsheet_numbers_and_times_of_day_are_durations_too() -> None:
    cells = Cells(length=2, numbers=pa.array([2.0, None]), spans=pa.array([None, 95.0]))

    assert read(cells, unit="minutes")[0].to_pylist() == [120.0, 95.0]


def test_words_for_nothing_are_null_and_rubbish_is_named() -> None:
    values, codes = read(Cells(length=2, texts=pa.array(["--", "x"])), unit="seconds")

    assert values.to_pylist() == [None, None]
    assert codes.tolist() == [0, Fault.UNREADABLE_DURATION]
