"""How a canonical table is stored: its Arrow and SQL types and the hidden columns."""

from __future__ import annotations

from caopan.facts.schema import Kind, Table

EXTRA = "extra"
"""The ``x_…`` columns of a row as one JSON text with sorted keys; null where it has none."""
BATCH = "_batch"
"""The batch that brought the row."""
ROW = "_row"
"""The row's number within its batch and table; with ``_batch`` it names a stored row for good."""
BUSINESS_OFFSET = 8 * 3600 * 1_000_000
"""Microseconds that the business day (Asia/Shanghai, without its summer times of old) is ahead."""

SQL: dict[Kind, str] = {
    Kind.TEXT: "VARCHAR", Kind.WORDS: "VARCHAR", Kind.CHOICE: "VARCHAR",
    Kind.COUNT: "BIGINT", Kind.MONEY: "BIGINT", Kind.NUMBER: "DOUBLE",
    Kind.INSTANT: "TIMESTAMP WITH TIME ZONE", Kind.DAY: "DATE", Kind.FLAG: "BOOLEAN",
}


def content(table: Table) -> dict[str, str]:
    """Return the SQL type of every column a row is made of, in order: canonical ones and extra.

    >>> from caopan.facts.schema import TABLES
    >>> content(TABLES["belts"])["belt_id"]
    'VARCHAR'
    """
    return {column.name: SQL[column.kind] for column in table.columns} | {EXTRA: "VARCHAR"}


def stored(table: Table) -> dict[str, str]:
    """Return the SQL type of every column of a stored file, in order.

    >>> from caopan.facts.schema import TABLES
    >>> list(stored(TABLES["belts"]))[-3:]
    ['extra', '_batch', '_row']
    """
    return content(table) | {BATCH: "BIGINT", ROW: "BIGINT"}
