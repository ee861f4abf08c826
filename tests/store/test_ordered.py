"""Keys in order prove that none is repeated, without any hash."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caopan.store.ordered import strictly_ordered


@settings(deadline=None)
@given(st.lists(st.lists(st.text(max_size=2), max_size=4), max_size=4))
def test_what_is_called_strictly_ordered_has_no_value_twice(chunks: list[list[str]]) -> None:
    values = [value for chunk in chunks for value in chunk]

    found = strictly_ordered(pa.chunked_array(chunks, pa.string()))

    ordered = sorted(set(values), key=str.encode)
    assert found == (values in (ordered, ordered[::-1]))


@pytest.mark.parametrize("values", [["a", None, "b"], [None], [1.0, float("nan")]])
def test_a_column_with_nulls_or_of_fractions_proves_nothing(values: list[object]) -> None:
    assert not strictly_ordered(pa.chunked_array([pa.array(values)]))
