"""The script of a rehearsal: a past session of the workspace, or a made one where none is named."""

from __future__ import annotations

from math import ceil
from typing import Any

import numpy as np

from caopan.live.incident_script import Injected
from caopan.live.replay import SPARE, Script
from caopan.store.store import Store
from caopan.units.message import CaopanError, Message, Text
from caopan.units.money import Money

READ = ("online", "entries", "entries_private", "entries_public", "entries_paid", "clicks",
        "orders", "units", "gmv", "ad_spend", "comments")
MOST_PRODUCTS, OPENING, CLOSING = 12, 180, 120
SHORTEST = 60
SEED = 7
MADE_MINUTES = 60
REAL = 30
"""A session that sold fewer orders is dull to rehearse with."""
LENGTH = (90, 300)
"""Minutes of a session that is picked to be shown."""
NAMES = ("苹果礼盒", "阳光玫瑰", "车厘子", "奶油草莓")


def script_of(store: Store, session_id: str, *, incidents: tuple[Injected, ...],
              minutes: int | None = None) -> Script:
    """Return a past session as a script.

    Args:
        store: the workspace's.
        session_id: the session.
        incidents: what goes wrong.
        minutes: the first so many minutes alone; None: all.

    Raises:
        NothingToReplayError: there is no such session, or it has no minutes.
    """
    tables = store.tables()
    found = _rows(store, tables["sessions"], session_id)
    rows = _rows(store, tables["session_minutes"], session_id)
    if not found or not rows:
        raise NothingToReplayError(session_id)
    session = found[0]
    length = max(int(row["minute"]) for row in rows) + 1
    length = min(length, minutes or length)
    counts: list[dict[str, int | None]] = [{} for _ in range(length)]
    for row in rows:
        if row["minute"] < length:
            counts[row["minute"]] = {name: row[name] for name in READ}
    products = _products(store, session_id)
    currency = session["currency"] or "CNY"
    return Script(
        title=f"演练 · {session['title'] or session_id}", streamer_id=session["streamer_id"],
        session_id=session_id, minutes=counts, incidents=incidents, currency=currency,
        run_sheet={"currency": currency,
                   "items": _items(products, seconds=length * 60, currency=currency)},
        stock={one["product_id"]: ceil(max(one["stock_planned"] or 0,
                                           SPARE * _sold(counts) + 1)) for one in products})


def made_script(*, incidents: tuple[Injected, ...], minutes: int | None = None) -> Script:
    """Return a session that never was: the same every time.

    >>> made_script(incidents=(), minutes=2).ticks
    24
    """
    rng, length = np.random.default_rng(SEED), minutes or MADE_MINUTES
    counts: list[dict[str, int | None]] = []
    for minute in range(length):
        entries = int(rng.poisson(60 + 40 * np.sin(minute / 12)))
        clicks = int(rng.poisson(entries * 0.8))
        orders = int(rng.poisson(clicks * 0.08))
        counts.append({"online": 200 + entries, "entries": entries, "clicks": clicks,
                       "orders": orders, "units": orders, "gmv": orders * 5_990,
                       "comments": entries // 3, "ad_spend": entries * 20})
    products = [{"product_id": f"r{at}", "name": name, "live_price": 5_990, "unit_cost": 3_600,
                 "role": "hero" if at == 0 else "profit", "stock_planned": 2_000}
                for at, name in enumerate(NAMES)]
    return Script(title="演练 · 合成场次", streamer_id="rehearsal", minutes=counts,
                  incidents=incidents, stock={str(one["product_id"]): 2_000 for one in products},
                  run_sheet={"items": _items(products, seconds=length * 60, currency="CNY")})


def pick(store: Store) -> str | None:
    """Return a past session that is good to rehearse with: busy, and of an evening's length."""
    minutes, sessions = store.tables()["session_minutes"], store.tables()["sessions"]
    grouped = minutes.group_by("session_id").agg(
        last=minutes["minute"].max(), orders=minutes["orders"].sum())
    rows = store.fetch(grouped).to_pylist()
    known = set(store.fetch(sessions.select("session_id"))["session_id"].to_pylist())
    able = [row for row in rows if row["session_id"] in known
            and LENGTH[0] <= row["last"] < LENGTH[1] and (row["orders"] or 0) >= REAL]
    return max(able, key=lambda row: (row["orders"], row["session_id"]))["session_id"] \
        if able else None


def _rows(store: Store, table: Any, session_id: str) -> list[dict[str, Any]]:  # noqa: ANN401 - a table
    rows: list[dict[str, Any]] = store.fetch(
        table.filter(table["session_id"] == session_id)).to_pylist()
    return rows


def _products(store: Store, session_id: str) -> list[dict[str, Any]]:
    """Return the session's products with their names and costs, in the order they were shown."""
    tables = store.tables()
    shown = _rows(store, tables["session_products"], session_id)
    ids = [one["product_id"] for one in shown]
    goods = tables["products"]
    known = {one["product_id"]: one for one in store.fetch(
        goods.filter(goods["product_id"].isin(ids))).to_pylist()}
    best = sorted(shown, key=lambda one: -(one["gmv"] or 0))[:MOST_PRODUCTS]
    return [{**one, "name": (known.get(one["product_id"]) or {}).get("name"),
             "unit_cost": (known.get(one["product_id"]) or {}).get("unit_cost")}
            for one in sorted(best, key=lambda one: (one["position"] or 0, one["product_id"]))]


def _items(products: list[dict[str, Any]], *, seconds: int, currency: str
           ) -> list[dict[str, object]]:
    """Return a run sheet in which every product has an equal share of the time."""
    each = max((seconds - OPENING - CLOSING) // max(len(products), 1), SHORTEST)
    items: list[dict[str, object]] = [
        {"id": "open", "type": "open", "title": "开场", "seconds": OPENING}]
    items += [{"id": f"i{at}", "type": "product", "title": one["name"] or one["product_id"],
               "product_id": one["product_id"], "class": one.get("role"), "seconds": each,
               "min_seconds": SHORTEST,
               "live_price": _amount(one.get("live_price"), currency),
               "unit_cost": _amount(one.get("unit_cost"), currency)}
              for at, one in enumerate(products)]
    return [*items, {"id": "close", "type": "close", "title": "收尾", "seconds": CLOSING}]


def _amount(minor: int | None, currency: str) -> str | None:
    return None if minor is None else Money(minor=minor, currency=currency).written()


def _sold(counts: list[dict[str, int | None]]) -> int:
    return sum((one.get("units") or one.get("orders") or 0) for one in counts)


class NothingToReplayError(CaopanError):
    """Raised for a session that cannot be replayed."""

    def __init__(self, session_id: str) -> None:
        """Name it."""
        super().__init__(Message(
            key="nothing_to_replay", values={"session": session_id},
            text=Text(zh="场次 {session} 没有分钟数据，没法演练",
                      en="the session {session} has no minutes to rehearse with"),
            hint=Text(zh="导入这一场的分钟表（session_minutes），或不写场次用合成的一场",
                      en="import its minutes (session_minutes), or name none for a made one")))
