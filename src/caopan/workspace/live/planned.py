"""What is planned and still to come, as rooms can be made from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from caopan.facts.plan import Plan, PlannedProduct, PlannedSession
from caopan.units.clock import to_the_minute
from caopan.units.money import Money
from caopan.workspace.live.desk import Desk
from caopan.workspace.planning import NoPlanError, plan_of

USUAL_SECONDS = 600
"""How long an item is where neither it nor its session says: to be changed before the show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRoom:
    """A planned session, with a first run sheet of its products in their planned order."""

    session_id: str
    streamer_id: str
    title: str
    starts_at: datetime
    products: int
    run_sheet: dict[str, Any]


def planned(desk: Desk, *, now: datetime) -> list[PlannedRoom]:
    """Return the sessions to come, the next first; none where nothing is planned."""
    try:
        plan = plan_of(desk.store, None, now=now)
    except NoPlanError:
        return []
    products = _by_session(plan)
    return [_room(one, products.get(one.session_id, []))
            for one in sorted(plan.sessions, key=lambda one: one.started_at)]


def _by_session(plan: Plan) -> dict[str, list[PlannedProduct]]:
    ordered = sorted(plan.products, key=lambda one: (
        one.session_id, one.position is None, one.position or 0))
    return {name: list(rows) for name, rows in groupby(ordered, lambda one: one.session_id)}


def _room(session: PlannedSession, products: list[PlannedProduct]) -> PlannedRoom:
    currency = session.currency or "CNY"
    usual = USUAL_SECONDS
    if session.planned_minutes and products:
        usual = max(round(session.planned_minutes * 60 / len(products)), 60)
    items = [_item(one, at, usual, currency) for at, one in enumerate(products, start=1)]
    level = f"{session.level} · " if session.level else ""
    return PlannedRoom(
        session_id=session.session_id, streamer_id=session.streamer_id,
        title=f"{level}{session.streamer_id} {to_the_minute(session.started_at)}",
        starts_at=session.started_at, products=len(products),
        run_sheet={"version": 1, "currency": currency, "items": items})


def _item(one: PlannedProduct, at: int, usual: int, currency: str) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": f"{at}", "type": "product", "title": one.product_id, "product_id": one.product_id,
        "seconds": round(one.planned_seconds or usual) or usual}
    if one.role is not None:
        item["class"] = one.role
    for name in ("live_price", "unit_cost"):
        minor = getattr(one, name)
        if minor is not None:
            item[name] = Money(minor=minor, currency=currency).written()
    if one.stock_on_hand:
        item["stock_batches"] = [{"quantity": one.stock_on_hand}]
    return item
