"""Words, choices, flags and currency codes."""

from __future__ import annotations

import pyarrow as pa

from caopan.ingest.cells import Cells
from caopan.ingest.fault import Fault
from caopan.ingest.word import choice, currency, flag, text, words


def texts(*values: str | None) -> Cells:
    return Cells(length=len(values), texts=pa.array(values, pa.string()))


def test_words_keep_what_is_inside_and_lose_the_edges() -> None:
    assert text(texts(" 福利 专场\t", "=1+1", "无"))[0].to_pylist() == ["福利 专场", "=1+1", "无"]


def test_a_number_in_a_column_of_words_is_written_out() -> None:
    assert text(Cells(length=2, numbers=pa.array([3.0, 2.5])))[0].to_pylist() == ["3", "2.5"]


def test_several_words_have_one_separator() -> None:
    assert words(texts("a; b；c、d"))[0].to_pylist() == ["a;b;c;d"]


def test_a_choice_is_found_whatever_its_case_and_others_are_named() -> None:
    values, codes = choice(texts("HERO", "x", "", "traffic"), choices=("hero", "traffic"))

    assert values.to_pylist() == ["hero", None, None, "traffic"]
    assert codes.tolist() == [0, Fault.UNKNOWN_CHOICE, 0, 0]


def test_flags_speak_both_languages() -> None:
    values, codes = flag(texts("是", "否", "TRUE", "0", "-", "maybe"))

    assert values.to_pylist() == [True, False, True, False, None, None]
    assert codes.tolist() == [0, 0, 0, 0, 0, Fault.UNREADABLE_FLAG]


def test_a_spreadsheet_flag_is_a_flag() -> None:
    assert flag(Cells(length=1, flags=pa.array([True])))[0].to_pylist() == [True]


def test_a_currency_that_nobody_uses_is_named() -> None:
    values, codes = currency(texts("idr", "CNY", "XXX"))

    assert values.to_pylist() == ["IDR", "CNY", None]
    assert codes.tolist() == [0, 0, Fault.UNKNOWN_CURRENCY]
