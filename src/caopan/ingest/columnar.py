"""Parquet files as grids: the schema is the header."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from caopan.ingest.cells import from_array
from caopan.ingest.damage import damaged
from caopan.ingest.found import Found, seekable
from caopan.ingest.grid import STRETCH, Block
from caopan.ingest.limits import LIMITS, MIB, Limits
from caopan.ingest.messages import refusal
from caopan.ingest.problems import Problems

_ROWS_A_BYTE = 64
"""More rows than this in a byte of file is no export."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columnar:
    """A Parquet file; row 1 stands for its column names."""

    found: Found
    head: list[list[str]]
    limits: Limits = LIMITS
    form: str = "Parquet"
    sheet: str | None = None

    def blocks(self, *, after: int, width: int, problems: Problems) -> Iterator[Block]:  # noqa: ARG002 - it has no ragged rows
        """Return the rows; ``after`` is 1, the row of the names."""
        with seekable(self.found, limits=self.limits) as stream:
            try:
                file, first = parquet.ParquetFile(stream), after
                total = max(file.metadata.num_rows, 1)
                for batch in file.iter_batches(batch_size=STRETCH):
                    rows = np.arange(after + 1, after + 1 + batch.num_rows)
                    after += batch.num_rows
                    yield Block(columns=tuple(map(from_array, batch.columns[:width])), rows=rows,
                                share=(after - first) / total)
            except (pa.ArrowException, OSError) as error:
                raise damaged(error) from None


def columnar(found: Found, *, limits: Limits = LIMITS) -> Columnar:
    """Return the table of a Parquet file.

    Raises:
        FileRefusedError: it is damaged, or claims more rows or columns than its size can hold.
    """
    try:
        with seekable(found, limits=limits) as stream:
            file = parquet.ParquetFile(stream)
            schema, rows = file.schema_arrow, file.metadata.num_rows
    except (pa.ArrowException, OSError) as error:
        raise damaged(error) from None
    names, size = schema.names, found.size
    if len(names) > limits.columns:
        raise refusal(key="too_many_columns", n=len(names), most=limits.columns)
    for each in schema:
        if pa.types.is_nested(each.type) or pa.types.is_binary(each.type):
            raise refusal(key="nested_column", column=each.name, kind=each.type)
    if rows > MIB + _ROWS_A_BYTE * size:
        raise refusal(key="swollen", packed=size, unpacked=rows)
    return Columnar(found=found, head=[list(names)], limits=limits)
