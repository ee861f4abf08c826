"""Columns as files hold them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pyarrow as pa

from caopan.ingest.cells import Cells, from_array, from_values, joined


def wall(*parts: int) -> datetime:
    """Return a wall-clock time, as spreadsheets have them."""
    return datetime(*parts)  # noqa: DTZ001 - without zone on purpose


def test_a_spreadsheet_column_of_one_kind_has_one_form() -> None:
    assert from_values(["a", ""]).texts.to_pylist() == ["a", ""]
    assert from_values([1.0, 2.0]).texts is None


def test_a_spreadsheet_column_of_many_kinds_keeps_each_cell_once() -> None:
    cells = from_values(["--", 2.0, "", True, wall(2026, 3, 1, 9, 0), date(2026, 3, 2),
                         time(1, 2, 3), timedelta(hours=30), 7])

    assert cells.texts.to_pylist()[:3] == ["--", None, ""]
    assert cells.numbers.to_pylist() == [None, 2.0, *[None] * 6, 7.0]
    assert cells.flags[3].as_py() is True
    assert [each for each in cells.moments.to_pylist() if each] == [
        wall(2026, 3, 1, 9, 0), wall(2026, 3, 2)]
    assert [each for each in cells.spans.to_pylist() if each] == [3723.0, 108_000.0]


def test_midnight_that_a_spreadsheet_gives_as_a_day_keeps_its_neighbours_hours() -> None:
    cells = from_values([wall(2026, 3, 1, 9, 30), date(2026, 3, 2)])

    assert cells.moments.to_pylist() == [wall(2026, 3, 1, 9, 30), wall(2026, 3, 2)]


def test_typed_columns_keep_their_exactness() -> None:
    assert from_array(pa.array([2**60 + 1])).numbers.to_pylist() == [2**60 + 1]
    assert from_array(pa.array(["a", "a"]).dictionary_encode()).texts.to_pylist() == ["a", "a"]
    assert from_array(pa.array([True])).flags.to_pylist() == [True]
    assert from_array(pa.array([date(2026, 3, 1)])).moments.to_pylist() == [wall(2026, 3, 1)]
    assert from_array(pa.array([90], pa.duration("s"))).spans.to_pylist() == [90.0]
    assert from_array(pa.array([time(0, 1, 30)])).spans.to_pylist() == [90.0]
    zoned = from_array(pa.array([wall(2026, 3, 1)], pa.timestamp("ns", "Asia/Shanghai")))
    assert str(zoned.moments.type) == "timestamp[us, tz=UTC]"


def test_a_decimal_column_is_text_and_so_exact() -> None:
    column = pa.array(["12.30"]).cast(pa.decimal128(12, 2))

    assert from_array(column).texts.to_pylist() == ["12.30"]


def test_a_cell_is_shown_as_people_write_it() -> None:
    assert Cells(length=1, numbers=pa.array([3.0])).shown(0) == "3"
    assert Cells(length=1, numbers=pa.array([2.5])).shown(0) == "2.5"
    assert Cells(length=1, texts=pa.array(["x"])).shown(0) == "x"
    assert Cells(length=1).shown(0) is None


def test_a_column_of_blanks_is_blank() -> None:
    assert Cells(length=2, texts=pa.array([" ", None])).nothing().all()
    assert Cells(length=2, texts=pa.array(["", None])).nothing().all()
    assert not Cells(length=1, numbers=pa.array([0.0])).nothing().any()
    assert Cells(length=1).all_text().to_pylist() == [None]


def test_slices_of_a_column_lie_one_below_the_other_in_every_form() -> None:
    cells = joined([from_values([1.0, 2.0]), from_values(["a", wall(2026, 3, 1)]),
                    from_values([True])])

    assert cells.length == 5
    assert cells.numbers.to_pylist() == [1.0, 2.0, None, None, None]
    assert cells.texts.to_pylist() == [None, None, "a", None, None]
    assert cells.moments.to_pylist() == [None, None, None, wall(2026, 3, 1), None]
    assert cells.flags.to_pylist() == [None] * 4 + [True]
    assert cells.spans is None
