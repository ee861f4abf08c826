"""Moments and days in every form that exports use."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from caopan.ingest.cells import Cells
from caopan.ingest.fault import Fault
from caopan.ingest.moment import Calendar, days, read, without_offset

SHANGHAI = Calendar(zone=ZoneInfo("Asia/Shanghai"), year=2021)
JAKARTA = Calendar(zone=ZoneInfo("Asia/Jakarta"))
NEW_YORK = Calendar(zone=ZoneInfo("America/New_York"))


def texts(*values: str | None) -> Cells:
    return Cells(length=len(values), texts=pa.array(values, pa.string()))


@pytest.mark.parametrize("written", [
    "2026-03-01 19:30", "2026/03/01 19:30:00", "2026/3/1 19:30", "2026.03.01 19:30",
    "2026年3月1日 19:30", "2026年03月01日 19时30分", "2026-03-01T19:30:00",
    "2026-03-01T19:30:00+08:00", "2026-03-01T11:30:00Z", "2026-03-01 19:30:00.000",
    "20260301193000", "1 Mar 2026 19:30", "Mar 1, 2026 19:30", "2026-03-01 07:30 PM",
    " 2026/03/01 19:30 ", "2026-03-01 19：30", "46082.8125",
])
def test_every_form_names_the_same_moment(written: str) -> None:
    values, codes = read(texts(written), calendar=SHANGHAI)

    assert values.to_pylist() == [datetime(2026, 3, 1, 11, 30, tzinfo=UTC)]
    assert not codes.any()


def test_a_time_without_offset_is_a_wall_clock_time_of_the_files_zone() -> None:
    cells = texts("2026-03-01 19:30")

    assert read(cells, calendar=JAKARTA)[0][0].as_py().hour == 12
    assert read(cells, calendar=SHANGHAI)[0][0].as_py().hour == 11


def test_offsets_and_wall_clock_times_stand_in_one_column() -> None:
    values, codes = read(texts("2026-03-01 19:30", "2026-03-01T19:30:00+07:00", "2026/3/1"),
                         calendar=SHANGHAI)

    assert [each.hour for each in values.to_pylist()] == [11, 12, 16]
    assert not codes.any()


@pytest.mark.parametrize("written", ["2026-02-30 10:00", "2026/13/01", "2026-03-01 25:00",
                                     "2023-02-29", "2026-00-10"])
def test_a_date_that_does_not_exist_is_refused(written: str) -> None:
    values, codes = read(texts("2026-03-01", written), calendar=SHANGHAI)

    assert codes.tolist() == [0, Fault.IMPOSSIBLE_DATE]
    assert values[1].as_py() is None


@pytest.mark.parametrize("written", ["soon", "19:30", "2026", "12", "2026-03-01 morning"])
def test_what_is_no_time_is_refused(written: str) -> None:
    assert read(texts(written), calendar=SHANGHAI)[1].tolist() == [Fault.UNREADABLE_TIME]


def test_a_date_without_a_year_takes_the_year_of_the_file() -> None:
    values, codes = read(texts("08-30 19:15", "8月3日 9:05", "08/30"), calendar=SHANGHAI)

    assert [each.astimezone(SHANGHAI.zone).isoformat()[:16] for each in values.to_pylist()] == [
        "2021-08-30T19:15", "2021-08-03T09:05", "2021-08-30T00:00"]
    assert not codes.any()


def test_a_date_without_a_year_is_refused_where_no_year_is_known() -> None:
    assert read(texts("08-30 19:15"), calendar=JAKARTA)[1].tolist() == [Fault.NO_YEAR]


def test_the_29th_of_february_of_a_year_without_one_is_refused() -> None:
    assert read(texts("02-29 19:15"), calendar=SHANGHAI)[1].tolist() == [Fault.IMPOSSIBLE_DATE]


def test_day_or_month_first_is_told_by_the_column() -> None:
    american, _ = read(texts("3/29/2017 13:05", "4/5/2017"), calendar=SHANGHAI)
    british, _ = read(texts("29/3/2017 13:05", "5/4/2017"), calendar=SHANGHAI)

    assert american.to_pylist() == british.to_pylist()
    assert american[1].as_py().astimezone(SHANGHAI.zone).date() == date(2017, 4, 5)


def test_day_or_month_first_that_cannot_be_told_is_refused() -> None:
    assert read(texts("4/5/2017"), calendar=SHANGHAI)[1].tolist() == [Fault.AMBIGUOUS_DATE]


def test_spreadsheet_numbers_are_days_since_1899() -> None:
    cells = Cells(length=3, numbers=pa.array([46082.8125, 46082.0, -5.0]))

    values, codes = read(cells, calendar=SHANGHAI)

    assert values.to_pylist()[:2] == [datetime(2026, 3, 1, 11, 30, tzinfo=UTC),
                                      datetime(2026, 2, 28, 16, 0, tzinfo=UTC)]
    assert codes.tolist() == [0, 0, Fault.UNREADABLE_TIME]


def test_a_spreadsheet_second_is_not_lost_in_the_fraction_of_a_day() -> None:
    second = 46082 + (19 * 3600 + 30 * 60 + 1) / 86400

    values, _ = read(Cells(length=1, numbers=pa.array([second])), calendar=SHANGHAI)

    assert values[0].as_py() == datetime(2026, 3, 1, 11, 30, 1, tzinfo=UTC)


def test_an_hour_that_summer_time_repeats_is_its_first() -> None:
    values, _ = read(texts("2026-11-01 01:30"), calendar=NEW_YORK)

    assert values[0].as_py() == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_an_hour_that_summer_time_skips_is_read_and_not_dropped() -> None:
    values, codes = read(texts("2026-03-08 02:30"), calendar=NEW_YORK)

    assert values[0].as_py() == datetime(2026, 3, 8, 7, 0, tzinfo=UTC)
    assert not codes.any()


def test_words_for_nothing_are_null() -> None:
    values, codes = read(texts("-", "", None, "--"), calendar=SHANGHAI)

    assert values.null_count == 4
    assert not codes.any()


def test_a_long_column_with_slashes_is_read_whole() -> None:
    written = [f"2026/03/{day:02d} {hour:02d}:{minute:02d}:07"
               for day in range(1, 29) for hour in range(24) for minute in (0, 30)]

    values, codes = read(texts(*written), calendar=SHANGHAI)

    assert not codes.any()
    assert values[-1].as_py() == datetime(2026, 3, 28, 15, 30, 7, tzinfo=UTC)


def test_one_impossible_date_among_thousands_is_found() -> None:
    written = ["2026/03/01 10:00:00"] * 1_500 + ["2026/02/30 10:00:00"]

    _, codes = read(texts(*written), calendar=SHANGHAI)

    assert codes.tolist() == [0] * 1_500 + [Fault.IMPOSSIBLE_DATE]


def test_a_flag_is_no_time() -> None:
    cells = Cells(length=1, flags=pa.array([True]))

    assert read(cells, calendar=SHANGHAI)[1].tolist() == [Fault.UNREADABLE_TIME]


def test_a_day_is_the_day_of_the_files_zone() -> None:
    values, _ = days(texts("2026-03-01", "2026-03-01T23:00:00Z"), calendar=SHANGHAI)

    assert values.to_pylist() == [date(2026, 3, 1), date(2026, 3, 2)]
    assert days(texts("2026-03-01"), calendar=NEW_YORK)[0].to_pylist() == [date(2026, 3, 1)]


def test_only_times_with_an_offset_say_where_they_are() -> None:
    assert not without_offset(texts("2026-03-01T19:30:00+08:00", "2026-03-01T19:30Z", ""))
    assert without_offset(texts("2026-03-01T19:30:00+08:00", "2026-03-01 19:30"))
    assert without_offset(Cells(length=1, numbers=pa.array([46082.0])))
    assert not without_offset(Cells(length=1, moments=pa.array([0], pa.timestamp("us", "UTC"))))
