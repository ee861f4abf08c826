"""The Arrow type of each kind of column: how canonical rows travel between the parts."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from caopan.facts.schema import Kind

ARROW: dict[Kind, pa.DataType] = {
    Kind.TEXT: pa.string(), Kind.WORDS: pa.string(), Kind.CHOICE: pa.string(),
    Kind.COUNT: pa.int64(), Kind.MONEY: pa.int64(), Kind.NUMBER: pa.float64(),
    Kind.INSTANT: pa.timestamp("us", "UTC"), Kind.DAY: pa.date32(), Kind.FLAG: pa.bool_(),
}


def floats(column: pa.ChunkedArray) -> NDArray[np.float64]:
    """Return a column of numbers as floats, NaN where it has none.

    >>> floats(pa.chunked_array([[1, None]])).tolist()
    [1.0, nan]
    """
    return np.asarray(column.cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=np.float64)
