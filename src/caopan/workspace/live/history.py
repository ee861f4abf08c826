"""A closed room as facts (归档): what its sums, orders and run sheet say of the session.

What nobody told of stays unknown, never 0: a room that heard of no likes had no number of likes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from caopan.live.event import minor
from caopan.live.room import Room
from caopan.live.tally import COUNTS, MINUTE_MS, PRODUCT_COUNTS, Tally

Row = dict[str, Any]
EVIDENCE, ROOM = "x_evidence", "x_room"
"""Extra columns of a session from a room: from whom it is known, and the room's id."""
COLUMNS = {
    "views": ("entries", "entries"), "private_views": ("entries", "entries_private"),
    "public_views": ("entries", "entries_public"), "paid_views": ("entries", "entries_paid"),
    "product_impressions": ("clicks", "impressions"), "product_clicks": ("clicks", "clicks"),
    "orders": ("orders", "orders"), "units": ("orders", "units"), "gmv": ("orders", "gmv"),
    "refund_amount": ("refunds", "refunds"), "new_followers": ("follows", "follows"),
    "comments": ("comments", "comments"), "likes": ("likes", "likes"),
    "shares": ("shares", "shares"), "ad_spend": ("spend", "ad_spend")}
"""Columns of a session by what must have been heard of, and the sum that they carry."""
MINUTES = {
    "entries": ("entries", "entries"), "entries_private": ("entries", "entries_private"),
    "entries_public": ("entries", "entries_public"), "entries_paid": ("entries", "entries_paid"),
    "clicks": ("clicks", "clicks"), "orders": ("orders", "orders"), "units": ("orders", "units"),
    "gmv": ("orders", "gmv"), "ad_spend": ("spend", "ad_spend"),
    "comments": ("comments", "comments")}
SHOPPED = {"impressions": "clicks", "clicks": "clicks", "orders": "orders", "units": "orders",
           "gmv": "orders"}
CARRIED = ("merchant_id", "platform", "level", "planned_ad_spend", "planned_products",
           "planned_minutes", "followers_at_start")
"""What the planned session says of it too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A room that is closed, with what was kept of it; ``planned``: its planned session's row."""

    room: Room
    tally: Tally
    facts: Sequence[Mapping[str, Any]] = ()
    planned: Mapping[str, Any] | None = None

    @property
    def session_id(self) -> str:
        """Return the session it becomes."""
        return session_of(self.room)

    @property
    def sources(self) -> list[str]:
        """Return from whom it is known, the most events first."""
        return [name for name, _ in Counter(self.tally.sources).most_common()]


def session_of(room: Room) -> str:
    """Return the session a room becomes: the planned one, else one of the room's own name."""
    return room.session_id or room.id


def tables(closed: Closed) -> dict[str, list[Row]]:
    """Return the rows of a closed room by canonical table; money in minor units."""
    made = {"streamers": [{"streamer_id": closed.room.streamer_id}],
            "sessions": [_session(closed)], "session_minutes": _minutes(closed),
            "session_products": _products(closed), "orders": _orders(closed),
            "ad_spend": _spent(closed)}
    return {name: rows for name, rows in made.items() if rows}


def _session(closed: Closed) -> Row:
    room, tally = closed.room, closed.tally
    row = _heard(tally, tally.totals(), COLUMNS)
    online = [one.online for one in tally.minutes.values() if one.online is not None]
    carried = {name: (closed.planned or {}).get(name) for name in CARRIED}
    return {
        **carried, **row, "session_id": closed.session_id, "streamer_id": room.streamer_id,
        "started_at": _begun(room), "ended_at": room.closed_at, "title": room.title,
        "avg_online": sum(online) / len(online) if online else None,
        "peak_online": max(online, default=None),
        "refund_as_of": room.closed_at if row["refund_amount"] is not None else None,
        "currency": room.sheet.currency, EVIDENCE: ";".join(closed.sources), ROOM: room.id}


