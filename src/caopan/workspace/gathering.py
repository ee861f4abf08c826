"""Facts of a workspace as the arrays that a diagnosis reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from operator import or_

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from caopan.diagnose.diagnosis import Subject
from caopan.diagnose.inputs import COLUMNS, Inputs, Products, ordering, sessions
from caopan.facts.arrow import floats
from caopan.metrics.calendar import start_is_known
from caopan.metrics.catalogue import METRICS
from caopan.metrics.value import values
from caopan.stats.arrays import Floats, Ints
from caopan.workspace.grain import Grain

Fetch = Callable[[ir.Table], pa.Table]
Tables = Mapping[str, ir.Table]


SESSION_SUMS = tuple(name for name in COLUMNS if name != "minutes")
FROM_ORDERS = {"gmv": "gmv_orders", "orders": "orders_paid", "units": "units_paid"}
"""What a session without its own figure takes from the order ledger, and the metric it is."""


def gather(tables: Tables, fetch: Fetch, *, grain: Grain, only: str | None = None) -> Inputs:
    """Return the inputs of a diagnosis of every subject, or of one.

    A subject is one streamer or merchant in one currency. Sessions without figures of their own
    get GMV, orders and units from the order ledger where it links to them.
    """
    rows = _sessions(tables, fetch, grain, only)
    rows = from_orders(rows, tables, fetch)
    subjects, owner = _subjects(rows, tables, fetch, grain)
    columns = sums_of(rows)
    started = rows["started_at"].cast(pa.timestamp("us")).to_numpy()
    order = ordering(subject=owner, started_at=started)
    return Inputs(
        subjects=tuple(subject for subject, _ in subjects),
        categories=tuple(category for _, category in subjects),
        sessions=sessions(subject=owner, session_id=rows["session_id"].to_numpy(),
                          started_at=started, columns=columns,
                          dated=rows["dated"].to_numpy()),
        products=_products(rows, order, tables, fetch),
    )


def own_sessions(tables: Tables, fetch: Fetch, *, grain: Grain, only: str) -> pa.Table:
    """Return the sessions of one subject as a diagnosis reads them, the order ledger's sums too."""
    mine = {**tables, "sessions": tables["sessions"].filter(
        tables["sessions"][grain.key] == only)}
    return from_orders(_sessions(mine, fetch, grain, None), mine, fetch)


def sums_of(rows: pa.Table) -> dict[str, Floats]:
    """Return the columns of ``diagnose.inputs.COLUMNS`` of gathered sessions."""
    return {**{name: floats(rows[name]) for name in SESSION_SUMS}, "minutes": _minutes(rows)}


def _sessions(tables: Tables, fetch: Fetch, grain: Grain, only: str | None) -> pa.Table:
    table = tables["sessions"]
    table = table.filter(table[grain.key].notnull())
    if only is not None:
        table = table.filter(table[grain.key] == only)
    return fetch(table.select("session_id", "started_at", "ended_at", "currency", grain.key,
                              *SESSION_SUMS, dated=start_is_known(table)))


def from_orders(rows: pa.Table, tables: Tables, fetch: Fetch) -> pa.Table:
    """Fill GMV, orders and units that sessions lack from paid orders that name their session."""
    return with_orders(rows, fetch(order_sums(tables))) if lacks_money(rows) else rows


def lacks_money(rows: pa.Table) -> bool:
    """Return whether any session is without a GMV of its own.

    >>> lacks_money(pa.table({"gmv": [1, None]})), lacks_money(pa.table({"gmv": [1]}))
    (True, False)
    """
    return bool(rows.num_rows and rows["gmv"].null_count)


def order_sums(tables: Tables) -> ir.Table:
    """Return what the order ledger says of every session that lacks a figure of its own."""
    shows, orders = tables["sessions"], tables["orders"]
    lacking = shows.filter(reduce(or_, (shows[column].isnull() for column in FROM_ORDERS)))
    theirs = orders.semi_join(lacking, orders.session_id == lacking.session_id)
    return values([METRICS[metric] for metric in FROM_ORDERS.values()],
                  {**tables, "orders": theirs}, by=("session_id",))


def with_orders(rows: pa.Table, sums: pa.Table) -> pa.Table:
    """Return sessions with what they lack filled in from ``order_sums``."""
    if not sums.num_rows:
        return rows
    found = pc.index_in(rows["session_id"], sums["session_id"].combine_chunks())
    for column, metric in FROM_ORDERS.items():
        place = rows.schema.get_field_index(column)
        filled = pc.coalesce(rows[column], sums[metric].take(found).cast(pa.int64()))
        rows = rows.set_column(place, column, filled)
    return rows


def _subjects(rows: pa.Table, tables: Tables, fetch: Fetch,
              grain: Grain) -> tuple[list[tuple[Subject, str | None]], Ints]:
    """Return every (subject, category) and the position of each session's subject."""
    currency = pc.fill_null(rows["currency"], "CNY")
    pairs = pc.binary_join_element_wise(rows[grain.key], currency, "\x1f").combine_chunks()
    coded = pairs.dictionary_encode()
    known = _names(tables, fetch, grain)
    found = []
    for pair in coded.dictionary.to_pylist():
        id_, _, money = pair.rpartition("\x1f")
        name, category = known.get(id_, (None, None))
        found.append((Subject(kind=grain.value, id=id_, name=name or id_, currency=money),
                      category))
    return found, coded.indices.to_numpy().astype(np.int64)


def _names(tables: Tables, fetch: Fetch,
           grain: Grain) -> dict[str, tuple[str | None, str | None]]:
    merchants = tables["merchants"].select("merchant_id", merchant_name="name",
                                           category=tables["merchants"].category)
    if grain is Grain.MERCHANT:
        rows = fetch(merchants)
        return dict(zip(rows["merchant_id"].to_pylist(),
                        zip(rows["merchant_name"].to_pylist(), rows["category"].to_pylist(),
                            strict=True), strict=True))
    streamers = tables["streamers"].select("streamer_id", "name", "merchant_id")
    rows = fetch(streamers.left_join(merchants, "merchant_id")
                 .select("streamer_id", "name", "category"))
    return dict(zip(rows["streamer_id"].to_pylist(),
                    zip(rows["name"].to_pylist(), rows["category"].to_pylist(), strict=True),
                    strict=True))


def _products(rows: pa.Table, order: Ints, tables: Tables, fetch: Fetch) -> Products | None:
    """Return what each session sold of each product; None where nothing is known of it."""
    table = tables["session_products"]
    sold = fetch(table.filter(table.gmv.notnull() | table.units.notnull())
                 .select("session_id", "product_id", "units", "gmv"))
    if not sold.num_rows or not rows.num_rows:
        return None
    place = pc.index_in(sold["session_id"], rows["session_id"].combine_chunks())
    sold, place = sold.filter(pc.is_valid(place)), pc.drop_null(place)
    if not sold.num_rows:
        return None
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    coded = sold["product_id"].combine_chunks().dictionary_encode()
    return Products(session=rank[place.to_numpy()],
                    product=coded.indices.to_numpy().astype(np.int64),
                    units=floats(sold["units"]), gmv=floats(sold["gmv"]),
                    names=tuple(coded.dictionary.to_pylist()))


def _minutes(rows: pa.Table) -> Floats:
    span = pc.subtract(rows["ended_at"], rows["started_at"]).cast(pa.int64())
    return floats(span) / 60e6
