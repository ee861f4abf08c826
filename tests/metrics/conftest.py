"""Tables written by hand: only the cells that a test is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import ibis
import pyarrow as pa
import pytest

from caopan.facts.schema import TABLES, Kind
from caopan.metrics.catalogue import metric
from caopan.metrics.scope import Scope
from caopan.metrics.value import value
from caopan.units.clock import BUSINESS_ZONE
from caopan.units.period import Period

Row = Mapping[str, object]
Rows = list[dict[str, Any]]

ARROW = {
    Kind.TEXT: pa.string(), Kind.COUNT: pa.int64(), Kind.NUMBER: pa.float64(),
    Kind.MONEY: pa.int64(), Kind.INSTANT: pa.timestamp("us", "UTC"), Kind.DAY: pa.date32(),
    Kind.FLAG: pa.bool_(), Kind.WORDS: pa.string(), Kind.CHOICE: pa.string(),
}


def at(text: str) -> datetime:
    """Return a Shanghai wall-clock time as an instant."""
    return datetime.fromisoformat(text).replace(tzinfo=BUSINESS_ZONE).astimezone(UTC)


class World:
    """Canonical tables of a few rows, and the connection that answers."""

    def __init__(self, given: Mapping[str, Sequence[Row]]) -> None:
        self.connection = ibis.duckdb.connect()
        self.tables = {name: self._table(name, given.get(name, ())) for name in TABLES}

    def _table(self, name: str, rows: Sequence[Row]) -> ibis.Table:
        columns = TABLES[name].columns
        unknown = {key for row in rows for key in row} - {column.name for column in columns}
        if unknown:
            raise KeyError(unknown)
        schema = pa.schema([(column.name, ARROW[column.kind]) for column in columns])
        cells = [{column.name: _cell(row.get(column.name), column.kind) for column in columns}
                 for row in rows]
        return ibis.memtable(pa.Table.from_pylist(cells, schema=schema))

    def rows(self, expression: ibis.Table) -> Rows:
        return self.connection.to_pyarrow(expression).to_pylist()

    def scope(self, *by: str, **asked: object) -> Scope:
        return Scope(tables=self.tables, by=by, **_asked(asked))

    def value(self, name: str, **asked: object) -> Rows:
        return self.rows(value(metric(name), self.tables, **_asked(asked)))

    def one(self, name: str, **asked: object) -> float | None:
        """Return the only value of a metric; None too where there is no row at all."""
        rows = self.value(name, **asked) or [{"value": None}]
        (row,) = rows
        return row["value"]

    def by(self, name: str, *groups: str, **asked: object) -> dict[Any, float | None]:
        """Return the values by their group, a tuple where there are several."""
        found = self.value(name, by=groups, **asked)
        return {tuple(row[g] for g in groups) if len(groups) > 1 else row[groups[0]]: row["value"]
                for row in found}


def _asked(asked: dict[str, Any]) -> dict[str, Any]:
    """Return the question with ``period="2026-03-01/2026-04-01"`` and ``as_of`` read."""
    read = dict(asked)
    if isinstance(given := read.get("period"), str):
        start, end = map(date.fromisoformat, given.split("/"))
        read["period"] = Period(start=start, end=end)
    if isinstance(given := read.get("as_of"), str):
        read["as_of"] = at(given)
    return read


def _cell(cell: object, kind: Kind) -> object:
    if isinstance(cell, str) and kind is Kind.INSTANT:
        return at(cell)
    if isinstance(cell, str) and kind is Kind.DAY:
        return date.fromisoformat(cell)
    return cell


@pytest.fixture
def world() -> Callable[..., World]:
    """Return the maker of a small world: ``world(sessions=[{…}], orders=[{…}])``."""
    return lambda **given: World(given)
