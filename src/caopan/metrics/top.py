"""The best minutes of each session."""

from __future__ import annotations

from typing import Literal

import ibis
import ibis.expr.types as ir

from caopan.metrics.base import minutes
from caopan.metrics.scope import Scope


def top_minutes(
    scope: Scope, *, first: int = 5, measure: Literal["gmv", "orders", "entries"] = "gmv",
) -> ir.Table:
    """Return the ``first`` minutes of each session by one measure, best first.

    Columns: ``session_id``, ``minute``, the groups, the measure, ``place`` (1 is the best; the
    earlier of two equal minutes comes first). Minutes without the measure are left out.
    """
    rows = minutes(scope)
    rows = rows.filter(rows[measure].notnull())
    order = ibis.window(group_by=rows.session_id, order_by=[rows[measure].desc(), rows.minute])
    keep = dict.fromkeys(("session_id", "minute", *scope.by, measure))
    rows = rows.select(*keep, place=ibis.row_number().over(order) + 1)
    return rows.filter(rows.place <= first).order_by("session_id", "place")
