"""The order lines of one room, fetched once, so that its curves need no second pass."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from caopan.metrics.scope import Scope
from caopan.store.question import Question, Tables, Words
from caopan.store.store import Store
from caopan.workspace.grain import Grain
from caopan.workspace.room import Room

COLUMNS = ("order_id", "session_id", "merchant_id", "streamer_id", "buyer_id", "amount", "paid_at",
           "created_at", "order_kind", "refunded_at", "refund_amount", "new_to_shop", "currency")
"""What the curves read of an order line."""
SHOWS = "shows_of_room"
"""Under this name stand the ids of all sessions of the room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the whole order ledger says of itself.

    ``as_of`` is when it was looked at; ``refunds`` whether it has refunds at all.
    """

    lines: int
    as_of: datetime | None
    refunds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The order lines of one room and what the whole ledger says of itself."""

    rows: pa.Table
    seen: Seen

    def ask(self, store: Store, name: str, make: Callable[[Scope], ir.Table], *,
            by: tuple[str, ...] = ()) -> pa.Table:
        """Answer a question over these lines, looked at when the whole ledger was.

        A ledger that records refunds says by an empty cell that there was none; with a few lines
        of it in hand that must stay known, so the empty amounts are written out as 0.
        """
        rows = self.rows
        if self.seen.refunds:
            none = pc.and_(rows["refunded_at"].is_null(), rows["refund_amount"].is_null())
            place = rows.schema.get_field_index("refund_amount")
            rows = rows.set_column(
                place, "refund_amount", pc.if_else(none, 0, rows["refund_amount"]))
        as_of = self.seen.as_of
        return store.ask(Question(
            name=(name, by, as_of), rows={"orders": rows},
            make=lambda tables, _: make(Scope(tables=tables, by=by, as_of=as_of))))


def seen(store: Store) -> Seen:
    """Return what the whole ledger says of itself."""
    orders = store.tables()["orders"]
    row = store.fetch(orders.aggregate(
        lines=orders.count(), paid=orders.paid_at.max(), refunded=orders.refunded_at.max(),
        created=orders.created_at.max(), dated=orders.refunded_at.count(),
        amounts=orders.refund_amount.count())).to_pylist()[0]
    ends = [row[name] for name in ("paid", "refunded", "created") if row[name] is not None]
    return Seen(lines=row["lines"], as_of=max(ends, default=None),
                refunds=bool(row["dated"] or row["amounts"]))


def lines(store: Store, room: Room, *, of: Seen) -> Lines:
    """Return the order lines of a room: those that name it, or one of its sessions."""
    shows = room.rows.select(["session_id"])
    rows = store.ask(Question(
        name=("lines of", room.grain), make=partial(_lines, room.grain), rows={SHOWS: shows},
        words={"id": room.id, "currency": room.currency}))
    return Lines(rows=rows, seen=of)


def _lines(grain: Grain, tables: Tables, words: Words) -> ir.Table:
    orders = tables["orders"]
    owner = orders[grain.key]
    money = orders.currency.isnull() | (orders.currency == words["currency"])
    mine = orders.filter((owner == words["id"]) & money).select(*COLUMNS)
    if grain is not Grain.STREAMER:
        return mine
    nobodys = orders.filter(owner.isnull() & money)
    shows = tables[SHOWS]
    theirs = nobodys.semi_join(shows, nobodys.session_id == shows.session_id)
    return mine.union(theirs.select(*COLUMNS))
