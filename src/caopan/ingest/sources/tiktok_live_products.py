"""TikTok Shop: LIVE product detail (直播商品明细), Chinese UI, 5 columns, header on row 3.

Two columns share one name: the first 商品信息 is the id, the second the product's name. The date
window in A1 is the truth, not the file's name. The figures are the live channel's; the name only
fills a product that no product list has named yet. A product without any figure makes no channel
row.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from caopan.facts.schema import Kind
from caopan.ingest.chunk import Chunk
from caopan.ingest.context import Context
from caopan.ingest.layout import Field, Layout
from caopan.ingest.reported import over
from caopan.ingest.twins import unique
from caopan.units.message import Text


def _shape(rows: pa.Table, context: Context) -> Iterable[Chunk]:
    """Yield the live channel of each product, and the names as a derived chunk."""
    rows = unique(rows, problems=context.problems)
    yield Chunk(table="products", rows=rows.select(["product_id", "name"]), derived=True)
    sold = rows.filter(pc.or_(pc.is_valid(rows["gmv"]), pc.is_valid(rows["units"])))
    live = sold.drop_columns("name").append_column(
        "channel", pa.array(["live"] * sold.num_rows, pa.string()))
    dated = over(live, context)
    if dated is not None:
        yield Chunk(table="product_channels", rows=dated)


LAYOUTS = (
    Layout(
        name="tiktok.live_products",
        platform="tiktok",
        title=Text(zh="TikTok Shop 直播商品明细", en="TikTok Shop LIVE product detail"),
        table="product_channels",
        header_row=3,
        shape=_shape,
        fields=(
            Field(header="商品信息", to="product_id", read="id"),
            Field(header="商品信息", to="name", nth=1, kind=Kind.TEXT),
            Field(header="总成交额", to="gmv"),
            Field(header="佣金", to="x_commission"),
            Field(header="成交件数", to="units"),
        ),
    ),
)
