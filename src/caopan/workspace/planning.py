"""A plan from a file or folder, or as it was imported: good rows, and an issue for each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from caopan.facts.issue import Issue, Level
from caopan.facts.plan import Place, Plan, PlannedProduct, PlannedSession
from caopan.facts.schema import TABLES
from caopan.ingest.found import Found
from caopan.ingest.options import Options
from caopan.ingest.reading import read
from caopan.store.store import Store
from caopan.units.clock import to_the_minute
from caopan.units.message import CaopanError, Message
from caopan.workspace.hosts import Hosts, hosts_of
from caopan.workspace.importing import Request
from caopan.workspace.plan_files import (
    TABLES_READ,
    of_a_plan,
    plan_layouts,
    without_mapping,
)
from caopan.workspace.plan_words import NO_PLAN_KEPT, NO_PLAN_ROWS, said

SESSIONS, PRODUCTS = TABLES_READ
LONGEST = 48 * 60
"""Minutes beyond which a plan is no session: a slip of the unit, as a rule."""
STRANGER = "stranger_host"
"""The warning of a host of whom nothing is known, where that is no error."""
FAR = timedelta(days=366)
"""A start so far ahead is a slip of the year, as a rule."""
Row = tuple[Mapping[str, Any], Place]
"""A row by column, in minor units and UTC, and its place in the file."""


def plan_of(store: Store, path: Path | None, *, now: datetime) -> Plan:
    """Return the plan of a file or folder; without one, what was imported and is to come.

    Raises:
        NoPlanError: not one session of it can be used; it carries the issues.
    """
    return _plan(store, path, now=now, stranger=Level.ERROR)


def plan_with_strangers(store: Store, path: Path | None, *, now: datetime) -> Plan:
    """Return a plan as ``plan_of``; a host of whom nothing is known is told of, not refused.

    Raises:
        NoPlanError: not one session of it can be used; it carries the issues.
    """
    return _plan(store, path, now=now, stranger=Level.WARNING)


def _plan(store: Store, path: Path | None, *, now: datetime, stranger: Level) -> Plan:
    hosts = hosts_of(store)
    found = _Found() if path is None else _read(store, path, now)
    if path is None:
        found.rows = {name: _stored(store, name) for name in TABLES_READ}
    plan = _checked(found, hosts, now, kept=path is None, stranger=stranger)
    if not plan.sessions:
        raise NoPlanError(NO_PLAN_KEPT if path is None else NO_PLAN_ROWS, plan.issues)
    return plan


@dataclass(slots=True, kw_only=True)
class _Found:
    """Rows of both tables as they were found, and what was wrong in reading them."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in TABLES_READ})
    issues: list[Issue] = field(default_factory=list)


def _read(store: Store, path: Path, now: datetime) -> _Found:
    """Return what the files hold; a folder may hold other canonical tables beside."""
    request = Request(inside=path if path.is_dir() else None)
    options = request.options(store, now=now)
    files, wrong = request.find([path])
    found = _Found(issues=list(wrong))
    for each in of_a_plan(files, options):
        _read_file(each, options, found)
    return found


def _read_file(file: Found, options: Options, found: _Found) -> None:
    reading = read(file, options=replace(options, mappings={}), layouts=plan_layouts(options))
    spoken = any(each.field.to == "currency" for part in reading.parts
                 for each in part.recognised.fit.bindings)
    for chunk in reading.chunks():
        if chunk.table not in TABLES_READ:
            continue
        rows = chunk.rows if spoken or chunk.table != SESSIONS else chunk.rows.drop_columns(
            ["currency"])
        lines = [None] * rows.num_rows if chunk.places is None else chunk.places.tolist()
        sheet = next((part.grid.sheet for part in reading.parts
                      if part.recognised.fit.layout.table == chunk.table), None)
        found.rows[chunk.table] += [
            (row, Place(file=reading.file, sheet=sheet, row=line))
            for row, line in zip(rows.to_pylist(), lines, strict=True)]
    found.issues += map(without_mapping, reading.issues)


def _stored(store: Store, name: str) -> list[Row]:
    rows: pa.Table = store.fetch(store.tables()[name].select(*TABLES[name].names))
    return [(row, Place()) for row in rows.to_pylist()]


