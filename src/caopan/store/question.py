"""A question (问题) put again and again: written as SQL once a state, asked with other values."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa

from caopan.store.prepared import Query
from caopan.store.sql import literal

MOST = 256
"""Questions remembered; the one not asked for longest goes first."""
Tables = Mapping[str, ir.Table]
Words = Mapping[str, ir.StringScalar]
Make = Callable[[Tables, Words], ir.Table]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, and the values that differ from one asking to the next.

    ``make`` gets the tables of the store, with those of ``rows`` in the place of theirs, and the
    ``words`` as expressions. It is called once; so ``name`` must tell apart all that it holds
    besides: metrics, grouping, period.
    """

    name: Hashable
    make: Make
    rows: Mapping[str, pa.Table] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Questions:
    """The SQL of the questions asked lately; the reader's own lock guards it.

    >>> known, backend = Questions(), ibis.duckdb.connect()
    >>> def longer(tables, words):
    ...     return tables["belts"].filter(tables["belts"].city != words["city"])
    >>> def asked(city):
    ...     return Question(name="longer", make=longer, words={"city": city},
    ...                     rows={"belts": pa.table({"city": ["义乌", "曹县"]})})
    >>> first = known.query(asked("曹县"), {}, backend)
    >>> known.query(asked("义乌"), {}, backend) is first
    True
    >>> filled(first.sql, asked("o'x")).count("'o''x'")
    1
    """

    most: int = MOST
    _queries: OrderedDict[Hashable, Query] = field(init=False, default_factory=OrderedDict)

    def query(self, question: Question, tables: Tables, backend: Any) -> Query:  # noqa: ANN401 - Ibis does not type its backends
        """Return a question as SQL with blanks for its words."""
        views = tuple(table.get_name() for table in tables.values())
        key = (question.name, views[:1], _shape(question))
        found = self._queries.pop(key, None)
        if found is None:
            given = {name: ops.DatabaseTable(
                name=given_name(name), schema=ibis.Schema.from_pyarrow(rows.schema),
                source=backend, namespace=ops.Namespace()).to_expr()
                for name, rows in question.rows.items()}
            blanks = {name: ibis.literal(_blank(name)) for name in question.words}
            made = question.make({**tables, **given}, blanks)
            found = Query(sql=backend.compile(made), schema=made.schema())
        self._queries[key] = found
        while len(self._queries) > self.most:
            self._queries.popitem(last=False)
        return found


def given_name(table: str) -> str:
    """Return the name that rows handed over have while a question is asked.

    >>> given_name("sessions")
    'given_sessions'
    """
    return f"given_{table}"


def filled(sql: str, question: Question) -> str:
    """Return the SQL with the words of one asking in its blanks, quoted."""
    if not question.words:
        return sql
    return _BLANK.sub(lambda found: literal(question.words[found[1]]), sql)


_BLANK = re.compile("'caopan-blank:([a-z]+)'")


def _blank(name: str) -> str:
    return f"caopan-blank:{name}"


def _shape(question: Question) -> Hashable:
    """Return what of the values the SQL depends on: the types of the rows, not what they hold."""
    return tuple((name, tuple((one.name, str(one.type)) for one in rows.schema))
                 for name, rows in question.rows.items())
