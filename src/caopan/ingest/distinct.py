"""Read each distinct text once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa

from caopan.ingest.fault import Codes, Fault

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
    encoded = texts.dictionary_encode()
    values, codes = read(encoded.dictionary)
    taken = np.append(codes, np.uint8(Fault.NONE))[
        np.asarray(encoded.indices.fill_null(len(codes)))]
    return values.take(encoded.indices), taken


def one_by_one(texts: pa.Array, kind: pa.DataType,
               read: Callable[[str], object]) -> Read:
    """Return what a plain function says of each text; it returns a value or a ``Fault``.

    >>> one_by_one(pa.array(["7", "x"]), pa.int64(),
    ...            lambda text: int(text) if text.isdigit() else Fault.UNREADABLE_NUMBER)[1].tolist()
    [0, 1]
    """
    found = [read(text) for text in texts.to_pylist()]
    codes = np.array([v if isinstance(v, Fault) else 0 for v in found], dtype=np.uint8)
    values = pa.array([None if isinstance(v, Fault) else v for v in found], kind)
    return values, codes
