# ruff: noqa: S608 - every name is quoted by sql.py
"""A bounded sample of what an import would replace: value by value, old beside new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

from caopan.facts.schema import Table
from caopan.store.sql import identifier
from caopan.store.stored import BATCH, ROW, content

MOST = 50
"""Values of one table that are shown; the counts stand beside them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One value that an import replaces (改动): whose row, which column, old and new.

    Money is in minor units of ``currency``; a value that was or becomes unknown is None.
    """

    table: str
    key: dict[str, Any]
    column: str
    old: Any
    new: Any
    currency: str | None = None


def changes(connection: duckdb.DuckDBPyConnection, table: Table, *,
            most: int = MOST) -> tuple[Change, ...]:
    """Return the first replaced values of the comparison that ``difference`` has just made.

    At most ``most`` values, in the order of the file; it reads ``met``, which stays valid until
    the next comparison on the connection.
    """
    columns = list(content(table))
    listed = ", ".join(f"{side}.{identifier(name)} AS {identifier(side + name)}"
                       for side in ("w", "k") for name in columns)
    rows = connection.sql(
        f"SELECT {listed} FROM (SELECT * FROM met WHERE changed ORDER BY new_row LIMIT {most:d}) m "
        f"JOIN winners w ON w.{ROW} = m.new_row "
        f"JOIN known k ON k.{BATCH} = m.{BATCH} AND k.{ROW} = m.{ROW} ORDER BY m.new_row"
    ).to_arrow_table().to_pylist()
    found: list[Change] = []
    for row in rows:
        old, new = ({name: row[side + name] for name in columns} for side in ("k", "w"))
        found += _unlike(table, old, new)
        if len(found) >= most:
            break
    return tuple(found[:most])


def _unlike(table: Table, old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    key = {name: new[name] for name in table.key}
    currency = new.get("currency") or old.get("currency")
    return [Change(table=table.name, key=key, column=name, old=old[name], new=new[name],
                   currency=currency)
            for name in new if name not in table.key and old[name] != new[name]]
