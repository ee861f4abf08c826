"""What bytes a column of texts is written with: asked of the whole column, not of each cell."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

_DIGITS = np.isin(np.arange(256), np.frombuffer(b"0123456789", dtype=np.uint8))


def holds(texts: pa.Array, marks: bytes) -> bool:
    r"""Return whether any of the bytes stands anywhere in a column; they must be ASCII.

    >>> holds(pa.array(["1", "2\n"]), b"\n"), holds(pa.array(["1", None]), b"eE")
    (True, False)
    """
    body = _body(texts)
    return any(bool((body == mark).any()) for mark in marks)


def plain_decimals(texts: pa.Array) -> npt.NDArray[np.bool_]:
    """Return which texts are digits with at most one dot and nothing else, shape (n,).

    >>> plain_decimals(pa.array(["12.5", "7", "1.2.3", ".", "", None, "-1"])).tolist()
    [True, True, False, False, False, False, False]
    """
    starts = _offsets(texts) - _offsets(texts)[:1]
    body = _body(texts)
    digits, dots = _counted(_DIGITS[body], starts), _counted(body == ord("."), starts)
    whole = digits + dots == np.diff(starts)
    plain: npt.NDArray[np.bool_] = whole & (digits > 0) & (dots <= 1)
    plain[np.asarray(texts.is_null())] = False
    return plain


def _counted(marked: npt.NDArray[np.bool_],
             starts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return how many bytes of each text are marked, shape (n,)."""
    before = np.zeros(len(marked) + 1, dtype=np.int64)
    np.cumsum(marked, out=before[1:])
    counts: npt.NDArray[np.int64] = np.diff(before[starts])
    return counts


def _offsets(texts: pa.Array) -> npt.NDArray[np.int64]:
    """Return where each text begins and the last one ends, shape (n + 1,)."""
    if not len(texts):
        return np.zeros(1, dtype=np.int64)
    found = np.frombuffer(texts.buffers()[1], dtype=np.int32)
    return found[texts.offset:texts.offset + len(texts) + 1].astype(np.int64)


def _body(texts: pa.Array) -> npt.NDArray[np.uint8]:
    """Return the bytes of all texts, one after another."""
    offsets, written = _offsets(texts), texts.buffers()[2]
    if written is None:
        return np.zeros(0, dtype=np.uint8)
    return np.frombuffer(written, dtype=np.uint8)[offsets[0]:offsets[-1]]
