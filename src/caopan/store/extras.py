"""The ``x_…`` columns: folded into one JSON text on the way in, unfolded on the way out."""

from __future__ import annotations

import json

import pyarrow as pa
import pyarrow.compute as pc

from caopan.facts.schema import EXTRA_PREFIX


def folded(rows: pa.Table) -> pa.ChunkedArray:
    """Return each row's extras as JSON with sorted keys; null where all of them are empty.

    >>> rows = pa.table({"x_b": ["2", ""], "x_a": ["甲", None], "day": ["1", "2"]})
    >>> folded(rows).to_pylist()
    ['{"x_a":"甲","x_b":"2"}', None]
    """
    columns = sorted(name for name in rows.column_names if name.startswith(EXTRA_PREFIX))
    if not columns or not rows.num_rows:
        return pa.chunked_array([pa.nulls(rows.num_rows, pa.string())])
    members = [_members(name, rows.column(name)) for name in columns]
    inner = pc.binary_join_element_wise(*members, "")
    braced = pc.binary_join_element_wise("{", pc.utf8_slice_codeunits(inner, 1), "}", "")
    return pa.chunked_array([pc.if_else(pc.equal(inner, ""), pa.scalar(None, pa.string()), braced)])


def pointer(name: str) -> str:
    """Return the JSON pointer of one extra.

    >>> pointer("x_a/b")
    '/x_a~1b'
    """
    return "/" + name.replace("~", "~0").replace("/", "~1")


def _members(name: str, column: pa.ChunkedArray) -> pa.Array:
    """Return ``,"name":"value"`` for each row; nothing where the cell is empty.

    Equal values are written as JSON once.
    """
    whole = pa.concat_arrays(column.cast(pa.string()).fill_null("").chunks)
    coded = whole.dictionary_encode()
    key = json.dumps(name, ensure_ascii=False)
    written = [f",{key}:{json.dumps(value, ensure_ascii=False)}" if value else ""
               for value in coded.dictionary.to_pylist()]
    return pa.array(written, pa.string()).take(coded.indices)
