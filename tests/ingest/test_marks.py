"""What bytes a column is written with, whatever its slices and nulls."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from caopan.ingest.marks import holds, plain_decimals

TEXTS = st.lists(st.none() | st.text(alphabet="0189.-eE万\n ", max_size=6), max_size=20)


def test_a_slice_is_asked_only_about_its_own_texts() -> None:
    texts = pa.array(["a\n", "1.5", "2", "x\n"])

    middle = texts[1:3]

    assert holds(texts, b"\n")
    assert not holds(middle, b"\n")
    assert plain_decimals(middle).tolist() == [True, True]


def test_a_column_of_nothing_holds_nothing() -> None:
    for texts in (pa.array([], pa.string()), pa.nulls(3, pa.string()), pa.array(["", ""])):
        assert not holds(texts, b"eE")
        assert not plain_decimals(texts).any()


@settings(deadline=None)
@given(TEXTS)
def test_both_answers_are_what_each_text_says(found: list[str | None]) -> None:
    texts = pa.array(["e", *found], pa.string())[1:]

    assert holds(texts, b"eE") == any("e" in text.lower() for text in found if text)
    assert plain_decimals(texts).tolist() == [
        text is not None and text.replace(".", "", 1).isascii()
        and text.replace(".", "", 1).isdigit() for text in found]


@settings(deadline=None)
@given(TEXTS)
def test_every_plain_decimal_casts(found: list[str | None]) -> None:
    texts = pa.array(found, pa.string())

    plain = texts.filter(pa.array(plain_decimals(texts), pa.bool_()))

    assert plain.cast(pa.float64()).to_pylist() == [float(text) for text in plain.to_pylist()]
