"""Times as texts, written again in ISO form."""

from __future__ import annotations

import pyarrow as pa
import pytest

from caopan.ingest.timetext import dashed, iso, possible, yearless


@pytest.mark.parametrize(("written", "expected"), [
    ("2026年3月1日9时5分", "2026-03-01 09:05"), ("2026/3/1 9:05:07", "2026-03-01 09:05:07"),
    ("20260301", "2026-03-01"), ("202603011930", "2026-03-01 19:30"),
    ("12/25/2026 08:15 pm", "2026-12-25 20:15:00"), ("25 December 2026", "2026-12-25"),
    ("45000", "2023-03-15 00:00:00"), ("nothing", "nothing"),
    ("2026-03-01 10:00:00.5", "2026-03-01 10:00:00.5"), ("12 Foo 2026", "12 Foo 2026"),
    ("2026-03-01 12:15 AM", "2026-03-01 00:15:00"),
])
def test_each_form_has_one_iso_form(written: str, expected: str) -> None:
    assert iso(pa.array([written])).to_pylist() == [expected]


def test_dashes_replace_slashes_only_where_every_text_has_them() -> None:
    assert dashed(pa.array(["2026/03/01", "2026/04/01"])).to_pylist() == [
        "2026-03-01", "2026-04-01"]
    assert dashed(pa.array(["2026/03/01", "2026-04-01"])).to_pylist() == [
        "2026/03/01", "2026-04-01"]


def test_texts_of_another_shape_are_left_alone() -> None:
    for texts in (pa.array(["2026/03/01", None]), pa.array(["abc"]), pa.array([], pa.string()),
                  pa.array(["x", "2026/03/01"])[1:]):
        assert dashed(texts).equals(texts)


def test_a_date_with_a_year_is_not_without_one() -> None:
    seen = pa.array(["08-30", "8/30 19:15", "2021-08-30", "08-30-21", "30"])

    assert yearless(seen).to_pylist() == [True, True, False, False, False]


def test_only_moments_that_exist_are_possible() -> None:
    assert possible("2024-02-29")
    assert not possible("2023-02-29")
    assert not possible("2026-03-01 24:61")
