"""What a mapped file lacks and can be derived: ids, the end of a session, the host."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from caopan.ingest.chunk import Chunk
from caopan.ingest.context import Context
from caopan.ingest.identifier import derived
from caopan.ingest.layout import Shape
from caopan.ingest.twins import told_apart

SCRATCH: dict[str, tuple[str, ...]] = {"sessions": ("duration_seconds",)}
"""Names besides the canonical columns that a mapping may fill."""
_IDENTITY: dict[str, tuple[str, ...]] = {
    "session_id": ("platform", "streamer_id", "started_at", "title", "ended_at"),
    "product_id": ("merchant_id", "name"),
    "plan_id": ("platform", "starts_at", "tool", "goal", "session_id"),
    "video_id": ("streamer_id", "published_at"),
    "order_id": ("merchant_id", "buyer_id", "paid_at", "created_at", "product_id", "session_id",
                 "line"),
}
"""What an id that the file lacks is derived from."""
_RANKED = {"order_id": ("amount", "quantity")}
"""Ids that several rows may come to, each a fact of its own, and what ranks those rows."""
_OWN_ID = {"sessions": "session_id", "planned_sessions": "session_id", "products": "product_id",
           "ad_spend": "plan_id", "videos": "video_id", "orders": "order_id"}
_HOSTED = frozenset({"sessions", "planned_sessions"})


def derivable(table: str) -> frozenset[str]:
    """Return the columns of a table that a mapped file may lack, because they are derived.

    >>> sorted(derivable("sessions"))
    ['session_id', 'streamer_id']
    """
    own = {_OWN_ID[table]} if table in _OWN_ID else set()
    return frozenset(own | ({"streamer_id"} if table in _HOSTED else set()))


def completed(table: str) -> Shape:
    """Return the shape of a mapping onto one table."""
    def shape(rows: pa.Table, context: Context) -> Iterator[Chunk]:
        whole = _with_id(_with_end(_with_owner(rows, table, context)), table, context)
        yield Chunk(table=table, rows=whole)
        if table in _HOSTED:
            hosts = pc.unique(whole["streamer_id"].drop_null())
            yield Chunk(table="streamers", derived=True,
                        rows=pa.table({"streamer_id": hosts, "name": hosts}))
    return shape


def _with_owner(rows: pa.Table, table: str, context: Context) -> pa.Table:
    """Return the rows with their host, orders with the shop that the operator names."""
    account = context.options.account
    if table == "orders" and account and "merchant_id" not in rows.column_names:
        return _constant(rows, "merchant_id", account)
    if table not in _HOSTED:
        return rows
    if "platform" not in rows.column_names:
        rows = _constant(rows, "platform", context.platform)
    if "streamer_id" not in rows.column_names:
        rows = _constant(rows, "streamer_id", context.account())
    return rows


def _with_end(rows: pa.Table) -> pa.Table:
    """Return the rows with the duration turned into the end."""
    if "duration_seconds" not in rows.column_names:
        return rows
    rest = rows.drop_columns(["duration_seconds"])
    if "started_at" not in rows.column_names or "ended_at" in rows.column_names:
        return rest
    micros = pc.round(pc.multiply(rows["duration_seconds"], 1e6)).cast(pa.int64())
    ends = pc.add(rows["started_at"], micros.cast(pa.duration("us")))
    return rest.append_column("ended_at", ends)


def _with_id(rows: pa.Table, table: str, context: Context) -> pa.Table:
    """Return the rows with an id of their own; a row with nothing to derive it from has none."""
    name = _OWN_ID.get(table)
    if name is None or name in rows.column_names:
        return rows
    parts = [rows[part] for part in _IDENTITY[name] if part in rows.column_names]
    if not parts:
        return rows
    ids = derived(name[0], parts)
    if name in _RANKED:
        ids = told_apart(ids, rows, by=_RANKED[name], seen=context.seen)
    silent = reduce(pc.and_, (part.is_null() for part in parts))
    return rows.append_column(name, pc.if_else(silent, pa.scalar(None, pa.string()), ids))


def _constant(rows: pa.Table, name: str, value: str) -> pa.Table:
    return rows.append_column(name, pa.repeat(pa.scalar(value, pa.string()), rows.num_rows))
