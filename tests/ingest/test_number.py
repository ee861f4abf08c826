"""Numbers as people and platforms write them."""

from __future__ import annotations

import math

import numpy as np
import pyarrow as pa
import pytest

from caopan.ingest.cells import Cells
from caopan.ingest.fault import Fault
from caopan.ingest.number import parse, read


def texts(*values: str | None) -> Cells:
    return Cells(length=len(values), texts=pa.array(values, pa.string()))


@pytest.mark.parametrize(("written", "value"), [
    ("1234.50", 1234.5), ("1,234.50", 1234.5), ("¥1,234.50", 1234.5), ("￥5", 5.0),
    ("1.2万", 12_000.0), ("1.05亿", 105_000_000.0), ("３千", 3_000.0), ("1.2w", 12_000.0),
    ("3.4M", 3_400_000.0), ("1.2k", 1_200.0), ("99元", 99.0), ("12人", 12.0),
    ("Rp9.467.316", 9_467_316.0), ("Rp 9.467", 9_467.0), ("₫1.000.000", 1_000_000.0),
    ("$1,234.56", 1_234.56), ("US$5", 5.0), ("฿1,000.25", 1_000.25), ("RM 12.30", 12.3),
    ("R$ 1.234,56", 1_234.56), ("1.234.567,89", 1_234_567.89), ("99 USD", 99.0),
    ("\uff11\uff12\uff13\uff0e\uff14", 123.4),
    ("(123)", -123.0), ("-¥5", -5.0), ("¥-5", -5.0), ("−7", -7.0),
    ("+3", 3.0), (".5", 0.5), ("1e3", 1_000.0),
])
def test_every_form_of_a_number_is_read(written: str, value: float) -> None:
    assert parse(written) == value


@pytest.mark.parametrize("written", [
    "abc", "12,5", "1,23", "1.2.3", "12:30", "5%", "(5", "1 2 3 4x", "¥", "一二三", "3 apples",
])
def test_what_is_no_number_is_refused(written: str) -> None:
    assert parse(written) is Fault.UNREADABLE_NUMBER


def test_a_share_is_a_ratio_only_where_a_share_is_meant() -> None:
    assert parse("12.3%", share=True) == 0.123
    assert parse("12.3%") is Fault.UNREADABLE_NUMBER


def test_a_sign_of_another_currency_is_refused() -> None:
    assert parse("Rp5.000", currency="CNY") is Fault.OTHER_CURRENCY
    assert parse("Rp5.000", currency="IDR") == 5_000.0
    assert parse("$5", currency="SGD") == 5.0
    assert parse("¥5", currency="JPY") == 5.0


def test_words_for_nothing_are_null_and_never_zero() -> None:
    values, codes = read(texts("--", "-", "—", "", "无", None, "0"))

    assert values.to_pylist() == [None] * 6 + [0.0]
    assert not codes.any()


def test_a_column_of_mixed_forms_is_read_in_place() -> None:
    values, codes = read(texts("1.2万", "3,456", "--", "x", "12", "¥7"), currency="CNY")

    assert values.to_pylist() == [12_000.0, 3_456.0, None, None, 12.0, 7.0]
    assert codes.tolist() == [0, 0, 0, Fault.UNREADABLE_NUMBER, 0, 0]


def test_a_yuan_sign_in_a_rupiah_column_is_refused_also_in_the_common_form() -> None:
    _, codes = read(texts("¥1,000", "Rp1.000"), currency="IDR")

    assert codes.tolist() == [Fault.OTHER_CURRENCY, 0]


def test_the_operators_own_word_for_nothing_is_null() -> None:
    values, codes = read(texts("未开播", "3"), blanks=("未开播",))

    assert values.to_pylist() == [None, 3.0]
    assert not codes.any()


@pytest.mark.parametrize("written", ["nan", "NaN", "inf", "-inf", "1e999"])
def test_a_number_that_is_not_finite_is_refused(written: str) -> None:
    values, codes = read(texts(written, "1"))

    assert codes.tolist() == [Fault.NOT_FINITE, 0]
    assert values.to_pylist() == [None, 1.0]


def test_numbers_and_texts_of_one_spreadsheet_column_meet() -> None:
    cells = Cells(length=3, texts=pa.array(["1.2万", None, None]),
                  numbers=pa.array([None, 5.5, math.inf]))

    values, codes = read(cells)

    assert values.to_pylist() == [12_000.0, 5.5, None]
    assert codes.tolist() == [0, 0, Fault.NOT_FINITE]


def test_a_date_in_a_column_of_numbers_is_refused() -> None:
    cells = Cells(length=1, moments=pa.array([0], pa.timestamp("us")))

    assert read(cells)[1].tolist() == [Fault.UNREADABLE_NUMBER]


def test_many_different_values_read_as_few_do() -> None:
    written = [f"{at / 100:,.2f}" for at in range(100_000, 103_000)]

    values, codes = read(texts(*written))

    assert np.allclose(np.asarray(values), np.arange(100_000, 103_000) / 100)
    assert not codes.any()


def test_a_long_column_that_turns_odd_late_is_still_read() -> None:
    values, codes = read(texts(*["1"] * 2_000, "1.5万", "?"))

    assert values[2_000].as_py() == 15_000.0
    assert codes[2_001] == Fault.UNREADABLE_NUMBER
    assert codes[:2_001].sum() == 0
