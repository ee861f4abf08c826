"""What products sold in earlier sessions, as the arrays that demand is told from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from caopan.diagnose.inputs import ZONE_SHIFT
from caopan.facts.arrow import floats
from caopan.plan.sales import LEAST_SHARE, OUTCOMES, Names, Sales
from caopan.stats.arrays import Floats
from caopan.store.store import Store
from caopan.workspace.strength import NOTHING, Strengths

ENOUGH = 2_000
"""Rows of the plan's own hosts and products from which on nobody else is asked."""
MOST = 200_000
"""Rows that are read at most, the latest ones."""
HOUR = 3600.0
COLUMNS = ("session_id", "product_id", "role", "live_price", "position", "explained_seconds",
           "stock_planned", "sold_out_at", "currency")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sold:
    """The history of a plan: sales, refunds by product, usual hours by host.

    ``returned``: the share of sales that came back, by product and, under None, of all; empty
    where no row says. ``hours``: the median length of each host's shows, under None of all.
    """

    sales: Sales
    returned: dict[str | None, float]
    hours: dict[str | None, float]
    listed: dict[str, tuple[str, ...]]
    """The products each host sold."""


def sold_before(store: Store, *, hosts: Sequence[str], products: Sequence[str],
                currency: str | None, hours: Mapping[str | None, float],
                strengths: Strengths) -> Sold:
    """Return what was sold in sessions whose length is known.

    Where the plan's own hosts and products have few rows, those of everyone stand in.

    Args:
        store: the workspace's store.
        hosts: those of the plan.
        products: those of the plan.
        currency: the plan's; prices in others are not compared with its own.
        hours: the usual ones of hosts.
        strengths: of known sessions, as they were forecast.
    """
    every = _rows(store)
    own = every.filter(every.streamer_id.isin(list(hosts))
                       | every.product_id.isin(list(products))) if hosts else every
    rows = _fetched(store, own)
    if rows.num_rows < ENOUGH:
        rows = _fetched(store, every)
    return Sold(sales=_sales(rows, currency, strengths), returned=_returned(rows),
                hours=dict(hours), listed=_listed(rows))


def hours_of(store: Store) -> dict[str | None, float]:
    """Return the median length of each host's shows in hours, under None of all."""
    shows = store.tables()["sessions"]
    length = shows.ended_at.delta(shows.started_at, unit="second").cast("float64")
    timed = shows.select("streamer_id", seconds=ibis.coalesce(
        length, shows.planned_minutes * 60.0))
    timed = timed.filter(timed.seconds > 0)
    rows = store.fetch(timed.group_by("streamer_id").aggregate(middle=timed.seconds.median()))
    every = store.fetch(timed.aggregate(middle=timed.seconds.median()))["middle"].to_pylist()[0]
    found: dict[str | None, float] = {
        one["streamer_id"]: one["middle"] / HOUR for one in rows.to_pylist()}
    return found | ({} if every is None else {None: every / HOUR})


def _rows(store: Store) -> ir.Table:
    """Return a row per product of each session, with the session's host and length."""
    tables = store.tables()
    shows, parts = tables["sessions"], tables["session_products"]
    length = shows.ended_at.delta(shows.started_at, unit="second").cast("float64")
    known = shows.select("session_id", "streamer_id", "started_at", seconds=ibis.coalesce(
        length, shows.planned_minutes * 60.0))
    sold = parts.select(
        *COLUMNS, units=ibis.coalesce(parts.units, parts.orders).cast("float64"),
        gmv=parts.gmv, refund=parts.refund_amount)
    joined = sold.join(known, "session_id")
    return joined.filter(joined.units.notnull() & (joined.seconds > 0))


def _fetched(store: Store, rows: ir.Table) -> pa.Table:
    latest = rows.order_by(rows.started_at.desc(), rows.session_id, rows.product_id).limit(MOST)
    return store.fetch(latest).sort_by([("started_at", "ascending"), ("session_id", "ascending"),
                                        ("position", "ascending"), ("product_id", "ascending")])


def _sales(rows: pa.Table, currency: str | None, strengths: Strengths) -> Sales:
    seconds, talked = floats(rows["seconds"]), floats(rows["explained_seconds"])
    start = rows["started_at"].cast(pa.timestamp("us")).to_numpy()
    out = rows["sold_out_at"].cast(pa.timestamp("us")).to_numpy()
    gone = (out - start) / np.timedelta64(1, "s") / seconds
    sold, stock = floats(rows["units"]), floats(rows["stock_planned"])
    elsewhere = np.array([one not in (None, currency) for one in rows["currency"].to_pylist()])
    price = np.where(elsewhere, np.nan, floats(rows["live_price"]))
    before = gone <= 0  # an export's clock: gone, and nobody knows when
    shows = rows["session_id"].to_pylist()
    return Sales(
        host=_names(rows, "streamer_id"), product=_names(rows, "product_id"),
        role=_names(rows, "role"), units=sold, hours=seconds / HOUR, price=price,
        start=(start + ZONE_SHIFT - np.datetime64(0, "us")) / np.timedelta64(1, "D"),
        strength=np.array([strengths.get(one, NOTHING) for one in shows]).reshape(
            len(shows), len(OUTCOMES)),
        opens=_opens(rows, talked) / seconds, talked=talked / seconds,
        gone=np.where(before, np.nan, np.clip(gone, LEAST_SHARE, 1.0)),
        capped=before | (np.isnan(gone) & (stock > 0) & (sold >= stock)))


def _opens(rows: pa.Table, talked: Floats) -> Floats:
    """Return when each product's explanation began, in seconds of the show, NaN where not known.

    Products follow each other in the order of their positions.
    """
    session = rows["session_id"].to_numpy(zero_copy_only=False)
    known = np.isfinite(talked) & np.isfinite(floats(rows["position"]))
    first = np.ones(len(session), dtype=bool)
    first[1:] = session[1:] != session[:-1]
    show = np.cumsum(first) - 1
    running = np.cumsum(np.where(known, talked, 0.0)) - np.where(known, talked, 0.0)
    opens = running - running[np.flatnonzero(first)][show] if len(session) else running
    whole = np.bincount(show, weights=~known) == 0 if len(session) else np.zeros(0, dtype=bool)
    return np.where(whole[show] & known, opens, np.nan)


def _returned(rows: pa.Table) -> dict[str | None, float]:
    """Return the share of money that came back, by product, drawn towards that of all.

    A product counts as much for itself as it sold, against what a middling product sold.
    """
    gmv, back = floats(rows["gmv"]), floats(rows["refund"])
    known = np.isfinite(gmv) & np.isfinite(back) & (gmv > 0)
    if not known.any():
        return {}
    names, at = np.unique(_names(rows, "product_id")[known].astype(str), return_inverse=True)
    sold = np.bincount(at, weights=gmv[known])
    returned = np.bincount(at, weights=back[known])
    overall = float(returned.sum() / sold.sum())
    weight = float(np.median(sold))
    found = np.clip((returned + overall * weight) / (sold + weight), 0.0, 1.0)
    return {None: min(overall, 1.0)} | {
        str(name): float(share) for name, share in zip(names, found, strict=True)}


def _listed(rows: pa.Table) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for host, product in zip(rows["streamer_id"].to_pylist(), rows["product_id"].to_pylist(),
                             strict=True):
        found.setdefault(host, {})[product] = None
    return {host: tuple(products) for host, products in found.items()}


def _names(rows: pa.Table, name: str) -> Names:
    return np.array(rows[name].to_pylist(), dtype=object)
