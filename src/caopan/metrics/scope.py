"""What a value is asked over: the tables, the grouping, the period, and when it was seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import ibis.expr.types as ir

from caopan.units.period import Period

Tables = Mapping[str, ir.Table]
"""Canonical tables by name, each with its full schema; instants in UTC, money in minor units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One question (口径) put to the tables.

    ``by`` are grouping names; ``period`` limits business days, None is all of them; ``as_of`` is
    the instant of looking: nothing after it is seen, and refunds and repeat purchases are only as
    ripe as that instant allows. None: the last instant that the orders themselves carry.
    """

    tables: Tables
    by: tuple[str, ...] = ()
    period: Period | None = None
    as_of: datetime | None = None
    columns: frozenset[str] | None = None
    """The columns that are read of the rows, groupings and dates aside; None: perhaps all."""

    def table(self, name: str) -> ir.Table:
        """Return one canonical table.

        >>> import ibis
        >>> Scope(tables={"belts": ibis.table({"belt_id": "string"})}).table("belts").columns
        ('belt_id',)

        Raises:
            KeyError: the table is not among those handed over.
        """
        return self.tables[name]