def _checked(found: _Found, hosts: Hosts, now: datetime, *, kept: bool, stranger: Level) -> Plan:
    """Return what of the rows can be used; of an imported plan what is over is no problem."""
    issues = found.issues
    sessions: dict[str, PlannedSession] = {}
    for row, place in found.rows[SESSIONS]:
        told = list(_problems(row, place, hosts, now, sessions, stranger))
        issues += [one for one in told if not kept or one.message.key == STRANGER]
        if not any(one.level is Level.ERROR for one in told):
            sessions[row["session_id"]] = _session(row, place, hosts)
    products: dict[tuple[str, str], PlannedProduct] = {}
    for row, place in found.rows[PRODUCTS]:
        key = (row["session_id"], row["product_id"])
        if key[0] not in sessions:
            issues += [] if kept else [place.issue(
                said("no_planned_session", value=key[0]), column="session_id", value=key[0])]
        elif key in products:
            issues.append(place.issue(said("planned_twice", value=key[1]), column="product_id",
                                      value=key[1]))
        else:
            known: dict[str, Any] = {name: row.get(name) for name in TABLES[PRODUCTS].names}
            products[key] = PlannedProduct(**known, place=place)
    ordered = sorted(sessions.values(), key=lambda one: (one.started_at, one.session_id))
    return Plan(sessions=tuple(ordered), products=tuple(products.values()), issues=tuple(issues))


def _problems(row: Mapping[str, Any], place: Place, hosts: Hosts, now: datetime,
              taken: Mapping[str, PlannedSession], stranger: Level) -> Iterator[Issue]:
    """Yield what is wrong with a planned session; a warning leaves it usable."""
    host, start = row["streamer_id"], row["started_at"]
    if not hosts.knows(host):
        member = row.get("merchant_id") in hosts.merchants
        key = "new_host" if member else (
            "unknown_host" if stranger is Level.ERROR else STRANGER)
        yield place.issue(said(key, value=host), column="streamer_id", value=host,
                          level=Level.WARNING if member else stranger)
    last = hosts.last.get(host, hosts.latest)
    if row["session_id"] in hosts.sessions:
        yield place.issue(said("plan_done", value=row["session_id"]), column="session_id",
                          value=row["session_id"])
    elif last is not None and start <= last:
        yield place.issue(
            said("plan_in_past", value=to_the_minute(start), last=to_the_minute(last)),
            column="started_at", value=to_the_minute(start))
    elif start < now:
        yield place.issue(said("plan_before_now", value=to_the_minute(start)), column="started_at",
                          value=to_the_minute(start), level=Level.WARNING)
    elif start > now + FAR:
        yield place.issue(said("plan_far", value=to_the_minute(start)), column="started_at",
                          value=to_the_minute(start), level=Level.WARNING)
    if row["session_id"] in taken:
        yield place.issue(said("planned_twice", value=row["session_id"]), column="session_id",
                          value=row["session_id"])
    if not hosts.sells_in(host, row.get("currency")):
        yield place.issue(
            said("plan_other_currency", value=row["currency"],
                 known=", ".join(sorted(hosts.currencies[host]))),
            column="currency", value=row["currency"], level=Level.WARNING)
    yield from _length(row.get("planned_minutes"), place)


def _length(minutes: float | None, place: Place) -> Iterator[Issue]:
    if minutes is not None and minutes > LONGEST:
        yield place.issue(said("too_long", value=f"{minutes:g}", hours=LONGEST // 60),
                          column="planned_minutes", value=f"{minutes:g}")
    elif minutes is not None and minutes <= 0:
        yield place.issue(said("no_length", value=minutes), column="planned_minutes",
                          value=minutes, level=Level.WARNING)


def _session(row: Mapping[str, Any], place: Place, hosts: Hosts) -> PlannedSession:
    known: dict[str, Any] = {name: row.get(name) for name in TABLES[SESSIONS].names}
    host = row["streamer_id"]
    known["started_at"] = row["started_at"].astimezone(UTC)
    known["planned_minutes"] = known["planned_minutes"] or None
    known["currency"] = known["currency"] or hosts.currency.get(host) or hosts.usual_currency
    known["platform"] = known["platform"] or hosts.platform.get(host)
    known["merchant_id"] = known["merchant_id"] or hosts.merchant.get(host)
    return PlannedSession(**known, place=place)


class NoPlanError(CaopanError):
    """Raised where not one session of a plan can be used; ``issues`` says why, by row."""

    def __init__(self, message: Message, issues: Sequence[Issue]) -> None:
        """Keep the problems of the rows."""
        super().__init__(message)
        self.issues = tuple(issues)
