"""Extra columns are kept untouched."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caopan.store.extras import folded

NAMES = st.text(max_size=5).map(lambda name: "x_" + name)
CELLS = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=5)


@given(st.dictionaries(NAMES.filter(str.isprintable), st.lists(CELLS, min_size=3, max_size=3),
                       min_size=1, max_size=4))
def test_json_gives_back_every_filled_cell_with_sorted_keys(
        columns: dict[str, list[str | None]]) -> None:
    found = folded(pa.table({name: pa.array(cells, pa.string())
                             for name, cells in columns.items()})).to_pylist()

    for row, text in enumerate(found):
        filled = {name: cells[row] for name, cells in sorted(columns.items()) if cells[row]}
        assert (json.loads(text) if text else {}) == filled
        assert list(json.loads(text) if text else {}) == list(filled)


def test_chunks_and_other_columns_do_not_matter() -> None:
    whole = pa.table({"x_a": ["1", "2", None], "day": ["d", "d", "d"]})

    assert folded(pa.concat_tables([whole.slice(0, 1), whole.slice(1)])).to_pylist() == [
        '{"x_a":"1"}', '{"x_a":"2"}', None]


@pytest.mark.parametrize("rows", [pa.table({"day": ["d", "d"]}),
                                  pa.table({"x_a": pa.array([], pa.string())})])
def test_without_extras_every_row_has_null(rows: pa.Table) -> None:
    assert folded(rows).to_pylist() == [None] * rows.num_rows


def test_numbers_are_kept_as_their_text() -> None:
    assert folded(pa.table({"x_n": [1, 2]})).to_pylist() == ['{"x_n":"1"}', '{"x_n":"2"}']
