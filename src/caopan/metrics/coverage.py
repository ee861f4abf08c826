"""Coverage (完整度): how many rows of a table know each of its columns."""

from __future__ import annotations

from collections.abc import Sequence

import ibis.expr.types as ir


def coverage(table: ir.Table, *, columns: Sequence[str]) -> ir.Table:
    """Return one row: ``rows``, and for every column the rows that hold a value there.

    A null is "not known" and is not counted; zero and an empty text are values.

    >>> import ibis
    >>> made = coverage(ibis.table({"views": "int64"}, name="sessions"), columns=["views"])
    >>> made.columns
    ('rows', 'views')
    """
    return table.aggregate(
        rows=table.count(), **{name: table[name].count() for name in columns})
