"""A stream that knows how much of its file was read."""

from __future__ import annotations

import io

from caopan.ingest.found import Bounded, Found


class Counted(io.RawIOBase):
    """A file that is read once from its beginning, and how far that is.

    >>> file = Found(name="a", size=4, open=lambda: io.BytesIO(b"abcd"))
    >>> stream = Counted(file)
    >>> stream.read(1), stream.share
    (b'a', 0.25)
    """

    def __init__(self, found: Found) -> None:
        """Open the file."""
        self._raw, self._size, self._done = found.open(), found.holds, 0

    @property
    def share(self) -> float:
        """How much of the file was read, 0-1."""
        packed = self._raw.share if isinstance(self._raw, Bounded) else None
        if packed is not None:
            return packed
        return min(self._done / self._size, 1.0) if self._size else 1.0

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes; all for a negative size."""
        block = self._raw.read(size)
        self._done += len(block)
        return block

    def close(self) -> None:
        """Close the file."""
        self._raw.close()
        super().close()
