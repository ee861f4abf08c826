"""The lines of a plan: each product of each session with what is known of its economics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from caopan.facts.issue import Issue, Level
from caopan.facts.plan import Plan, PlannedProduct, PlannedSession
from caopan.plan.line import Line, Note, Reason
from caopan.store.store import Store
from caopan.workspace.answers import Kept
from caopan.workspace.learning import learning_of
from caopan.workspace.selling import Sold, hours_of, sold_before
from caopan.workspace.stock_words import problem
from caopan.workspace.strength import NOTHING, strengths

ONE_HOUR = 1.0
"""A show of unknown length where no show's length is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinedUp:
    """The lines of a plan in order of time, what was sold before, and problems of rows.

    ``currency`` is that of the lines; sessions in others are left out and ``issues`` says so.
    """

    lines: tuple[Line, ...]
    sold: Sold
    issues: tuple[Issue, ...]
    currency: str | None


def lined_up(store: Store, plan: Plan, kept: Kept) -> LinedUp:
    """Return the lines of a plan: its own line-ups, else the merchant's products at list price.

    ``kept`` remembers the sessions that were gathered, for another plan or a forecast.
    """
    currency = _currency(plan.sessions)
    sessions = [one for one in plan.sessions if one.currency == currency]
    issues = [one.place.issue(problem("other_currency_session", value=one.currency or "—",
                                      currency=currency or "—"), column="currency",
                              value=one.currency)
              for one in plan.sessions if one.currency != currency]
    known, hours = _products(store), hours_of(store)
    strong = strengths(learning_of(store, kept), plan, hours)
    sold = sold_before(
        store, hosts=sorted({one.streamer_id for one in sessions}), hours=hours,
        strengths=strong, products=sorted({one.product_id for one in plan.products}),
        currency=currency)
    own: dict[str, list[PlannedProduct]] = {}
    for product in plan.products:
        own.setdefault(product.session_id, []).append(product)
    catalogue = _catalogue(known)
    lines: list[Line] = []
    for session in sessions:
        listed = own.get(session.session_id)
        rows = listed or list(_assumed(session, catalogue, sold))
        made = [replace(_line(session, row, known.get(row.product_id, {}), sold),
                        strength=strong.get(session.session_id, NOTHING)) for row in rows]
        if not listed:
            made = [replace(one, notes=(*one.notes, Note.ASSUMED)) for one in made]
        lines += made
        issues += [issue for row, line in zip(rows, made, strict=True)
                   if (issue := _issue(row, line)) is not None]
    return LinedUp(lines=_snapshots(lines), sold=sold, issues=tuple(issues), currency=currency)


def _currency(sessions: Sequence[PlannedSession]) -> str | None:
    """Return the currency of the most sessions."""
    names = [one.currency for one in sessions]
    return max(dict.fromkeys(names), key=names.count) if names else None


def _products(store: Store) -> dict[str, Mapping[str, Any]]:
    table = store.tables()["products"]
    rows = store.fetch(table.select(
        "product_id", "merchant_id", "name", "unit_cost", "list_price", "lead_time_days",
        "shelf_life_days", "salvage_value", "stock_on_hand", "currency"))
    return {row["product_id"]: row for row in rows.to_pylist()}


def _catalogue(known: Mapping[str, Mapping[str, Any]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, row in known.items():
        found.setdefault(row["merchant_id"], []).append(name)
    return {merchant: sorted(names) for merchant, names in found.items()}


def _assumed(session: PlannedSession, catalogue: Mapping[str, Sequence[str]],
             sold: Sold) -> Iterator[PlannedProduct]:
    """Yield the merchant's products, else those the host sold before; none of a show without.

    A plan that says "no products" (``planned_products`` 0) means it.
    """
    if session.planned_products == 0:
        return
    merchant = session.merchant_id
    names = catalogue.get(merchant, ()) if merchant is not None else ()
    for name in names or sold.listed.get(session.streamer_id, ()):
        yield PlannedProduct(session_id=session.session_id, product_id=name, place=session.place)


def _line(session: PlannedSession, row: PlannedProduct, known: Mapping[str, Any],
          sold: Sold) -> Line:
    """Return a line; what the plan says goes before what the product's own row says."""
    mixed = known.get("currency") not in (None, session.currency)
    own: Mapping[str, Any] = {} if mixed else known
    hours = sold.hours.get(session.streamer_id, sold.hours.get(None, ONE_HOUR))
    returned = sold.returned.get(row.product_id, sold.returned.get(None))
    salvage, held = own.get("salvage_value"), row.stock_on_hand
    held = known.get("stock_on_hand") if held is None else held
    price, listed = row.live_price, own.get("list_price")
    notes = [note for note, holds in (
        (Note.LIST_PRICE, price is None and listed is not None),
        (Note.SALVAGE_UNKNOWN, salvage is None),
        (Note.REFUNDS_UNKNOWN, returned is None),
        (Note.STOCK_UNKNOWN, held is None),
        (Note.HOURS_USUAL, session.planned_minutes is None)) if holds]
    cost = own.get("unit_cost") if row.unit_cost is None else row.unit_cost
    return Line(
        session=session, product_id=row.product_id, name=known.get("name"), role=row.role,
        hours=session.planned_minutes / 60.0 if session.planned_minutes else hours,
        position=row.position, seconds=row.planned_seconds, notes=tuple(notes),
        price=listed if price is None else price, cost=cost, salvage=salvage, returned=returned,
        held=held, lead=known.get("lead_time_days"), life=known.get("shelf_life_days"),
        mixed=mixed and (row.unit_cost is None or price is None))


def _issue(row: PlannedProduct, line: Line) -> Issue | None:
    """Return what the row lacks for an order; None where it lacks nothing."""
    reason = line.reason()
    if reason is None:
        return None
    column, value = {
        Reason.NO_COST: ("unit_cost", None), Reason.NO_PRICE: ("live_price", None),
        Reason.SALVAGE_ABOVE_COST: ("unit_cost", line.cost),
        Reason.OTHER_CURRENCY: ("product_id", row.product_id)}[reason]
    return row.place.issue(problem(reason.value, product=row.product_id,
                                   session=row.session_id), column=column, value=value,
                           level=Level.WARNING if reason is Reason.SALVAGE_ABOVE_COST
                           else Level.ERROR)


def _snapshots(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines in which one product's same stock is counted once.

    Where two sessions of a product say the same stock, that is what is there now: the later one
    can only have what the earlier leaves.
    """
    first: dict[tuple[str | None, str], int | None] = {}
    found = []
    for one in lines:
        key = (one.session.merchant_id, one.product_id)
        repeated = key in first and one.held is not None and first[key] == one.held
        found.append(replace(one, held=None, notes=(*one.notes, Note.STOCK_REPEATED))
                     if repeated else one)
        first.setdefault(key, one.held)
    return tuple(found)
