"""A chunk (一批行): canonical rows of one table on their way into the store."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Rows of one canonical table.

    ``rows`` carries canonical column names and the Arrow types of ``facts.schema.Kind``. A
    *derived* chunk (streamers, merchants or products inferred from another table's columns) only
    fills keys that are absent. ``share`` is how much of the file is read with it, 0-1. ``places``
    is the row of the file that each row came from, shape (n,); None where rows are derived.
    """

    table: str
    rows: pa.Table
    derived: bool = False
    share: float = 0.0
    places: npt.NDArray[np.int64] | None = None
