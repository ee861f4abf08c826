"""What an import says (陈述): an empty cell is a statement, a column that is not there is none."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from caopan.facts.schema import EXTRA_PREFIX, Table
from caopan.store.sql import identifier, literal
from caopan.store.stored import EXTRA, ROW, content

MASK = "_said"
"""One bit a name of ``Speech.names``: which of them a row's file had as columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Rows ``[first, end)`` of one table, in the order they came, that have the same columns."""

    first: int
    end: int
    columns: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """Which columns each parked row of one table says, as SQL over rows with their number."""

    table: Table
    stretches: tuple[Stretch, ...]

    @property
    def sets(self) -> frozenset[frozenset[str]]:
        """Return the different sets of columns, those of the key left out."""
        key = frozenset(self.table.key)
        return frozenset(stretch.columns - key for stretch in self.stretches)

    @property
    def is_uniform(self) -> bool:
        """Return whether every row says the same columns."""
        return len(self.sets) <= 1

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name that any row says, in the order of the mask's bits."""
        return tuple(sorted(frozenset[str]().union(*self.sets)))

    @property
    def always(self) -> frozenset[str]:
        """Return the names that every row says."""
        return reduce(frozenset.intersection, self.sets) if self.sets else frozenset()

    @property
    def has_extras(self) -> bool:
        """Return whether any row says an ``x_…`` column."""
        return any(name.startswith(EXTRA_PREFIX) for name in self.names)

    def says(self, name: str, *, of: str) -> str:
        """Return the SQL condition that a row of an alias says a column.

        >>> from caopan.facts.schema import TABLES
        >>> Speech(table=TABLES["belts"], stretches=()).says("city", of="w")
        'false'
        """
        if name in self.always:
            return "true"
        if name not in self.names:
            return "false"
        return f"get_bit({of}.{MASK}, {self.names.index(name)}) = 1"

    def mask(self) -> str:
        """Return the SQL of a row's mask, by its number."""
        by_set: dict[str, list[Stretch]] = {}
        for stretch in self.stretches:
            by_set.setdefault(self._bits(stretch.columns), []).append(stretch)
        *some, rest = sorted(by_set, key=lambda bits: len(by_set[bits])) or ["0"]
        cases = "".join(
            f" WHEN {' OR '.join(f'{ROW} BETWEEN {s.first:d} AND {s.end - 1:d}' for s in held)} "
            f"THEN {literal(bits)}"
            for bits, held in ((bits, by_set[bits]) for bits in some))
        said = f"CASE{cases} ELSE {literal(rest)} END" if cases else literal(rest)
        return f"CAST({said} AS BIT)"

    def extras(self, mask: str) -> frozenset[str]:
        """Return the ``x_…`` names of a mask in its text form."""
        return frozenset(name for name, bit in zip(self.names, mask, strict=True)
                         if bit == "1" and name.startswith(EXTRA_PREFIX))

    def agrees(self, said: str, known: str) -> str:
        """Return the condition that one row says nothing that another has not, extras apart."""
        parts = []
        for name in content(self.table):
            says = self.says(name, of=said)
            if name in self.table.key or name == EXTRA or says == "false":
                continue
            column = identifier(name)
            equal = f"{said}.{column} IS NOT DISTINCT FROM {known}.{column}"
            parts.append(equal if says == "true" else f"(NOT ({says}) OR {equal})")
        return " AND ".join(parts) or "true"

    def merged(self, said: str, known: str, *, extra: str) -> str:
        """Return the columns of a row, what it does not say taken from the known one."""
        parts = []
        for name in content(self.table):
            column = identifier(name)
            says = "true" if name in self.table.key else self.says(name, of=said)
            value = {"true": f"{said}.{column}", "false": f"{known}.{column}"}.get(
                says, f"CASE WHEN {says} THEN {said}.{column} ELSE {known}.{column} END")
            parts.append(f"{extra if name == EXTRA else value} AS {column}")
        return ", ".join(parts)

    def last_said(self, of: str) -> str:
        """Return the aggregates that give a key's columns as they were last said, extras apart."""
        parts = []
        for name in content(self.table):
            if name == EXTRA:
                continue
            column = identifier(name)
            says = "true" if name in self.table.key else self.says(name, of=of)
            parts.append(f"max_by({{'value': {of}.{column}}}, {of}.{ROW}) "
                         f"FILTER (WHERE {says}).value AS {column}")
        return ", ".join(parts)

    def _bits(self, columns: frozenset[str]) -> str:
        return "".join("1" if name in columns else "0" for name in self.names) or "0"


def merged_extra(statements: Sequence[tuple[str | None, Iterable[str]]]) -> str | None:
    """Return the extras after several statements, each a JSON text and the names it says.

    >>> merged_extra([('{"x_a":"1","x_b":"2"}', {"x_a", "x_b"}), (None, {"x_a"})])
    '{"x_b":"2"}'
    """
    held: dict[str, str] = {}
    for text, says in statements:
        for name in says:
            held.pop(name, None)
        held |= json.loads(text) if text else {}
    if not held:
        return None
    return json.dumps(dict(sorted(held.items())), ensure_ascii=False, separators=(",", ":"))
