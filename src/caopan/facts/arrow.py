"""The Arrow type of each kind of column: how canonical rows travel between the parts."""

from __future__ import annotations

import pyarrow as pa

from caopan.facts.schema import Kind

ARROW: dict[Kind, pa.DataType] = {
    Kind.TEXT: pa.string(), Kind.WORDS: pa.string(), Kind.CHOICE: pa.string(),
    Kind.COUNT: pa.int64(), Kind.MONEY: pa.int64(), Kind.NUMBER: pa.float64(),
    Kind.INSTANT: pa.timestamp("us", "UTC"), Kind.DAY: pa.date32(), Kind.FLAG: pa.bool_(),
}
