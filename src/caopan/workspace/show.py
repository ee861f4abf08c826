"""One session (场次): its facts, its step rates beside the host's usual, and what hangs on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from caopan.facts.schema import Kind
from caopan.metrics.catalogue import METRICS
from caopan.metrics.metric import Metric
from caopan.metrics.value import values
from caopan.report.columns import KINDS
from caopan.report.document import in_unit
from caopan.store.batch import Batch
from caopan.store.question import Make, Question, Tables, Words
from caopan.store.store import Store
from caopan.units.message import CaopanError, Message, Text
from caopan.units.unit import Unit
from caopan.workspace.room import Room
from caopan.workspace.usual import Standing, standings

STEPS: tuple[tuple[str, ...], ...] = (
    ("enter_rate", "enter_rate_times"), ("prod_expo_rate",),
    ("prod_ctr_expo", "prod_ctr_expo_times", "prod_ctr_view"), ("click_pay_rate", "ctor"),
    ("view_pay_rate", "orders_per_view", "units_per_view"),
    ("aov", "gmv_per_order", "price_per_item"), ("follow_rate", "follow_rate_views"),
)
"""The steps in order, of each the first basis that the session carries."""
FEWEST = 3
"""Other sessions below which the host's median is not said."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the session: its rate beside the host's usual.

    ``median`` of the host's other sessions that count, ``n`` how many of those carry the rate.
    """

    metric: Metric
    value: float | None
    median: float | None
    n: int

    def document(self, *, currency: str) -> dict[str, object]:
        """Return the step as a JSON row."""
        unit = self.metric.unit
        return {"metric": self.metric.id, "name": self.metric.name.document(),
                "unit": unit.value, "currency": currency if unit is Unit.MONEY else None,
                "value": in_unit(self.value, unit, currency),
                "median": in_unit(self.median, unit, currency), "n": self.n}


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """One session; ``row`` holds its canonical columns, ``products`` and ``ads`` theirs."""

    row: Row
    room: Room
    aside: Text | None
    standings: tuple[Standing, ...]
    steps: tuple[Step, ...]
    minutes: tuple[Row, ...]
    products: tuple[Row, ...]
    ads: tuple[Row, ...]
    batch: Batch | None
    earlier: str | None
    later: str | None

    def document(self) -> dict[str, object]:
        """Return the session as JSON: its canonical columns, and the rows that hang on it."""
        currency = self.room.currency
        minutes = [{**minute, "currency": currency} for minute in self.minutes]
        return {
            "session": facts(self.row, currency=currency), "currency": currency,
            "streamer": {"id": self.room.id, "name": self.room.name},
            "aside": self.aside and self.aside.document(),
            "steps": [step.document(currency=currency) for step in self.steps],
            **{name: [facts(row, currency=currency) for row in rows] for name, rows in (
                ("minutes", minutes), ("products", self.products), ("ads", self.ads))},
            "batch": self.batch and self.batch.id, "earlier": self.earlier, "later": self.later}


def facts(row: Row, *, currency: str) -> dict[str, object]:
    """Return the columns of a canonical row as JSON; what the workspace keeps for itself is left.

    >>> facts({"gmv": 1250, "views": 3, "_batch": 1}, currency="CNY")
    {'gmv': '12.50', 'views': 3, 'currency': 'CNY'}
    """
    used = row.get("currency") or currency
    said = {name: in_unit(value, Unit.MONEY, used) if KINDS.get(name) is Kind.MONEY else value
            for name, value in row.items() if not name.startswith("_") and name != "extra"}
    return {**said, "currency": used}


def owner_of(store: Store, session_id: str) -> tuple[str, str | None]:
    """Return the host of a session and its currency.

    Raises:
        UnknownSessionError: there is no such session.
    """
    def made(tables: Tables, words: Words) -> ir.Table:
        sessions = tables["sessions"]
        return sessions.filter(sessions.session_id == words["id"]).select(
            "streamer_id", "currency")

    found = _asked(store, "owner of", made, session_id)
    if not found:
        raise UnknownSessionError(session_id)
    return found[0]["streamer_id"], found[0]["currency"]


def show(store: Store, session_id: str, *, room: Room, rated: pa.Table) -> Show:
    """Return a session of a host's room; ``rated`` as from ``rates``."""
    ids = room.rows["session_id"].to_pylist()
    place = ids.index(session_id)
    row = room.rows.slice(place, 1).to_pylist()[0]
    batch = next((one for one in store.batches() if one.id == row["_batch"]), None)
    return Show(
        row=row, room=room, aside=room.apart[place], batch=batch,
        standings=standings(room, place),
        steps=_steps(room, session_id, rated), minutes=_minutes(store, session_id),
        products=_products(store, session_id), ads=_ads(store, session_id),
        earlier=ids[place - 1] if place else None,
        later=ids[place + 1] if place + 1 < len(ids) else None)


