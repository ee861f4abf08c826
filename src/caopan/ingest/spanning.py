"""Product totals of a host get the days that the sessions beside them cover.

A third-party product table does not say which days its totals are of. The sessions of the same
folder do: from the day of the first to the day after the last. With that span the totals become
rows of ``product_channels``, which can be held against the sums of the sessions.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from caopan.units.clock import business_day

HOST, GMV, UNITS = "x_streamer_id", "x_gmv", "x_units"


def spanned(products: pa.Table, sessions: pa.Table) -> pa.Table:
    """Return the ``product_channels`` rows (channel ``live``) of products that carry totals.

    ``products`` are rows with ``x_streamer_id``, ``x_gmv`` (decimal text, major units) and
    ``x_units``; rows without a host or a total make no row. ``from`` and ``to`` span the sessions,
    half-open, in business days; without sessions there is no row. ``x_streamer_id`` stays beside
    each row, so that totals can be added up by host.

    >>> from datetime import UTC, datetime
    >>> shows = pa.table({"started_at": [datetime(2021, 6, 1, 12, tzinfo=UTC),
    ...                                  datetime(2021, 8, 31, 12, tzinfo=UTC)]})
    >>> goods = pa.table({"product_id": ["p"], "x_streamer_id": ["host"], "x_gmv": ["12.5"],
    ...                   "x_units": ["3"], "currency": ["CNY"]})
    >>> row = spanned(goods, shows).to_pylist()[0]
    >>> row["from"], row["to"], row["gmv"]
    (datetime.date(2021, 6, 1), datetime.date(2021, 9, 1), 1250)
    """
    if not {HOST, GMV} <= set(products.column_names) or not sessions.num_rows:
        return products.schema.empty_table().select([])
    rows = products.filter(pc.and_(pc.is_valid(products[HOST]), pc.is_valid(products[GMV])))
    ends = pc.min_max(sessions["started_at"]).as_py()
    first, last = business_day(ends["min"]), business_day(ends["max"])
    count = rows.num_rows
    columns = {
        "product_id": rows["product_id"],
        "channel": pa.array(["live"] * count, pa.string()),
        "from": pa.array([first] * count, pa.date32()),
        "to": pa.array([last + timedelta(days=1)] * count, pa.date32()),
        "gmv": pa.array([int(Decimal(text) * 100) for text in rows[GMV].to_pylist()], pa.int64()),
        HOST: rows[HOST],
    }
    if UNITS in rows.column_names:
        columns["units"] = rows[UNITS].cast(pa.int64())
    if "currency" in rows.column_names:
        columns["currency"] = rows["currency"]
    return pa.table(columns)
