"""The directory (名录): every host or merchant, searched, sorted and cut into pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from caopan.metrics.calendar import day_of
from caopan.metrics.directory import directory
from caopan.metrics.scope import Scope
from caopan.report.document import amount, days
from caopan.store.store import Store
from caopan.units.period import Period
from caopan.workspace.grain import Grain

DAYS = 30
"""How long the stretch is that GMV is told of."""


class Sort(StrEnum):
    """What the directory is sorted by."""

    GMV = "gmv"
    CHANGE = "change"
    SESSIONS = "sessions"
    LAST = "last"
    NAME = "name"


COLUMNS = {Sort.GMV: "gmv_now", Sort.CHANGE: "change", Sort.SESSIONS: "sessions_now",
           Sort.LAST: "last_seen", Sort.NAME: "name"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line: a host or merchant in one currency.

    ``gmv`` of the last 30 days of the workspace's data and ``gmv_before`` of the 30 before, minor
    units; ``change`` their difference; None where not known. ``sessions`` are those of the last
    30 days, ``sessions_ever`` all.
    """

    id: str
    name: str
    of: str | None
    """What stands beside the name: a merchant's category, a host's merchant."""
    currency: str
    gmv: int | None
    gmv_before: int | None
    change: int | None
    sessions: int
    sessions_before: int
    sessions_ever: int
    last_seen: date | None

    def document(self) -> dict[str, object]:
        """Return the line as a JSON row."""
        return {"id": self.id, "name": self.name, "of": self.of, "currency": self.currency,
                "gmv": amount(self.gmv, currency=self.currency),
                "gmv_before": amount(self.gmv_before, currency=self.currency),
                "change": amount(self.change, currency=self.currency),
                "sessions": self.sessions, "sessions_before": self.sessions_before,
                "sessions_ever": self.sessions_ever, "last_seen": self.last_seen}