def _minutes(closed: Closed) -> list[Row]:
    """Return the minutes from going on air on; what came before is in the session's sums alone."""
    zero, tally = int(_begun(closed.room).timestamp() * 1000) // MINUTE_MS, closed.tally
    return [{"session_id": closed.session_id, "minute": at - zero, "online": one.online,
             **_heard(tally, dict(zip(COUNTS, one.counts, strict=True)), MINUTES)}
            for at, one in sorted(tally.minutes.items()) if at >= zero]


def _products(closed: Closed) -> list[Row]:
    room, sold = closed.room, closed.tally.products()
    rows: dict[str, Row] = {
        name: {"session_id": closed.session_id, "product_id": name,
               "currency": room.sheet.currency,
               **{column: count if SHOPPED[column] in closed.tally.heard else None
                  for column, count in zip(PRODUCT_COUNTS, counts, strict=True)}}
        for name, counts in sold.items()}
    told = Counter[str]()
    for one in room.told:
        told[one.item_id] += round((one.ended_at - one.began_at).total_seconds()
                                   - one.paused_seconds)
    for at, item in enumerate(room.sheet.items, start=1):
        if item.product_id is None:
            continue
        row = rows.setdefault(item.product_id, {
            "session_id": closed.session_id, "product_id": item.product_id,
            "currency": room.sheet.currency})
        row.setdefault("position", at)
        row.setdefault("role", item.line_class.value if item.line_class else None)
        row.setdefault("live_price", item.live_price)
        row.setdefault("stock_planned", item.stock)
        row["explained_seconds"] = row.get("explained_seconds", 0.0) + told[item.id]
    return list(rows.values())


def _orders(closed: Closed) -> list[Row]:
    """Return the orders, one that was told of twice once for each of its lines."""
    room, rows = closed.room, dict[tuple[str, str | None], Row]()
    seen = Counter[str]()
    for fact in closed.facts:
        if fact["kind"] != "order":
            continue
        order = fact["order_id"]
        line = str(seen[order] + 1) if seen[order] else None
        seen[order] += 1
        rows[order, line] = {
            "order_id": order, "line": line, "paid_at": _at(fact["at"]),
            "session_id": closed.session_id, "streamer_id": room.streamer_id,
            "merchant_id": (closed.planned or {}).get("merchant_id"),
            "product_id": fact["product_id"], "buyer_id": fact.get("buyer_id"),
            "quantity": fact.get("quantity", 1),
            "amount": minor(fact["amount"]), "currency": room.sheet.currency}
    for fact in closed.facts:
        row = rows.get((fact.get("order_id", ""), None))
        if fact["kind"] == "refund" and row is not None:
            row["refunded_at"] = _at(fact["at"])
            row["refund_amount"] = row.get("refund_amount", 0) + minor(fact["amount"])
    return list(rows.values())


def _spent(closed: Closed) -> list[Row]:
    room = closed.room
    return [{"plan_id": plan, "starts_at": _begun(room), "ends_at": room.closed_at,
             "session_id": closed.session_id, "streamer_id": room.streamer_id, "spend": amount,
             "currency": room.sheet.currency} for plan, amount in closed.tally.spent().items()]


def _heard(tally: Tally, counts: Mapping[str, int],
           columns: Mapping[str, tuple[str, str]]) -> Row:
    """Return the columns of what was heard of; None for the others."""
    return {column: counts[name] if topic in tally.heard else None
            for column, (topic, name) in columns.items()}


def _begun(room: Room) -> datetime:
    return room.started_at or room.planned_start


def _at(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def columns_of(rows: Iterable[Row]) -> list[str]:
    """Return every name that a row has, in the order they come.

    >>> columns_of([{"a": 1}, {"b": 2, "a": 3}])
    ['a', 'b']
    """
    return list(dict.fromkeys(name for row in rows for name in row))