def rates(store: Store, room: Room) -> pa.Table:
    """Return every step rate of every session of a room, those set aside too."""
    metrics = [METRICS[name] for step in STEPS for name in step]
    return store.ask(Question(
        name="step rates", rows={"sessions": room.rows},
        make=lambda tables, _: values(metrics, tables, by=("session_id",))))


def _steps(room: Room, session_id: str, rated: pa.Table) -> tuple[Step, ...]:
    aside = {name for name, reason in zip(room.rows["session_id"].to_pylist(), room.apart,
                                          strict=True) if reason is not None}
    mine = rated.filter(pc.equal(rated["session_id"], session_id)).to_pylist()[0]
    usual = [name != session_id and name not in aside
             for name in rated["session_id"].to_pylist()]
    others = rated.filter(pa.array(usual, pa.bool_()))
    found = []
    for step in STEPS:
        name = next((one for one in step if mine[one] is not None), None)
        if name is not None:
            known = others[name].drop_null().to_numpy()
            median = float(np.median(known)) if len(known) >= FEWEST else None
            found.append(Step(metric=METRICS[name], value=mine[name], median=median,
                              n=len(known)))
    return tuple(found)


def _minutes(store: Store, session_id: str) -> tuple[Row, ...]:
    def made(tables: Tables, words: Words) -> ir.Table:
        table = tables["session_minutes"]
        rows = table.filter(table.session_id == words["id"]).order_by("minute")
        return rows.select("minute", "online", "entries", "orders", "units", "gmv", "ad_spend")

    return tuple(_asked(store, "minutes of", made, session_id))


def _products(store: Store, session_id: str) -> tuple[Row, ...]:
    """Return what was listed, the best first, with its share of what the products sold."""
    def made(tables: Tables, words: Words) -> ir.Table:
        sold = tables["session_products"]
        return sold.filter(sold.session_id == words["id"]).drop("_batch", "extra")

    rows = _asked(store, "products of", made, session_id)
    names = _names(store, [row["product_id"] for row in rows])
    for row in rows:
        row["name"] = names.get(row["product_id"])
    total = sum(row["gmv"] or 0 for row in rows)
    for row in rows:
        row["share"] = row["gmv"] / total if total and row["gmv"] is not None else None
    rows.sort(key=lambda row: (row["gmv"] is None, -(row["gmv"] or 0), row["product_id"]))
    return tuple(rows)


def _names(store: Store, products: list[str]) -> dict[str, str | None]:
    """Return what products are called; the few ids bound what is read of all there are."""
    def made(tables: Tables, _: Words) -> ir.Table:
        asked = tables["products"].semi_join(tables["asked"], "product_id")
        return asked.select("product_id", "name")

    ids = pa.table({"product_id": pa.array(products, pa.string())})
    found = store.ask(Question(name="names of products", rows={"asked": ids}, make=made))
    return dict(zip(found["product_id"].to_pylist(), found["name"].to_pylist(), strict=True))


def _ads(store: Store, session_id: str) -> tuple[Row, ...]:
    def made(tables: Tables, words: Words) -> ir.Table:
        ads = tables["ad_spend"]
        rows = ads.filter(ads.session_id == words["id"]).order_by("starts_at", "plan_id")
        return rows.drop("extra")

    return tuple(_asked(store, "ads of", made, session_id))


def _asked(store: Store, name: str, make: Make, session_id: str) -> list[dict[str, Any]]:
    rows = store.ask(Question(name=name, make=make, words={"id": session_id}))
    return list(rows.to_pylist())


class UnknownSessionError(CaopanError):
    """Raised for a session that the workspace does not hold."""

    def __init__(self, session_id: str) -> None:
        """Name it."""
        super().__init__(Message(
            key="unknown_session", values={"session": session_id},
            text=Text(zh="没有场次 {session}（导入可能撤销了）",
                      en="there is no session {session} (its import may have been undone)"),
            hint=Text(zh="从主播的档案里找这一场", en="look for it on its host's page")))