@dataclass(frozen=True, slots=True, kw_only=True)
class Everyone:
    """All of one grain, kept as columns; ``period`` is None where there is no session at all."""

    grain: Grain
    period: Period | None
    comparable: bool
    """Whether the data reach over all of the 30 days before the period too."""
    rows: pa.Table

    def find(self, words: str) -> pa.Table:
        """Return the rows whose id, name or shop holds every word, whatever its case."""
        rows = self.rows
        for word in words.split():
            held = [pc.fill_null(pc.match_substring(rows[name], word, ignore_case=True),
                                 fill_value=False) for name in ("id", "name", "of")]
            rows = rows.filter(pc.or_(pc.or_(held[0], held[1]), held[2]))
        return rows

    def name_of(self, id: str) -> str:  # noqa: A002 - the field's own name
        """Return a subject's name; its id where nobody told the name, or nobody has the id."""
        place = pc.index(self.rows["id"], id).as_py()
        return id if place < 0 else str(self.rows["name"][place].as_py() or id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of the directory; ``total`` are all that fit the words searched for."""

    listed: tuple[Listed, ...]
    total: int
    everyone: int
    period: Period | None
    comparable: bool

    def document(self) -> dict[str, object]:
        """Return the page as JSON."""
        return {"total": self.total, "everyone": self.everyone, "comparable": self.comparable,
                "period": self.period and days(self.period),
                "subjects": [one.document() for one in self.listed]}


def everyone(store: Store, *, grain: Grain) -> Everyone:
    """Return every subject of a grain with its figures, also those without a session."""
    tables = store.tables()
    whole = whole_span(store)
    known = store.fetch(_named(tables, grain))
    if whole is None:
        return Everyone(grain=grain, period=None, comparable=False, rows=_joined(known, None))
    period = last_days(whole)
    seen = store.fetch(directory(Scope(tables=tables), key=grain.key, period=period))
    comparable = whole.start <= period.previous().start
    rows = _joined(known, seen)
    if not comparable:
        place = rows.schema.get_field_index("change")
        rows = rows.set_column(place, "change", pa.nulls(rows.num_rows, pa.int64()))
    return Everyone(grain=grain, period=period, comparable=comparable, rows=rows)


def whole_span(store: Store) -> Period | None:
    """Return the business days from the first to the last session, None without a session."""
    sessions = store.tables()["sessions"]
    ends = store.fetch(sessions.aggregate(first=day_of(sessions.started_at.min()),
                                          last=day_of(sessions.started_at.max())))
    first, last = ends["first"][0].as_py(), ends["last"][0].as_py()
    return None if first is None else Period(start=first, end=last + timedelta(days=1))


def last_days(whole: Period, days: int = DAYS) -> Period:
    """Return the last days of a stretch.

    >>> last_days(Period(start=date(2026, 1, 1), end=date(2026, 3, 31))).start
    datetime.date(2026, 3, 1)
    """
    return Period(start=whole.end - timedelta(days=days), end=whole.end)


def page(of: Everyone, *, words: str = "", sort: Sort = Sort.GMV, descending: bool = True,
         start: int = 0, most: int = 50) -> Page:
    """Return one page; what is not known stands last whichever way it is sorted."""
    found = of.find(words)
    order = ordered(found, sort=sort, descending=descending)
    listed = found.take(order[start:start + most]).to_pylist()
    return Page(listed=tuple(_listed(row) for row in listed), total=found.num_rows,
                everyone=of.rows.num_rows, period=of.period,
                comparable=of.comparable)


def ordered(rows: pa.Table, *, sort: Sort, descending: bool) -> pa.Array:
    """Return the places of the rows in order; ties go by id, so that pages never overlap."""
    way = "descending" if descending else "ascending"
    return pc.sort_indices(rows, sort_keys=[
        (COLUMNS[sort], way, "at_end"), ("id", "ascending", "at_end"),
        ("currency", "ascending", "at_end")])


def _named(tables: dict[str, ir.Table], grain: Grain) -> ir.Table:
    """Return id, name and what stands beside it of everyone the workspace knows by name."""
    merchants = tables["merchants"]
    if grain is Grain.MERCHANT:
        return merchants.select(id="merchant_id", name="name", of="category")
    streamers = tables["streamers"]
    shops = merchants.select(_shop="merchant_id", _name="name")
    joined = streamers.left_join(shops, streamers.merchant_id == shops["_shop"])
    return joined.select(id="streamer_id", name="name",
                         of=joined["_name"].coalesce(joined.merchant_id))


_SEEN = pa.schema([("id", pa.string()), ("currency", pa.string()), ("sessions", pa.int64()),
                   ("sessions_now", pa.int64()), ("sessions_before", pa.int64()),
                   ("gmv_now", pa.int64()), ("gmv_before", pa.int64()),
                   ("last_seen", pa.date32())])


def _joined(known: pa.Table, seen: pa.Table | None) -> pa.Table:
    """Return named subjects and those with sessions together, one row an id and currency."""
    rows = seen.cast(_SEEN) if seen is not None else _SEEN.empty_table()
    whole = rows.join(known, keys="id", join_type="full outer")
    whole = whole.set_column(
        whole.schema.get_field_index("name"), "name", pc.coalesce(whole["name"], whole["id"]))
    for count in ("sessions", "sessions_now", "sessions_before"):
        place = whole.schema.get_field_index(count)
        whole = whole.set_column(place, count, pc.fill_null(whole[count], 0))
    place = whole.schema.get_field_index("currency")
    whole = whole.set_column(place, "currency", pc.fill_null(whole["currency"], "CNY"))
    change = pc.subtract(whole["gmv_now"], whole["gmv_before"])
    return whole.append_column("change", change).combine_chunks()


def _listed(row: dict[str, Any]) -> Listed:
    return Listed(
        id=row["id"], name=row["name"], of=row["of"], currency=row["currency"],
        gmv=row["gmv_now"], gmv_before=row["gmv_before"], change=row["change"],
        sessions=row["sessions_now"], sessions_before=row["sessions_before"],
        sessions_ever=row["sessions"], last_seen=row["last_seen"])
