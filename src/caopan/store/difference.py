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
from caopan.store.ordered import strictly_ordered
from caopan.store.said import MASK, Speech, merged_extra
from caopan.store.sql import empty, identifier, literal, names, parquet, same, typed
from caopan.store.staging import Staged
from caopan.store.stored import BATCH, EXTRA, ROW, SQL, content


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
    held: pa.Table | None = None
    """The fresh rows themselves where memory holds just them: an import of new rows."""


def difference(connection: duckdb.DuckDBPyConnection, table: Table, *, parked: Staged,
               current: str) -> Difference:
    """Compare parked rows with the current ones, by key and then by content.

    Keys with null parts agree where the same parts are null. Of several parked rows of one key
    the last wins, column by column; a column that no row of the key came with stays as it is
    known. Derived rows only fill keys that neither the parked primary rows nor the
    current ones have, the first of a key winning. ``current`` is a SELECT of stored rows.
    """
    speech = Speech(table=table, stretches=parked.said)
    return _Comparison(connection=connection, table=table, speech=speech).run(parked, current)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Comparison:
    connection: duckdb.DuckDBPyConnection
    table: Table
    speech: Speech

    def run(self, parked: Staged, current: str) -> Difference:
        self._view("primary_rows", self._parked("held_primary", parked.primary, parked))
        self._view("derived_rows", self._parked("held_derived", parked.derived, parked))
        self._view("known", f"SELECT * FROM ({current}) WHERE {self._in_reach()}")
        repeated, overruled = self._settle_repeats(parked.primary)
        met = self._meet()
        offered, filled = self._fill() if parked.derived is not None else self._fill_nothing()
        added, replaced, unchanged = self._row(
            "SELECT count(*) - (SELECT count(*) FROM met), "
            "(SELECT count(*) FROM met WHERE changed), "
            "(SELECT count(*) FROM met WHERE NOT changed) FROM winners")
        return Difference(
            counts=Counts(added=added + filled, replaced=replaced,
                          unchanged=unchanged + offered - filled,
                          repeated=repeated, overruled=overruled),
            fresh=self._fresh(parked, unchanged=unchanged, replaced=replaced),
            superseded=f"SELECT {BATCH}, {ROW} FROM met WHERE changed ORDER BY ALL",
            superseded_counts=dict(self._rows(
                f"SELECT {BATCH}, count(*) FROM met WHERE changed GROUP BY ALL")),
            leans_on=frozenset(batch for (batch,) in self._rows(
                f"SELECT DISTINCT {BATCH} FROM met UNION SELECT {BATCH} FROM met_by_derived")),
            held=None if met or repeated else _just_primary(parked),
        )

    def _settle_repeats(self, primary: pa.Table | Path | None) -> tuple[int, int]:
        """Make ``winners``, one row a key; return how many rows lost, and lost to other values."""
        keys = names(self.table.key)
        if isinstance(primary, pa.Table) and any(
                strictly_ordered(primary[key]) for key in self.table.key
                if key in primary.column_names):
            self._view("winners", "SELECT * FROM primary_rows")
            return 0, 0
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
        last = f"SELECT * FROM primary_rows ANTI JOIN losers USING ({ROW})"
        if self.speech.is_uniform:
            self._view("winners", last)
        else:
            self._complete_each_other()
            self._view("winners", f"{last} ANTI JOIN completed USING ({ROW}) "
                                  "UNION ALL BY NAME SELECT * FROM completed")
        same_extra = "true" if self.speech.is_uniform else f"a.{MASK} = b.{MASK}"
        (overruled,) = self._row(
            f"SELECT count(*) FROM losers l JOIN primary_rows a ON a.{ROW} = l.{ROW} "
            f"JOIN winners b ON b.{ROW} = l.won WHERE NOT ({self.speech.agrees('a', 'b')}) "
            f"OR ({same_extra} AND a.{EXTRA} IS DISTINCT FROM b.{EXTRA})")
        return rows - distinct, overruled

    def _complete_each_other(self) -> None:
        """Make ``completed``: the last row of each repeated key, with what only others say."""
        self._temp("spoken", f"SELECT r.*, coalesce(l.won, r.{ROW}) AS won FROM primary_rows r "
                             f"LEFT JOIN losers l USING ({ROW}) "
                             f"WHERE coalesce(l.won, r.{ROW}) IN (SELECT won FROM losers)")
        told = [(won, merged_extra([(each["extra"], self.speech.extras(each["said"]))
                                    for each in said]))
                for won, said in self._rows(
                    f"SELECT won, list({{'extra': {EXTRA}, 'said': {MASK}::VARCHAR}} "
                    f"ORDER BY {ROW}) FROM spoken GROUP BY won")]
        self._hold("told", {"won": pa.int64(), EXTRA: pa.string()}, told)
        self._temp("completed",
                   f"SELECT s.won AS {ROW}, {self.speech.last_said('s')}, "
                   f"bit_or(s.{MASK}) AS {MASK}, any_value(t.{EXTRA}) AS {EXTRA} "
                   "FROM spoken s JOIN told t USING (won) GROUP BY s.won")

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

    def _meet(self) -> int:
        """Make ``met``: every winner whose key is known, with the known row and their verdict.

        Return how many there are.

        The keys are joined first: an import of new rows, the usual one, reads nothing else.
        """
        on = same(self.table.key, left="w", right="k")
        (met,) = self._row(f"SELECT count(*) FROM winners w JOIN known k ON {on}")
        source = f"winners w JOIN known k ON {on}" if met else "winners w, known k WHERE false"
        if met:
            self._keep_extras(source)
        changed = f"NOT ({self.speech.agrees('w', 'k')})"
        if self.speech.has_extras:
            changed += f" OR {self._extra(met=met)} IS DISTINCT FROM k.{EXTRA}"
        self._temp("met", f"SELECT w.{ROW} AS new_row, k.{BATCH}, k.{ROW}, {changed} AS changed "
                          f"FROM {self._beside_kept(source) if met else source}")
        return int(met)

    def _keep_extras(self, source: str) -> None:
        """Make ``kept``: what becomes of extras where the known ones have names not said."""
        if not self.speech.has_extras:
            return
        always = ", ".join(map(literal, sorted(self.speech.always))) or "''"
        mask = self._mask_of("w")
        pairs = self._rows(
            f"SELECT DISTINCT w.{EXTRA}, k.{EXTRA}, {mask}::VARCHAR FROM {source} "
            f"WHERE w.{EXTRA} IS DISTINCT FROM k.{EXTRA} AND k.{EXTRA} IS NOT NULL "
            f"AND NOT list_has_all([{always}], json_keys(k.{EXTRA}))")
        self._hold("kept", {"new": pa.string(), "old": pa.string(), "said": pa.string(),
                            EXTRA: pa.string()},
                   [(new, old, said, merged_extra([(old, ()), (new, self.speech.extras(said))]))
                    for new, old, said in pairs])

    def _beside_kept(self, source: str) -> str:
        """Return joined rows ``w`` and ``k`` with what is kept of the extras."""
        if not self.speech.has_extras:
            return source
        return (f"{source} LEFT JOIN kept e ON e.old = k.{EXTRA} "
                f"AND e.new IS NOT DISTINCT FROM w.{EXTRA} "
                f"AND e.said = {self._mask_of('w')}::VARCHAR")

    def _extra(self, *, met: int) -> str:
        """Return the extras of a winner beside the known row."""
        if not self.speech.has_extras:
            return f"k.{EXTRA}"
        return f"CASE WHEN e.said IS NULL THEN w.{EXTRA} ELSE e.{EXTRA} END" if met else "NULL"

    def _mask_of(self, rows: str) -> str:
        return self.speech.mask() if self.speech.is_uniform else f"{rows}.{MASK}"

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

    def _fresh(self, parked: Staged, *, unchanged: int, replaced: int) -> str:
        every = content(self.table)
        needed = {*parked.present, *self.table.key, self.table.dated_by,
                  *(every if replaced else ())}
        columns = names([*(name for name in every if name in needed), ROW])
        fresh = f"SELECT {columns} FROM winners"
        if replaced or unchanged:
            fresh += f" ANTI JOIN met m ON winners.{ROW} = m.new_row"
        if replaced:
            self._merge()
            fresh += f" UNION ALL SELECT {columns} FROM merged"
        if parked.derived is not None:
            fresh += f" UNION ALL SELECT {columns} FROM derived_rows SEMI JOIN fills USING ({ROW})"
        return fresh

    def _merge(self) -> None:
        """Make ``merged``: the changed rows, with what they do not say as it was known."""
        source = self._beside_kept(
            f"met m JOIN winners w ON w.{ROW} = m.new_row "
            f"JOIN known k ON k.{BATCH} = m.{BATCH} AND k.{ROW} = m.{ROW}")
        merged = self.speech.merged("w", "k", extra=self._extra(met=1))
        self._temp("merged", f"SELECT {merged}, w.{ROW} FROM {source} WHERE m.changed")

    def _parked(self, name: str, rows: pa.Table | Path | None, parked: Staged) -> str:
        types = content(self.table) | {ROW: "BIGINT"}
        if rows is None:
            return empty(types if self.speech.is_uniform else types | {MASK: "BIT"})
        if isinstance(rows, Path):
            columns, source = names(types), parquet([rows], types=types)
        else:
            self.connection.register(name, rows)
            columns, source = typed(types, present=rows.column_names), identifier(name)
        kept = "".join(f" AND NOT ({ROW} >= {first:d} AND {ROW} < {end:d})"
                       for first, end in parked.dropped)
        mask = "" if self.speech.is_uniform else f", {self.speech.mask()} AS {MASK}"
        return f"SELECT {columns}{mask} FROM {source} WHERE true{kept}"

    def _view(self, name: str, sql: str) -> None:
        self.connection.execute(f"CREATE OR REPLACE TEMP VIEW {identifier(name)} AS {sql}")

    def _temp(self, name: str, sql: str) -> None:
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {identifier(name)} AS {sql}")

    def _hold(self, name: str, columns: dict[str, pa.DataType],
              rows: list[tuple[Any, ...]]) -> None:
        """Make a temporary table of rows worked out here."""
        held = pa.table({column: pa.array([row[at] for row in rows], kind)
                         for at, (column, kind) in enumerate(columns.items())})
        self.connection.register("held_here", held)
        self._temp(name, "SELECT * FROM held_here")
        self.connection.unregister("held_here")

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql).fetchall()

    def _row(self, sql: str) -> tuple[Any, ...]:
        return self._rows(sql)[0]


def _just_primary(parked: Staged) -> pa.Table | None:
    """Return the parked rows where memory holds all of them, none taken back and none derived."""
    alone = parked.derived is None and not parked.dropped
    return parked.primary if alone and isinstance(parked.primary, pa.Table) else None
