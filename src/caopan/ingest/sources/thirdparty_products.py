"""Third-party tables: what each host sold, by product (第三方商品表), 9 columns.

A row is one product of one host over a window that the file does not name. So it becomes a row of
``products`` with the host and the totals beside it as ``x_…`` text, and not a row of
``product_channels``: that table needs the window. Whoever imports the sessions of the same folder
knows their span, and ``caopan.ingest.spanning`` then makes the ``product_channels`` rows that the
check of product totals against session totals adds up.

The rows have neither id nor name. ``product_id`` is derived from host, category, price and
commission; the many rows that share all four are told apart by their rank in sales, so a later
file of the same products replaces them and totals per host stay right. Rows equal in everything
count once, with a warning that says how many.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from caopan.facts.schema import Kind
from caopan.ingest.chunk import Chunk
from caopan.ingest.context import Context
from caopan.ingest.identifier import derived
from caopan.ingest.layout import Field, Layout
from caopan.ingest.twins import told_apart, unique
from caopan.units.message import Text
from caopan.units.money import Money

_NAMES = ("x_streamer_id", "category", "list_price", "x_commission_rate")
"""What a product is known by."""

_TOTALS = {"sales_amount": "x_gmv", "sales_volume": "x_units", "lives": "x_lives",
           "videos": "x_videos"}
"""The totals of the window by which equal names are ranked, and the extras they are kept as."""


def _shape(rows: pa.Table, context: Context) -> Iterable[Chunk]:
    """Yield the products, one for each different row."""
    rows = unique(rows, problems=context.problems)
    keys = derived("product", [rows[name] for name in _NAMES])
    ids = told_apart(keys, rows, by=list(_TOTALS))
    for column, extra in _TOTALS.items():
        texts = _yuan(rows[column]) if column == "sales_amount" else rows[column].cast(pa.string())
        rows = rows.drop_columns(column).append_column(extra, texts)
    yield Chunk(table="products", rows=rows.add_column(0, "product_id", ids))


def _yuan(amounts: pa.ChunkedArray) -> pa.Array:
    """Return amounts in minor units as decimal text in yuan."""
    return pa.array([None if fen is None else str(Money(minor=fen).major())
                     for fen in amounts.to_pylist()], pa.string())


LAYOUTS = (
    Layout(
        name="thirdparty.products",
        platform="thirdparty",
        title=Text(zh="第三方商品表", en="third-party table of products by host"),
        table="products",
        header_row=1,
        currency="CNY",
        shape=_shape,
        fields=(
            Field(header="Goods_category", to="category"),
            Field(header="Retailing_price_(YUAN)", to="list_price"),
            Field(header="Commission_rate", to="x_commission_rate"),
            Field(header="Sales_volume", to="sales_volume", kind=Kind.COUNT),
            Field(header="Sales_amount", to="sales_amount", kind=Kind.MONEY),
            Field(header="Conversion_rate", to="x_conversion_rate"),
            Field(header="Short_video", to="videos", kind=Kind.COUNT),
            Field(header="Live_streaming", to="lives", kind=Kind.COUNT),
            Field(header="Name", to="x_streamer_id"),
        ),
    ),
)
