"""TikTok Shop, Seller Center: the livestream list (直播列表), English UI, 23 columns.

Row 1 holds the date range, row 2 is empty, row 3 the header. ``Direct GMV`` is the sessions' own
GMV; ``Gross revenue`` stays beside it as ``x_gross_revenue``. What can be computed from other
columns is dropped and never stored by name, because the names mislead: ``CTR`` is product clicks
over *views*, ``Avg. price`` is Direct GMV over *orders*. The file names no account.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from caopan.facts.schema import Kind
from caopan.ingest.chunk import Chunk
from caopan.ingest.context import Context
from caopan.ingest.layout import Field, Layout
from caopan.ingest.shows import SECONDS, sessions
from caopan.ingest.spellings import merged, spelled
from caopan.units.message import Text


def _shape(rows: pa.Table, context: Context) -> Iterable[Chunk]:
    """Yield the sessions of the one account whose file this is."""
    rows = merged(rows)
    account = pa.array([context.account()] * rows.num_rows, pa.string())
    rows = rows.append_column("streamer_id", account)
    if context.options.account:
        rows = rows.append_column("merchant_id", account)
    yield from sessions(rows, context)


LAYOUTS = (
    Layout(
        name="tiktok.livestreams",
        platform="tiktok",
        title=Text(zh="TikTok Shop 直播列表", en="TikTok Shop livestream list"),
        table="sessions",
        header_row=3,
        constants=(("platform", "tiktok"),),
        shape=_shape,
        notes=(
            Text(zh="GMV 取 Direct GMV；Gross revenue 另存，不相加",
                 en="GMV is Direct GMV; Gross revenue is kept apart and never added to it"),
        ),
        fields=(
            Field(header="Livestream", to="title"),
            Field(header="Start time", to="started_at"),
            *spelled(["Duration", "Duration (seconds)"], to=SECONDS, read="seconds"),
            Field(header="Gross revenue", to="x_gross_revenue"),
            Field(header="Direct GMV", to="gmv"),
            Field(header="Items sold", to="units"),
            Field(header="Customers", to="buyers"),
            Field(header="Avg. price", to=None),
            Field(header="Orders paid for", to="orders"),
            Field(header="GMV/1K shows", to="x_gmv_per_1k_shows"),
            Field(header="GMV/1K views", to=None),
            Field(header="Views", to="views"),
            Field(header="Viewers", to="viewers"),
            Field(header="Peak viewers", to="peak_online"),
            Field(header="New followers", to="new_followers"),
            *spelled(["Avg. view duration", "Avg. view duration (seconds)"],
                     to="avg_watch_seconds", kind=Kind.NUMBER, read="seconds"),
            Field(header="Likes", to="likes"),
            Field(header="Comments", to="comments"),
            Field(header="Shares", to="shares"),
            Field(header="Product impressions", to="product_impressions"),
            Field(header="Product clicks", to="product_clicks"),
            Field(header="CTR", to=None),
            Field(header="CTOR (SKU orders)", to=None),
        ),
    ),
)
