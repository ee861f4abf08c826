"""Third-party tables: short videos of known hosts (第三方短视频表), 9 columns.

``--`` in the estimated sales means no estimate: null. The figures are totals up to the day of the
export, which the file does not say, so ``from`` and ``to`` stay null: unknown ends, not a window
of one day. ``video_id`` is derived from host, time of release and what the video shows.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from caopan.ingest.chunk import Chunk
from caopan.ingest.context import Context
from caopan.ingest.identifier import derived
from caopan.ingest.layout import Field, Layout
from caopan.ingest.reported import dated
from caopan.ingest.twins import told_apart, unique
from caopan.units.message import Text


def _shape(rows: pa.Table, context: Context) -> Iterable[Chunk]:
    """Yield the videos with their derived id, and the hosts as a derived chunk."""
    rows = unique(rows, problems=context.problems)
    keys = derived("video", [rows["streamer_id"], rows["published_at"], rows["x_title"]])
    ids = told_apart(keys, rows, by=["likes", "comments", "shares"], problems=context.problems)
    yield Chunk(table="videos", rows=dated(rows.add_column(0, "video_id", ids), (None, None)))
    hosts = rows["streamer_id"].unique()
    yield Chunk(table="streamers", derived=True,
                rows=pa.table({"streamer_id": hosts, "name": hosts}))


LAYOUTS = (
    Layout(
        name="thirdparty.videos",
        platform="thirdparty",
        title=Text(zh="第三方短视频表", en="third-party table of short videos"),
        table="videos",
        header_row=1,
        currency="CNY",
        timezone="Asia/Shanghai",
        shape=_shape,
        fields=(
            Field(header="Video_content", to="x_title"),
            Field(header="Release_time", to="published_at"),
            Field(header="The_video_duration", to="x_duration"),
            Field(header="Estimated_Sales_volume_(pieces)", to="units"),
            Field(header="Estimated_sales_amount", to="gmv"),
            Field(header="Number_of_likes", to="likes"),
            Field(header="Number_of_comments", to="comments"),
            Field(header="Number_of_reposts", to="shares"),
            Field(header="Name", to="streamer_id"),
        ),
    ),
)
