"""What is kept of a diagnosis is what was made, to the last digit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from caopan.diagnose.packed import packed, shape, unpacked
from tests.report.conftest import diagnosis

DIAGNOSIS = diagnosis()


def test_a_diagnosis_comes_back_as_it_was() -> None:
    assert unpacked(packed(DIAGNOSIS)) == DIAGNOSIS


def test_days_amounts_and_numbers_keep_their_kind() -> None:
    sessions = ({"session_id": "s{1}", "day": date(2026, 11, 8), "gmv": 5, "minutes": 60.0,
                 "set_aside": False},)

    back = unpacked(packed(replace(DIAGNOSIS, sessions=sessions)))

    assert back.sessions == sessions
    assert [type(value) for value in back.sessions[0].values()] == [str, date, int, float, bool]


def test_the_same_diagnosis_is_the_same_bytes() -> None:
    assert packed(DIAGNOSIS) == packed(replace(DIAGNOSIS))


def test_what_is_no_part_of_a_diagnosis_is_refused() -> None:
    with pytest.raises(TypeError, match="holds no object"):
        packed(replace(DIAGNOSIS, figures={"gmv": object()}))  # type: ignore[dict-item]


def test_the_shape_names_every_record() -> None:
    assert shape() == shape()
    assert len(shape()) == 16
