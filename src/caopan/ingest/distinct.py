"""Read each distinct text once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa

from caopan.ingest.fault import Codes, Fault

SAMPLE = 1_000
"""Texts looked at to choose the fast way."""

Read = tuple[pa.Array, Codes]
"""Values and the fault of each, both of shape (n,)."""


def over_distinct(texts: pa.Array, read: Callable[[pa.Array], Read]) -> Read:
    """Return what ``read`` says of each text, asking once a distinct text.

    Args:
        texts: strings of shape (n,), nulls allowed.
        read: values and codes of distinct texts without nulls.

    >>> import pyarrow.compute as pc
    >>> values, codes = over_distinct(pa.array(["b", None, "b"]),
    ...     lambda seen: (pc.utf8_length(seen), np.zeros(len(seen), dtype=np.uint8)))
    >>> values.to_pylist()
    [1, None, 1]
    """
    if not texts.null_count and _various(texts):
        return read(texts)
    encoded = texts.dictionary_encode()
    values, codes = read(encoded.dictionary)
    taken = np.append(codes, np.uint8(Fault.NONE))[
        np.asarray(encoded.indices.fill_null(len(codes)))]
    return values.take(encoded.indices), taken


def castable(texts: pa.Array, kind: pa.DataType) -> bool:
    """Return whether the first texts cast to a type: a failing cast of all of them is slow.

    >>> castable(pa.array(["1", "2"]), pa.float64()), castable(pa.array(["1,2"]), pa.float64())
    (True, False)
    """
    try:
        texts[:SAMPLE].cast(kind)
    except pa.ArrowInvalid:
        return False
    return True


def _various(texts: pa.Array) -> bool:
    """Return whether so many texts differ that asking once a distinct text saves nothing."""
    if len(texts) < SAMPLE:
        return False
    return len(texts[:SAMPLE].unique()) > SAMPLE // 2


def one_by_one(texts: pa.Array, kind: pa.DataType,
               read: Callable[[str], object]) -> Read:
    """Return what a plain function says of each text; it returns a value or a ``Fault``.

    >>> values, codes = one_by_one(
    ...     pa.array(["7", "x"]), pa.int64(),
    ...     lambda text: int(text) if text.isdigit() else Fault.UNREADABLE_NUMBER)
    >>> codes.tolist()
    [0, 1]
    """
    found = [read(text) for text in texts.to_pylist()]
    codes = np.array([v if isinstance(v, Fault) else 0 for v in found], dtype=np.uint8)
    values = pa.array([None if isinstance(v, Fault) else v for v in found], kind)
    return values, codes
