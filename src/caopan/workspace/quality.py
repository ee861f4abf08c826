"""How far the data can be trusted (数据质量): files, problems, joins, totals that must agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from caopan.facts.issue import Issue
from caopan.facts.schema import TABLES
from caopan.metrics.coverage import coverage as covered
from caopan.metrics.reconcile import reconcile
from caopan.report.page import ImportSummary, Reconciliation, grouped
from caopan.store.store import Store
from caopan.units.clock import BUSINESS_ZONE
from caopan.units.period import Period
from caopan.workspace.answers import Kept
from caopan.workspace.remembering import remembered
from caopan.workspace.synthetic import SYNTHETIC

TOLERANCE = 0.3
"""How far product or order totals may lie from session totals (measured: third-party product
tables of eleven of twelve hosts lie within 30 % of their session totals)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What the report says about the facts as a whole."""

    span: Period | None
    orders: int
    sessions: int
    refunds_as_of: datetime | None
    refunds_undated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of one table is known: its rows, and for every column the rows with a value."""

    table: str
    rows: int
    known: Mapping[str, int]

    def document(self) -> dict[str, object]:
        """Return the table as a JSON row.

        >>> Coverage(table="orders", rows=2, known={"paid_at": 1}).document()
        {'table': 'orders', 'rows': 2, 'known': {'paid_at': 1}}
        """
        return {"table": self.table, "rows": self.rows, "known": dict(self.known)}


def quality(store: Store, *, issues: Sequence[Issue], subjects: Mapping[str, str] | None,
            now: datetime, kept: Kept | None = None) -> ImportSummary:
    """Return where the facts came from, and how much of them can be trusted.

    Args:
        store: the workspace.
        issues: what is wrong with the workspace's own pages of the handbook.
        subjects: names of the hosts whose totals are compared, by id; None: every host's.
        now: the instant of the summary.
        kept: remembers what every host's totals and the tables themselves say.
    """
    told = remembered(store)
    held, state = kept or Kept(), store.counting()
    facts = held.answer(state, ("facts",), lambda: _facts(store))
    reconciled = _reconciled(store, subjects) if subjects is not None else held.answer(
        state, ("reconciled",), lambda: _reconciled(store, _names(store)))
    return ImportSummary(
        workspace=Path(store.folder.root).name, made_at=now, imported=told.files,
        skipped=told.skipped, issues=(*grouped(issues), *told.issues), joins=told.joins,
        reconciliation=reconciled, span=facts.span,
        synthetic=bool(store.setting(SYNTHETIC)), orders=facts.orders or None,
        sessions=facts.sessions, refunds_as_of=facts.refunds_as_of,
        refunds_undated=facts.refunds_undated)


def coverage(store: Store) -> tuple[Coverage, ...]:
    """Return how much of every table that has rows is known, in the order of the schema."""
    tables = store.tables()
    found = []
    for name in TABLES:
        row = store.fetch(covered(tables[name], columns=TABLES[name].names)).to_pylist()[0]
        rows = row.pop("rows")
        if rows:
            found.append(Coverage(table=name, rows=rows, known=row))
    return tuple(found)


def _names(store: Store) -> dict[str, str]:
    hosts = store.tables()["streamers"]
    rows = store.fetch(hosts.select("streamer_id", "name")).to_pylist()
    return {row["streamer_id"]: row["name"] or row["streamer_id"] for row in rows}


def _facts(store: Store) -> _Facts:
    tables = store.tables()
    sessions, orders = tables["sessions"], tables["orders"]
    shows = store.fetch(sessions.aggregate(
        n=sessions.count(), first=sessions.started_at.min(), last=sessions.started_at.max(),
        as_of=sessions.refund_as_of.max())).to_pylist()[0]
    lines = store.fetch(orders.aggregate(
        n=orders.count(), refunded=orders.refunded_at.max(), first=orders.paid_at.min(),
        last=orders.paid_at.max(), refunds=orders.refund_amount.max())).to_pylist()[0]
    span = None
    dated = shows if shows["first"] is not None else lines
    if dated["first"] is not None:
        first, last = (dated[end].astimezone(BUSINESS_ZONE).date() for end in ("first", "last"))
        span = Period(start=first, end=last + timedelta(days=1))
    known = [moment for moment in (shows["as_of"], lines["refunded"]) if moment is not None]
    return _Facts(span=span, orders=lines["n"], sessions=shows["n"],
                  refunds_as_of=max(known) if known else None,
                  refunds_undated=not known and bool(lines["refunds"]))


def _reconciled(store: Store, names: Mapping[str, str]) -> tuple[Reconciliation, ...]:
    """Return the standing check of product and order totals for the subjects named."""
    rows = store.fetch(reconcile(store.tables(), tolerance=TOLERANCE)).to_pylist()
    found = [Reconciliation(
        subject=names[row["subject"]], product_total=row["witness_gmv"],
        session_total=row["sessions_gmv"], ratio=row["ratio"], within=not row["off"],
        currency=row["currency"] or "CNY", witness=row["witness"], sessions=row["sessions"],
        period=Period(start=row["start"], end=row["end"]) if row["start"] else None)
        for row in rows
        if row["subject"] in names and row["witness"] != "orders"]
    return tuple(found)
