"""Ids are text; what a spreadsheet damaged is refused, what is personal is hashed."""

from __future__ import annotations

import re

import pyarrow as pa
import pytest

from caopan.ingest.cells import Cells
from caopan.ingest.fault import Fault
from caopan.ingest.identifier import derived, hashed, hashed_once, read


def texts(*values: str | None) -> Cells:
    return Cells(length=len(values), texts=pa.array(values, pa.string()))


def test_an_id_keeps_its_zeros_and_its_length() -> None:
    values, codes = read(texts("007", "7348291044839201833", " a-1 "))

    assert values.to_pylist() == ["007", "7348291044839201833", "a-1"]
    assert not codes.any()


@pytest.mark.parametrize("written", ["1.23457E+17", "7.3e18", "1E+20"])
def test_an_id_in_exponents_is_refused(written: str) -> None:
    values, codes = read(texts("71", written))

    assert values.to_pylist() == ["71", None]
    assert codes.tolist() == [0, Fault.DAMAGED_ID]


def test_long_ids_that_all_end_in_the_zeros_of_a_spreadsheet_are_refused() -> None:
    values, codes = read(texts("734829104483920000", "734829104483921000", "734829104483922000"))

    assert values.null_count == 3
    assert codes.tolist() == [Fault.DAMAGED_ID] * 3


def test_one_long_id_that_happens_to_end_in_zeros_is_no_damage() -> None:
    _, codes = read(texts("734829104483920000", "734829104483921833", "734829104483922481"))

    assert not codes.any()


def test_a_short_numeric_id_is_text_without_a_point() -> None:
    values, codes = read(Cells(length=2, numbers=pa.array([71.0, None])))

    assert values.to_pylist() == ["71", None]
    assert not codes.any()


@pytest.mark.parametrize("number", [7.348291044839202e18, 123456789012345680.0,
                                    1_234_567_890_123_450.0])
def test_a_numeric_id_beyond_fifteen_digits_is_refused(number: float) -> None:
    assert read(Cells(length=1, numbers=pa.array([number])))[1].tolist() == [Fault.DAMAGED_ID]


def test_a_long_id_kept_as_a_whole_number_is_exact() -> None:
    values, codes = read(Cells(length=1, numbers=pa.array([7348291044839201833], pa.int64())))

    assert values.to_pylist() == ["7348291044839201833"]
    assert not codes.any()


def test_numbers_and_texts_of_one_column_meet() -> None:
    cells = Cells(length=2, texts=pa.array(["a1", None]), numbers=pa.array([None, 12.0]))

    assert read(cells)[0].to_pylist() == ["a1", "12"]


def test_the_same_buyer_has_the_same_hash_under_one_salt_only() -> None:
    ids = pa.array(["小明", "小红", "小明", None])

    first = hashed(ids, salt=b"one").to_pylist()
    second = hashed(ids, salt=b"two").to_pylist()

    assert first[0] == first[2] != first[1]
    assert first[3] is None
    assert re.fullmatch("b-[0-9a-f]{32}", first[0])
    assert not set(first[:3]) & set(second[:3])


@pytest.mark.parametrize("raw", ["小明", "b-1", "b-" + "A" * 32, "b-" + "a" * 33, "a" * 32,
                                 "x b-" + "a" * 32])
def test_only_the_exact_form_of_a_hash_is_left_alone(raw: str) -> None:
    ready = "b-" + "0a" * 16

    ids = hashed_once(pa.array([ready, raw, None, raw]), salt=b"one").to_pylist()

    assert ids == [ready, *hashed(pa.array([raw, None, raw]), salt=b"one").to_pylist()]


def test_no_ids_at_all_stay_nothing() -> None:
    assert hashed_once(pa.array([None], pa.string()), salt=b"one").to_pylist() == [None]
    assert hashed_once(pa.array([], pa.string()), salt=b"one").to_pylist() == []


def test_derived_ids_follow_the_values_and_nothing_else() -> None:
    hosts, starts = pa.array(["a", "a", "b", None]), pa.array([1, 2, 1, 1])

    ids = derived("s", [hosts, starts]).to_pylist()

    assert len(set(ids)) == 4
    assert ids == derived("s", [pa.chunked_array([hosts]), starts]).to_pylist()
    assert all(each.startswith("s-") and len(each) == 22 for each in ids)


def test_values_do_not_run_into_each_other() -> None:
    one = derived("s", [pa.array(["ab"]), pa.array(["c"])])
    other = derived("s", [pa.array(["a"]), pa.array(["bc"])])

    assert one[0] != other[0]
