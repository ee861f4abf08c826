"""How new the facts are (新鲜度): the latest moment of every source."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

MOMENTS: dict[str, tuple[str, str]] = {
    "sessions": ("sessions", "started_at"),
    "orders": ("orders", "paid_at"),
    "ads": ("ad_spend", "starts_at"),
}
"""Each source that dates its rows: its table and the column that dates them."""


def latest(tables: Mapping[str, ir.Table]) -> ir.Table:
    """Return one row: the latest moment of each source, null where it has none.

    Args:
        tables: the canonical tables.
    """
    parts = [tables[table].aggregate(moment=tables[table][column].max())
             .mutate(source=ibis.literal(source)) for source, (table, column) in MOMENTS.items()]
    return ibis.union(*parts)


def stock_batch(tables: Mapping[str, ir.Table]) -> ir.Table:
    """Return one row, ``batch``: the latest import that told stock on hand; null where none did.

    Stock carries no moment of its own: it is as old as the import that brought it.
    """
    goods = tables["products"]
    told = goods.filter(goods.stock_on_hand.notnull())
    return told.aggregate(batch=told["_batch"].max())
