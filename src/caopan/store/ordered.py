"""Whether a column is in order already: one look at each neighbour, where sorting costs more."""

from __future__ import annotations

from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc


def strictly_ordered(column: pa.ChunkedArray) -> bool:
    """Return whether every value is above the one before, or every one below: all differ then.

    A column with nulls is not.

    >>> strictly_ordered(pa.chunked_array([["a", "b"], ["c"]]))
    True
    >>> strictly_ordered(pa.chunked_array([["c", "b"], ["a"]]))
    True
    >>> strictly_ordered(pa.chunked_array([["a", "b"], ["b"]]))
    False
    """
    if column.null_count or pa.types.is_floating(column.type):
        return False
    chunks = [chunk for chunk in column.chunks if len(chunk)]
    return any(all(_each(chunk, follows) for chunk in chunks)
               and all(follows(one[-1], two[0]).as_py() for one, two in pairwise(chunks))
               for follows in (pc.less, pc.greater))


def _each(chunk: pa.Array, follows: pc.Function) -> bool:
    return bool(pc.all(follows(chunk[:-1], chunk[1:]), min_count=0).as_py())
