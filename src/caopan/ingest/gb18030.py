"""GB18030 tables cut into cells before they are decoded: most cells are ASCII and need no decoding.

The second byte of a character is never a comma, a tab, a semicolon, a quote or the end of a line,
so a reader of bytes cuts valid text where a reader of characters does.
"""

from __future__ import annotations

from dataclasses import replace
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from caopan.ingest.decode import BLOCK, Decoded
from caopan.ingest.limits import Limits

NAME = "gb18030"
SEPARATORS = frozenset(",\t;")
"""Those that are no part of a character; ``|`` may be one."""
_ASCII = 0x80
_SAMPLE, _FEW = 1_000, 100
"""Cells looked at, and how many may differ for each distinct one to be decoded alone."""
_UTF_8_MARK = b"\xef\xbb\xbf"


class NotPlainError(Exception):
    """Raised where text must be decoded before it is cut: to name a fault, or to be sure."""


class Raw(Decoded):
    """The bytes as they are, within limits that their UTF-8 then keeps as well."""

    def __init__(self, raw: BinaryIO, *, limits: Limits) -> None:
        """Read ``raw``; three bytes of UTF-8 come of two at most."""
        super().__init__(raw, encoding=NAME, limits=replace(
            limits, line=limits.line * 2 // 3, text=limits.text * 2 // 3))

    def skip(self, lines: int) -> bytes:
        """Leave the first lines out and return some bytes of what follows.

        Raises:
            NotPlainError: too little follows, or a reader of CSV would take it for a mark.
        """
        held = b""
        for _ in range(lines):
            while b"\n" not in held:
                held += self._more()
            held = held.partition(b"\n")[2]
        while len(held) < len(_UTF_8_MARK):
            held += self._more()
        if held.startswith(_UTF_8_MARK):
            raise NotPlainError
        return held

    def _more(self) -> bytes:
        read = self.read(2**16)
        if not read:
            raise NotPlainError
        return read

    def _next(self) -> bytes:
        block = self._raw.read(BLOCK)
        self._ended = not block
        self._check(block)
        return block


def decoded(cells: pa.Array) -> pa.Array:
    r"""Return cells of GB18030 as text.

    >>> decoded(pa.array(["场次".encode("gb18030"), b"", b"7"])).to_pylist()
    ['场次', '', '7']

    Raises:
        NotPlainError: a cell is no GB18030, or holds NUL.
    """
    _, offsets, body = cells.buffers()
    n = len(cells)
    if cells.offset or cells.null_count:
        raise NotPlainError
    if body is None or not n:
        return cells.cast(pa.string())
    ends = np.frombuffer(offsets, dtype=np.int32)
    held = np.frombuffer(body, dtype=np.uint8)[ends[0]:ends[n]]
    if not len(held) or int(held.max()) < _ASCII:
        return pa.Array.from_buffers(pa.string(), n, [None, offsets, body])
    if len(cells[:_SAMPLE].unique()) <= _FEW:
        coded = cells.dictionary_encode()
        return _decoded_at_once(coded.dictionary).take(coded.indices)
    return _decoded_at_once(cells)


def _decoded_at_once(cells: pa.Array) -> pa.Array:
    """Decode all cells as one text; NULs between them keep characters from running over."""
    n = len(cells)
    joined = pc.binary_join(pa.ListArray.from_arrays(pa.array([0, n], pa.int32()), cells), b"\0")
    try:
        text = joined[0].as_py().decode(NAME).encode()
    except UnicodeError as error:
        raise NotPlainError from error
    marks = np.flatnonzero(np.frombuffer(text, dtype=np.uint8) == 0)
    if len(marks) != n - 1:
        raise NotPlainError
    ends = np.concatenate([[0], marks - np.arange(n - 1), [len(text) - (n - 1)]])
    return pa.Array.from_buffers(pa.string(), n, [
        None, pa.py_buffer(ends.astype(np.int32).tobytes()),
        pa.py_buffer(text.replace(b"\0", b""))])
