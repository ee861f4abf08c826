"""How often each derived key has come in a file so far: stretches do not know each other."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

_KEY = r"^.*-([0-9a-f]{16})[0-9a-f]*$"
"""A derived id: 64 bits of its digest tell the keys of one file apart."""


class Seen:
    """The keys of one file's rows that have been read (见过的键)."""

    def __init__(self) -> None:
        self._digests = np.zeros(0, dtype=np.uint64)

    def counted(self, keys: pa.Array) -> npt.NDArray[np.int64]:
        """Return how often each key came in earlier stretches, shape (n,), and take them in.

        Args:
            keys: derived ids, none null.

        >>> from caopan.ingest.identifier import derived
        >>> seen, keys = Seen(), derived("o", [pa.array(["a", "a", "b"])])
        >>> seen.counted(keys).tolist(), seen.counted(keys[1:]).tolist()
        ([0, 0, 0], [2, 1])
        """
        digits = "".join(pc.replace_substring_regex(keys, _KEY, r"\1").to_pylist())
        found = np.frombuffer(bytes.fromhex(digits), dtype=">u8").astype(np.uint64)
        before = (np.searchsorted(self._digests, found, side="right")
                  - np.searchsorted(self._digests, found, side="left"))
        self._digests = np.sort(np.concatenate([self._digests, found]), kind="stable")
        return before.astype(np.int64)
