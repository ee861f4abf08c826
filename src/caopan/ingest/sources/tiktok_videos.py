"""TikTok Shop: the video list (视频列表), English UI, 26 columns, header on row 3.

A1 holds ``[Date Range]: … ~ …``: figures are those of that window. The shop's currency stands in
brackets behind the money columns. ``gmv`` is what the video itself sold; what the platform
attributes to it besides stays as ``x_attributed_gmv``. Rates follow from the counts and are
dropped; only the finish rate cannot be computed and is kept.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from caopan.facts.schema import Kind
from caopan.ingest.chunk import Chunk
from caopan.ingest.context import Context
from caopan.ingest.layout import Field, Layout
from caopan.ingest.reported import dated
from caopan.ingest.spellings import merged, spelled, with_symbol
from caopan.ingest.twins import unique
from caopan.ingest.window import window
from caopan.units.message import Text


def _shape(rows: pa.Table, context: Context) -> Iterable[Chunk]:
    """Yield the videos over the window of the title, and the creators as a derived chunk."""
    rows = merged(unique(rows, problems=context.problems))
    days = window(context.titles) or (None, None)
    yield Chunk(table="videos", rows=dated(rows.drop_columns("name"), days))
    creators = rows.select(["streamer_id", "name"]).group_by(
        "streamer_id", use_threads=False).aggregate([("name", "first")])
    yield Chunk(table="streamers", derived=True,
                rows=creators.rename_columns(["streamer_id", "name"]))


LAYOUTS = (
    Layout(
        name="tiktok.videos",
        platform="tiktok",
        title=Text(zh="TikTok Shop 视频列表", en="TikTok Shop video list"),
        table="videos",
        header_row=3,
        shape=_shape,
        fields=(
            Field(header="Creator name", to="name", kind=Kind.TEXT),
            Field(header="Creator ID", to="streamer_id", read="id"),
            Field(header="Video Info", to="x_title"),
            Field(header="Video ID", to="video_id", read="id"),
            Field(header="Time", to="published_at"),
            Field(header="Products", to="x_products"),
            Field(header="VV", to="views"),
            Field(header="Likes", to="likes"),
            Field(header="Comments", to="comments"),
            Field(header="Shares", to="shares"),
            Field(header="New followers", to="new_followers"),
            Field(header="V-to-L clicks", to="live_entries"),
            Field(header="Product Impressions", to="product_impressions"),
            Field(header="Product Clicks", to="product_clicks"),
            Field(header="Unique customers", to="x_buyers"),
            Field(header="Orders", to="orders"),
            Field(header="Video items sold", to="units"),
            *spelled(with_symbol("Gross merchandise value (Video)"), to="gmv", kind=Kind.MONEY),
            *spelled(with_symbol("GPM"), to=None),
            *spelled(with_symbol("Shoppable video attributed GMV"), to="x_attributed_gmv"),
            Field(header="Click-through rate (Video)", to=None, required=False),
            Field(header="V-to-L rate", to=None, required=False),
            Field(header="Video Finish Rate", to="x_finish_rate", required=False),
            Field(header="Click-to-order rate (Video)", to=None, required=False),
            Field(header="Mark", to="x_mark", required=False),
            Field(header="Diagnosis", to="x_diagnosis", required=False),
        ),
    ),
)
