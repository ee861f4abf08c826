"""Bytes of any encoding become UTF-8, a block at a time."""

from __future__ import annotations

import codecs
import io
from typing import BinaryIO

from caopan.ingest.limits import LIMITS, Limits
from caopan.ingest.messages import refusal

BLOCK = 4 * 2**20


class Decoded(io.RawIOBase):
    """A readable stream of UTF-8 text over a stream in some encoding.

    It refuses what is no text: bytes that the encoding does not know, NULs, endless lines,
    endless files. Nothing but one block is held.

    >>> Decoded(io.BytesIO("场次".encode("gb18030")), encoding="gb18030").read().decode()
    '场次'
    """

    def __init__(self, raw: BinaryIO, *, encoding: str, limits: Limits = LIMITS) -> None:
        """Read ``raw`` as ``encoding`` (a Python codec name); a byte order mark is dropped."""
        self._raw = raw
        self._encoding = encoding
        self._decoder = codecs.getincrementaldecoder(encoding)("strict")
        self._limits = limits
        self._rest = b""
        self._lines = 0
        self._size = 0
        self._open_line = 0
        self._ended = False
        self._started = False

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes of UTF-8; all of them for a negative size."""
        parts, have = [self._rest], len(self._rest)
        while not self._ended and (size < 0 or have < size):
            block = self._next()
            parts.append(block)
            have += len(block)
        whole = b"".join(parts)
        size = have if size < 0 else size
        self._rest = whole[size:]
        return whole[:size]

    def close(self) -> None:
        """Close the stream below as well."""
        self._raw.close()
        super().close()

    def _next(self) -> bytes:
        raw = self._raw.read(BLOCK)
        self._ended = not raw
        text = self._text(raw)
        if not self._started and text:
            self._started = True
            text = text.removeprefix("\ufeff")
        block = text.encode()
        self._check(block)
        return block

    def _text(self, raw: bytes) -> str:
        try:
            return self._decoder.decode(raw, final=not raw)
        except UnicodeDecodeError as error:
            line = self._lines + error.object[:error.start].count(b"\n") + 1
            raise refusal(key="encoding", line=line, encoding=self._encoding) from None

    def _check(self, block: bytes) -> None:
        """Refuse NULs, endless lines and endless files."""
        at = block.find(b"\0")
        if at >= 0:
            raise refusal(key="nul", line=self._lines + block.count(b"\n", 0, at) + 1)
        self._size += len(block)
        if self._size > self._limits.text:
            raise refusal(key="too_big", n=self._size, most=self._limits.text)
        self._walk(block)
        self._lines += block.count(b"\n") or block.count(b"\r")

    def _walk(self, block: bytes) -> None:
        """Jump from line to line, as far as one line may reach each time."""
        most, start = self._limits.line, -self._open_line
        ending = b"\n" if b"\n" in block else b"\r"
        while start + most < len(block):
            at = block.rfind(ending, max(start, 0), start + most)
            if at < 0:
                line = self._lines + block.count(ending, 0, max(start, 0)) + 1
                raise refusal(key="long_line", line=line, most=most)
            start = at + 1
        last = block.rfind(ending)
        self._open_line = len(block) - last - 1 if last >= 0 else self._open_line + len(block)
