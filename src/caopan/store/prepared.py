"""The SQL of the expressions asked lately: writing it takes longer than many a query."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir

MOST = 256
"""Expressions remembered; the one not asked for longest goes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """An expression as SQL, and the types its rows have."""

    sql: str
    schema: ibis.Schema


@dataclass(slots=True, kw_only=True)
class Prepared:
    """What one reader remembers; the reader's own lock guards it.

    Expressions are told apart by what they say: the view each table is read from, the columns,
    every literal with its type.

    >>> table, backend = ibis.table({"n": "int64"}, name="t"), ibis.duckdb.connect()
    >>> prepared = Prepared()
    >>> first = prepared.query(table.filter(table.n > 1), backend)
    >>> prepared.query(table.filter(table.n > 1), backend) is first
    True
    >>> prepared.query(table.filter(table.n > 2), backend) is first
    False
    """

    most: int = MOST
    _queries: OrderedDict[ops.Node, Query] = field(init=False, default_factory=OrderedDict)

    def __len__(self) -> int:
        """Return how many expressions are remembered."""
        return len(self._queries)

    def query(self, expression: ir.Table, backend: ibis.backends.duckdb.Backend) -> Query | None:
        """Return an expression as SQL; None where it carries rows or functions of its own.

        Those must be registered with the connection each time, and are not remembered.
        """
        node = expression.op()
        found = self._queries.pop(node, None)
        if found is None:
            if node.find((ops.InMemoryTable, ops.ScalarUDF, ops.AggUDF)):
                return None
            found = Query(sql=backend.compile(expression), schema=expression.schema())
        self._queries[node] = found
        while len(self._queries) > self.most:
            self._queries.popitem(last=False)
        return found
