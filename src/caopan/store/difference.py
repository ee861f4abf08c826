# ruff: noqa: S608 - every name and path is quoted by sql.py
"""What an import changes: each row is added, replaces an earlier one, or is already known."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import duckdb
import pyarrow as pa

from caopan.facts.schema import NULLABLE_REQUIRED, Table
from caopan.store.batch import Counts
from caopan.store.sql import empty, identifier, literal, names, parquet, same, typed
from caopan.store.staging import Staged
from caopan.store.stored import BATCH, ROW, SQL, content


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How the parked rows of one table differ from what is known.

    ``fresh`` is a SELECT of the rows to write (the columns that have values, those of the key,
    the date and the row number); it and ``superseded``, a
    SELECT of (batch, row) that they replace, stay valid on the connection until the next call of
    ``difference``. ``superseded_counts`` and ``leans_on`` are by earlier batch.
    """

    counts: Counts
    fresh: str
    superseded: str
    superseded_counts: dict[int, int]
    leans_on: frozenset[int]


def difference(connection: duckdb.DuckDBPyConnection, table: Table, *, parked: Staged,
               current: str) -> Difference:
    """Compare parked rows with the current ones, by key and then by content.

    Keys with null parts agree where the same parts are null. Of several parked rows of one key
    the last wins; derived rows only fill keys that neither the parked primary rows nor the
    current ones have, the first of a key winning. ``current`` is a SELECT of stored rows.
    """
    return _Comparison(connection=connection, table=table).run(parked, current)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Comparison:
    connection: duckdb.DuckDBPyConnection
    table: Table

    def run(self, parked: Staged, current: str) -> Difference:
        self._view("primary_rows", self._parked("held_primary", parked.primary, parked))
        self._view("derived_rows", self._parked("held_derived", parked.derived, parked))
        self._view("known", f"SELECT * FROM ({current}) WHERE {self._in_reach()}")
        repeated, overruled = self._settle_repeats()
        self._meet()
        offered, filled = self._fill() if parked.derived is not None else self._fill_nothing()
        added, replaced, unchanged = self._row(
            "SELECT count(*) - (SELECT count(*) FROM met), "
            "(SELECT count(*) FROM met WHERE changed), "
            "(SELECT count(*) FROM met WHERE NOT changed) FROM winners")
        return Difference(
            counts=Counts(added=added + filled, replaced=replaced,
                          unchanged=unchanged + offered - filled,
                          repeated=repeated, overruled=overruled),
            fresh=self._fresh(parked, unchanged=unchanged),
            superseded=f"SELECT {BATCH}, {ROW} FROM met WHERE changed ORDER BY ALL",
            superseded_counts=dict(self._rows(
                f"SELECT {BATCH}, count(*) FROM met WHERE changed GROUP BY ALL")),
            leans_on=frozenset(batch for (batch,) in self._rows(
                f"SELECT DISTINCT {BATCH} FROM met UNION SELECT {BATCH} FROM met_by_derived")),
        )

    def _settle_repeats(self) -> tuple[int, int]:
        """Make ``winners``, one row a key; return how many rows lost, and lost to other values."""
        keys = names(self.table.key)
        # As many hashes as rows prove as many keys; only where two are equal, keys are compared.
        rows, hashes = self._row(
            f"SELECT count(*), count(DISTINCT hash({keys})) FROM primary_rows")
        distinct = rows if rows == hashes else self._row(
            f"SELECT count(*) FROM (SELECT DISTINCT {keys} FROM primary_rows)")[0]
        if rows == distinct:
            self._view("winners", "SELECT * FROM primary_rows")
            return 0, 0
        self._temp("losers", f"SELECT {ROW}, won FROM (SELECT {ROW}, max({ROW}) "
                             f"OVER (PARTITION BY {keys}) AS won FROM primary_rows) "
                             f"WHERE {ROW} <> won")
        self._view("winners", f"SELECT * FROM primary_rows ANTI JOIN losers USING ({ROW})")
        (overruled,) = self._row(
            f"SELECT count(*) FROM losers l JOIN primary_rows a ON a.{ROW} = l.{ROW} "
            f"JOIN primary_rows b ON b.{ROW} = l.won WHERE NOT ({self._same_content('a', 'b')})")
        return rows - distinct, overruled

    def _in_reach(self) -> str:
        """Return the condition that a known row must fulfil to have the key of any parked row.

        Ids mostly grow with time, and files say between which values theirs lie: most of what is
        known need not be read.
        """
        first = next((name for name in self.table.key
                      if self.table.column(name).required
                      and (self.table.name, name) not in NULLABLE_REQUIRED
                      and SQL[self.table.column(name).kind] == "VARCHAR"), None)
        if first is None:
            return "true"
        column = identifier(first)
        low, high = self._row(f"SELECT min({column}), max({column}) FROM (SELECT {column} FROM "
                              f"primary_rows UNION ALL SELECT {column} FROM derived_rows)")
        if low is None:
            return "false"
        if "\0" in low + high:  # no SQL text can hold it
            return "true"
        return f"{column} BETWEEN {literal(low)} AND {literal(high)}"

    def _meet(self) -> None:
        """Make ``met``: every winner whose key is known, with the known row and their verdict.

        The keys are joined first: an import of new rows, the usual one, reads nothing else.
        """
        on = same(self.table.key, left="w", right="k")
        (met,) = self._row(f"SELECT count(*) FROM winners w JOIN known k ON {on}")
        changed = f"NOT ({self._same_content('w', 'k')})"
        source = f"winners w JOIN known k ON {on}" if met else "winners w, known k WHERE false"
        self._temp("met", f"SELECT w.{ROW} AS new_row, k.{BATCH}, k.{ROW}, {changed} AS changed "
                          f"FROM {source}")

    def _fill(self) -> tuple[int, int]:
        """Make ``fills``, the derived rows to write; return keys offered and keys filled.

        A key that the primary rows hold is not offered at all.
        """
        key = names(self.table.key)
        taken = same(self.table.key, left="d", right="p")
        self._temp("offered", f"SELECT {key}, min({ROW}) AS {ROW} FROM derived_rows d "
                              f"ANTI JOIN primary_rows p ON {taken} GROUP BY {key}")
        self._temp("met_by_derived",
                   f"SELECT d.{ROW} AS new_row, k.{BATCH} FROM offered d JOIN known k "
                   f"ON {same(self.table.key, left='d', right='k')}")
        self._temp("fills", f"SELECT {ROW} FROM offered ANTI JOIN met_by_derived m "
                            f"ON offered.{ROW} = m.new_row")
        return cast("tuple[int, int]", self._row(
            "SELECT (SELECT count(*) FROM offered), (SELECT count(*) FROM fills)"))

    def _fill_nothing(self) -> tuple[int, int]:
        self._temp("met_by_derived", f"SELECT {ROW} AS new_row, {BATCH} FROM known WHERE false")
        return 0, 0

    def _fresh(self, parked: Staged, *, unchanged: int) -> str:
        needed = {*parked.present, *self.table.key, self.table.dated_by}
        columns = names([*(name for name in content(self.table) if name in needed), ROW])
        fresh = f"SELECT {columns} FROM winners"
        if unchanged:
            fresh += (f" ANTI JOIN (SELECT new_row FROM met WHERE NOT changed) m "
                      f"ON winners.{ROW} = m.new_row")
        if parked.derived is not None:
            fresh += f" UNION ALL SELECT {columns} FROM derived_rows SEMI JOIN fills USING ({ROW})"
        return fresh

    def _same_content(self, left: str, right: str) -> str:
        columns = [name for name in content(self.table) if name not in self.table.key]
        return same(columns, left=left, right=right) if columns else "true"

    def _parked(self, name: str, rows: pa.Table | Path | None, parked: Staged) -> str:
        types = content(self.table) | {ROW: "BIGINT"}
        if rows is None:
            return empty(types)
        if isinstance(rows, Path):
            columns, source = names(types), parquet([rows], types=types)
        else:
            self.connection.register(name, rows)
            columns, source = typed(types, present=rows.column_names), identifier(name)
        kept = "".join(f" AND NOT ({ROW} >= {first:d} AND {ROW} < {end:d})"
                       for first, end in parked.dropped)
        return f"SELECT {columns} FROM {source} WHERE true{kept}"

    def _view(self, name: str, sql: str) -> None:
        self.connection.execute(f"CREATE OR REPLACE TEMP VIEW {identifier(name)} AS {sql}")

    def _temp(self, name: str, sql: str) -> None:
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {identifier(name)} AS {sql}")

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql).fetchall()

    def _row(self, sql: str) -> tuple[Any, ...]:
        return self._rows(sql)[0]
