"""A room (直播间): all sessions of one host or merchant, fetched once and read many times."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from caopan.diagnose.cleaning import WORDS, Apart, set_apart
from caopan.diagnose.inputs import COLUMNS, Sessions, sessions
from caopan.facts.arrow import floats
from caopan.metrics.base import session_rows
from caopan.metrics.scope import Scope
from caopan.report.document import days
from caopan.store.question import Make, Question, Tables, Words
from caopan.store.store import Store
from caopan.units.message import Text
from caopan.units.period import Period
from caopan.workspace.diagnosing import UnknownSubjectError
from caopan.workspace.gathering import lacks_money, with_orders
from caopan.workspace.grain import Grain

UNKNOWN_MONEY = "CNY"
"""The currency of sessions that name none, as everywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One host or merchant in one currency.

    ``rows``: every session in the order of their starts, all canonical columns and ``_batch``;
    ``sessions`` the same as arrays; ``apart``: why each row is set aside, None where it counts.
    ``whole``: the days of the workspace's own data.
    """

    grain: Grain
    id: str
    name: str
    of: str | None
    shop: str | None
    """The merchant's id, where this is a host and it is known."""
    currency: str
    currencies: tuple[str, ...]
    whole: Period
    rows: pa.Table
    sessions: Sessions
    apart: tuple[Text | None, ...]

    @property
    def first(self) -> date | None:
        """Return the business day of the first session."""
        return self._days()[0] if self.rows.num_rows else None

    @property
    def last(self) -> date | None:
        """Return the business day of the last session."""
        return self._days()[-1] if self.rows.num_rows else None

    def document(self) -> dict[str, object]:
        """Return who this is as JSON; ``sessions`` counts those set aside too."""
        return {"grain": self.grain.value, "id": self.id, "name": self.name, "of": self.of,
                "shop": self.shop, "currency": self.currency,
                "currencies": list(self.currencies), "data": days(self.whole),
                "sessions": self.rows.num_rows, "first": self.first, "last": self.last}

    def counted(self) -> pa.Table:
        """Return this room's sessions that count, each with its currency."""
        rows = self.rows.filter(pa.array([reason is None for reason in self.apart], pa.bool_()))
        place = rows.schema.get_field_index("currency")
        money = pc.fill_null(rows["currency"], self.currency)
        return rows.set_column(place, "currency", money)

    def _days(self) -> list[date]:
        return [date.fromordinal(date(1970, 1, 1).toordinal() + int(day))
                for day in self.sessions.day[[0, -1]]]


def room(store: Store, *, whole: Period | None, sums: Callable[[], pa.Table], grain: Grain,
         id: str, currency: str | None = None) -> Room:  # noqa: A002 - the field's own name
    """Return a room; without a currency the one most of its sessions are in.

    ``whole`` are the days of the workspace's own data, None where it holds no session; ``sums``
    returns ``order_sums`` and is called where a session lacks its own.

    Raises:
        UnknownSubjectError: nobody has that id.
    """
    rows = store.ask(Question(name=("sessions of", grain), make=partial(_of, grain),
                              words={"id": id}))
    name, of, shop = _called(store, grain, id)
    if whole is None or (not rows.num_rows and name is None):
        raise UnknownSubjectError(id, grain)
    rows = rows.sort_by([("started_at", "ascending"), ("session_id", "ascending")])
    money = pc.fill_null(rows["currency"], UNKNOWN_MONEY)
    counted = pc.value_counts(money.combine_chunks()).to_pylist()
    known = tuple(one["values"] for one in sorted(counted, key=lambda one: -one["counts"]))
    usual = known[0] if known else UNKNOWN_MONEY
    chosen = currency if currency is not None and currency in known else usual
    rows = rows.filter(pc.equal(money, chosen)).combine_chunks()
    made = arrays(rows)
    return Room(grain=grain, id=id, name=name or id, of=of, shop=shop, currency=chosen,
                currencies=known, whole=whole, rows=rows, sessions=made,
                apart=_reasons(rows, sums))


def arrays(rows: pa.Table) -> Sessions:
    """Return the sessions of one subject as a diagnosis reads them, in the order of the rows."""
    columns = {name: floats(rows[name]) for name in COLUMNS if name != "minutes"}
    span = pc.subtract(rows["ended_at"], rows["started_at"]).cast(pa.int64())
    columns["minutes"] = floats(span) / 60e6
    return sessions(subject=np.zeros(rows.num_rows, dtype=np.int64),
                    session_id=rows["session_id"].to_numpy(zero_copy_only=False),
                    started_at=rows["started_at"].cast(pa.timestamp("us")).to_numpy(),
                    columns=columns)


def _of(grain: Grain, tables: Tables, words: Words) -> ir.Table:
    near = {**tables, "sessions": _near(grain, tables["sessions"], words)}
    rows = session_rows(Scope(tables=near, by=(grain.key,)))
    return rows.filter(rows[grain.key] == words["id"]).select(tables["sessions"].columns)


def _near(grain: Grain, sessions: ir.Table, words: Words) -> ir.Table:
    """Return what may be of a subject, by a filter that is read before the other columns.

    A session that names no merchant may be one of its host's: that is told further on.
    """
    if grain is not Grain.MERCHANT:
        return sessions
    return sessions.filter((sessions.merchant_id == words["id"]) | sessions.merchant_id.isnull())


def _called(
    store: Store, grain: Grain, id: str,  # noqa: A002 - the field's own name
) -> tuple[str | None, str | None, str | None]:
    """Return the name, what stands beside it, and a host's merchant."""
    if grain is Grain.MERCHANT:
        merchant = _one(store, "merchant called", _merchant, id)
        return (merchant["name"] or id, merchant["category"], None) if merchant else (None,) * 3
    host = _one(store, "host called", _streamer, id)
    if host is None:
        return None, None, None
    # Asked by id, as a join would read every merchant there is.
    shop = host["merchant_id"]
    of = _one(store, "merchant called", _merchant, shop) if shop is not None else None
    return host["name"] or id, (of and of["name"]) or shop, shop


def _one(store: Store, name: str, make: Make, id: str) -> dict[str, Any] | None:  # noqa: A002
    rows = store.ask(Question(name=name, make=make, words={"id": id})).to_pylist()
    return rows[0] if rows else None


def _merchant(tables: Tables, words: Words) -> ir.Table:
    merchants = tables["merchants"]
    return merchants.filter(merchants.merchant_id == words["id"]).select("name", "category")


def _streamer(tables: Tables, words: Words) -> ir.Table:
    streamers = tables["streamers"]
    return streamers.filter(streamers.streamer_id == words["id"]).select("name", "merchant_id")


def _reasons(rows: pa.Table, sums: Callable[[], pa.Table]) -> tuple[Text | None, ...]:
    """Return why each row is set aside, as a diagnosis finds: with what the ledger fills in."""
    if not rows.num_rows:
        return ()
    if lacks_money(rows):
        rows = with_orders(rows, sums())
    return tuple(None if reason == Apart.KEPT else WORDS[Apart(reason)]
                 for reason in set_apart(arrays(rows)).tolist())
