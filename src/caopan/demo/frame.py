"""Columns of numbers become tables in canonical form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from caopan.demo.ragged import Flags, Floats, Ints
from caopan.facts.arrow import ARROW
from caopan.facts.schema import TABLES, Column, Kind
from caopan.units.period import midnight

EPOCH = date(1970, 1, 1)
MICROSECONDS_A_SECOND = 1_000_000
MICROSECONDS_A_DAY = 86_400 * MICROSECONDS_A_SECOND



def frame(name: str, columns: Mapping[str, Any]) -> pa.Table:
    """Return one canonical table; columns that are not given are left out.

    Instants come as microseconds since 1970 in UTC, days as days since 1970.

    >>> frame("belts", {"name": ["四季青"], "belt_id": ["t1"]}).column_names
    ['belt_id', 'name']

    Raises:
        KeyError: a column is not in the schema of the table.
    """
    schema = TABLES[name]
    for column in columns:
        schema.column(column)
    given = [column for column in schema.columns if column.name in columns]
    fields = [pa.field(column.name, ARROW[column.kind]) for column in given]
    return pa.table([_array(column, columns[column.name]) for column in given],
                    schema=pa.schema(fields))


def ids(prefix: str, numbers: Ints, *, digits: int = 5, absent: Flags | None = None) -> pa.Array:
    """Return ids as text of at least so many digits, null where absent.

    >>> import numpy as np
    >>> ids("m", np.array([1, 20])).to_pylist()
    ['m00001', 'm00020']
    """
    text = pc.utf8_lpad(pa.array(numbers, mask=absent).cast(pa.string()), digits, "0")
    return pc.binary_join_element_wise(pa.scalar(prefix), text, "")


def words(choices: tuple[str, ...], codes: Ints, *, absent: Flags | None = None) -> pa.Array:
    """Return one of several words for each code, null where absent.

    >>> import numpy as np
    >>> words(("B", "A"), np.array([1, 0])).to_pylist()
    ['A', 'B']
    """
    return pa.array(choices, pa.string()).take(pa.array(codes, pa.int64(), mask=absent))


def number(values: Floats | Ints, *, absent: Flags | None = None) -> pa.Array:
    """Return numbers, null where absent.

    >>> import numpy as np
    >>> number(np.array([1, 2]), absent=np.array([True, False])).to_pylist()
    [None, 2]
    """
    return pa.array(values, mask=absent)


def day_number(day: date) -> int:
    """Return the days since 1970.

    >>> day_number(date(1970, 1, 3))
    2
    """
    return (day - EPOCH).days


def midnight_microseconds(day: date) -> int:
    """Return the instant a business day begins, in microseconds since 1970 UTC.

    >>> midnight_microseconds(date(1970, 1, 2)) // 3_600_000_000
    16
    """
    return int(midnight(day).timestamp()) * MICROSECONDS_A_SECOND


def day_after(start: date, days: int) -> date:
    """Return the date some days later.

    >>> day_after(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 1)
    """
    return start + timedelta(days=days)


def _array(column: Column, values: Any) -> pa.Array:  # noqa: ANN401 - numpy, list or Arrow
    kind = ARROW[column.kind]
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    if not isinstance(values, pa.Array):
        values = pa.array(values)
    if column.kind in {Kind.DAY, Kind.INSTANT} and pa.types.is_integer(values.type):
        values = values.cast(pa.int32() if column.kind is Kind.DAY else pa.int64())
    return values.cast(kind)
