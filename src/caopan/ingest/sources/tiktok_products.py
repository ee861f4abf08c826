"""TikTok Shop, Seller Center: the product list (商品列表), English UI, 38 columns, header on row 3.

Behind the product's own columns stand four blocks, one a channel. Each block becomes one row of
``product_channels`` over the date range of row 1; a block without any figure makes no row. The
platform counts one order in more than one channel, so the channels do not add up to the product's
total: the total stays as ``x_product_…`` text beside each channel. Rates are dropped, they follow
from the counts. The product's name in this list wins over its name in any other table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.compute as pc

from caopan.facts.schema import TABLES, Kind
from caopan.ingest.chunk import Chunk
from caopan.ingest.context import Context
from caopan.ingest.layout import Field, Layout
from caopan.ingest.reported import over
from caopan.ingest.spellings import merged, spelled
from caopan.ingest.twins import ROW, unique
from caopan.units.message import Text

CHANNELS = (("shop", "Shop tab"), ("live", "LIVE"), ("video", "Video"), ("card", "Product card"))
"""The channel of ``product_channels`` and the words its columns begin with."""

FIGURES = ("gmv", "units", "impressions", "page_views", "unique_page_views", "buyers")
_TOTALS = ("x_product_gmv", "x_product_units", "x_product_orders")


def _block(channel: str, words: str) -> Iterator[Field]:
    """Yield the fields of one channel's eight columns, in every spelling seen."""
    def column(figure: str, *headers: str) -> tuple[Field, ...]:
        kind = TABLES["product_channels"].column(figure).kind
        return spelled(headers, to=f"{channel}_{figure}", kind=kind)

    yield from column("gmv", f"{words} GMV")
    yield from column("units", f"{words} items sold", f"{words} units sold")
    yield from column("impressions", f"{words} impressions", f"{words} listing impressions")
    yield from column("page_views", f"Page views from {words}", f"{words} page views")
    yield from column("unique_page_views", f"Unique page views from {words}",
                      f"{words} unique page views")
    yield from column("buyers", f"{words} unique product customers", f"{words} unique customers",
                      f"{words} unique product buyers", f"{words} unique buyers")
    yield from spelled([f"{words} click-through rate", f"{words} clickthrough rate"], to=None)
    yield from spelled([f"{words} conversion rate"], to=None)


def _shape(rows: pa.Table, context: Context) -> Iterable[Chunk]:
    """Yield the products, then one chunk a channel."""
    rows = merged(unique(rows, problems=context.problems))
    products = rows.select(["product_id", "name", "x_status", ROW])
    if context.options.account:
        merchant = pa.array([context.options.account] * rows.num_rows, pa.string())
        products = products.append_column("merchant_id", merchant)
    yield Chunk(table="products", rows=products)
    for channel, _ in CHANNELS:
        block = over(_channel(rows, channel), context)
        if block is not None and block.num_rows:
            yield Chunk(table="product_channels", rows=block)


def _channel(rows: pa.Table, channel: str) -> pa.Table:
    """Return the rows of one channel: those with at least one figure."""
    figures = {name: f"{channel}_{name}" for name in FIGURES
               if f"{channel}_{name}" in rows.column_names}
    totals = [name for name in _TOTALS if name in rows.column_names]
    block = rows.select(["product_id", *figures.values(), *totals, ROW]).rename_columns(
        ["product_id", *figures, *totals, ROW])
    known = pa.array([False] * rows.num_rows)
    for name in figures:
        known = pc.or_(known, pc.is_valid(block[name]))
    return block.append_column("channel", pa.array([channel] * rows.num_rows, pa.string())
                               ).filter(known)


LAYOUTS = (
    Layout(
        name="tiktok.products",
        platform="tiktok",
        title=Text(zh="TikTok Shop 商品列表", en="TikTok Shop product list"),
        table="product_channels",
        header_row=3,
        shape=_shape,
        fields=(
            Field(header="ID", to="product_id", read="id"),
            Field(header="Product", to="name", kind=Kind.TEXT),
            Field(header="Status", to="x_status"),
            Field(header="GMV", to="x_product_gmv"),
            *spelled(["Items sold", "Units sold"], to="x_product_units"),
            Field(header="Orders", to="x_product_orders"),
            *(field for channel, words in CHANNELS for field in _block(channel, words)),
        ),
    ),
)
