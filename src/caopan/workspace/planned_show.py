"""What is known of the session a run sheet is for: when it begins, how long it is, whose it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from caopan.plan.item import Item, ItemType, LineClass, StockBatch
from caopan.plan.run_sheet import RunSheet
from caopan.store.store import Store
from caopan.units.clock import to_the_minute

USUAL_SECONDS = 600
RECENT = timedelta(hours=12)
"""A session that began so long ago is still offered: it may be on air."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedShow:
    """A session a run sheet is for; None where nobody said.

    ``planned``: whether it is imported as planned, so that a line-up can be proposed.
    """

    session_id: str
    streamer_id: str | None = None
    title: str | None = None
    starts_at: datetime | None = None
    minutes: float | None = None
    currency: str | None = None
    planned: bool = False

    @property
    def name(self) -> str:
        """Return what a person calls it: its title, else its host and start, else its id.

        >>> PlannedShow(session_id="s1").name
        's1'
        """
        if self.title:
            return self.title
        if self.streamer_id is None:
            return self.session_id
        return " ".join([self.streamer_id, *([to_the_minute(self.starts_at)]
                                             if self.starts_at else [])])


def planned_show(store: Store, session_id: str) -> PlannedShow:
    """Return what is known of a session: as it is planned, else as it was held, else its id."""
    for name, planned in (("planned_sessions", True), ("sessions", False)):
        table = store.tables()[name]
        rows = store.fetch(table.filter(table.session_id == session_id).limit(1)).to_pylist()
        if rows:
            return _show(rows[0], planned=planned)
    return PlannedShow(session_id=session_id)


def planned_sheet(store: Store, session_id: str) -> RunSheet:
    """Return the planned products of a session as a run sheet, in their planned order.

    Where neither a product nor its session says how long, each has an equal share of the time, or
    ten minutes.
    """
    show, table = planned_show(store, session_id), store.tables()["planned_products"]
    rows = store.fetch(table.filter(table.session_id == session_id)).to_pylist()
    rows.sort(key=lambda row: (row["position"] is None, row["position"] or 0, row["product_id"]))
    first = {row["product_id"]: row for row in reversed(rows)}
    rows = [row for row in rows if first[row["product_id"]] is row]
    each = USUAL_SECONDS if not show.minutes or not rows else max(
        round(show.minutes * 60 / len(rows)), 60)
    names = _names(store, list(first))
    return RunSheet(currency=show.currency or "CNY", items=tuple(
        _item(row, at, names, each) for at, row in enumerate(rows, start=1)))


def _names(store: Store, products: list[str]) -> dict[str, str | None]:
    goods = store.tables()["products"]
    found = store.fetch(goods.filter(goods.product_id.isin(products)).select("product_id", "name"))
    return dict(zip(found["product_id"].to_pylist(), found["name"].to_pylist(), strict=True))


def _item(row: Mapping[str, Any], at: int, names: Mapping[str, str | None], usual: int) -> Item:
    role, held = row["role"], row["stock_on_hand"]
    return Item(
        id=f"p-{at}", title=names.get(row["product_id"]) or row["product_id"],
        type=ItemType.WELFARE if role == LineClass.WELFARE else ItemType.PRODUCT,
        product_id=row["product_id"], seconds=round(row["planned_seconds"] or usual),
        line_class=LineClass(role) if role in set(LineClass) else None,
        live_price=row["live_price"], unit_cost=row["unit_cost"],
        stock_batches=(StockBatch(quantity=held),) if held else ())


def coming(store: Store, *, now: datetime) -> tuple[PlannedShow, ...]:
    """Return the planned sessions that are still to come or on air, the next first."""
    table = store.tables()["planned_sessions"]
    rows = store.fetch(table.filter(table.started_at >= now - RECENT).order_by(
        ["started_at", "session_id"])).to_pylist()
    return tuple(_once(_show(row, planned=True) for row in rows))


def _once(shows: Iterator[PlannedShow]) -> Iterator[PlannedShow]:
    seen: set[str] = set()
    for one in shows:
        if one.session_id not in seen:
            seen.add(one.session_id)
            yield one


def _show(row: Mapping[str, Any], *, planned: bool) -> PlannedShow:
    start, end = row["started_at"], row.get("ended_at")
    minutes = row.get("planned_minutes") or (
        None if start is None or end is None else (end - start).total_seconds() / 60)
    return PlannedShow(
        session_id=row["session_id"], streamer_id=row["streamer_id"], title=row.get("title"),
        starts_at=start and start.astimezone(UTC), minutes=minutes, currency=row.get("currency"),
        planned=planned)
