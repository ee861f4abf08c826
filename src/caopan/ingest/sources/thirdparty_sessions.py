"""Third-party tables: sessions of known hosts (第三方直播场次表), 21 columns.

A third party estimates these figures from outside the room. ``Start_time`` has no year and the
length is in words. A blank GMV is a show without a cart: null, not zero. The table has no buyers:
``Per_customer_transaction`` is GMV over *units* and ``UV`` is GMV over *views*, so neither takes a
canonical name; they and the ratios stay as ``x_…`` text.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from caopan.ingest.chunk import Chunk
from caopan.ingest.context import Context
from caopan.ingest.layout import Field, Layout
from caopan.ingest.shows import SECONDS, sessions
from caopan.units.message import Text


def _shape(rows: pa.Table, context: Context) -> Iterable[Chunk]:
    """Yield the sessions and the hosts they name."""
    rows = rows.append_column("name", rows["streamer_id"])
    yield from sessions(rows, context, about_streamer=[
        ("name", "name"), ("x_occupation", "x_occupation"), ("x_online_kol", "x_online_kol")])


LAYOUTS = (
    Layout(
        name="thirdparty.sessions",
        platform="thirdparty",
        title=Text(zh="第三方直播场次表", en="third-party table of sessions"),
        table="sessions",
        header_row=1,
        currency="CNY",
        timezone="Asia/Shanghai",
        constants=(("platform", "douyin"),),
        shape=_shape,
        notes=(Text(zh="第三方估算，不是平台后台数据",
                    en="estimates by a third party, not the platform's own figures"),),
        fields=(
            Field(header="Name_of_the_livestream", to="title"),
            Field(header="Start_time", to="started_at"),
            Field(header="Peak_viewers", to="peak_online"),
            Field(header="Gifts_from_viewers", to="x_gifts"),
            Field(header="Number_of_products", to="x_products"),
            Field(header="Number_of_goods_sold", to="units"),
            Field(header="Total_sales_amount", to="gmv"),
            Field(header="Duration", to=SECONDS, read="words_duration"),
            Field(header="Views", to="views"),
            Field(header="Average_number_of_online_viewers", to="avg_online"),
            Field(header="Number_of_likes", to="likes"),
            Field(header="Number_of_new_followers", to="new_followers"),
            Field(header="Fan Conversion Ratio", to="x_follow_ratio"),
            Field(header="Number_of_new_fans", to="x_new_fan_group_members"),
            Field(header="Per_customer_transaction", to="x_gmv_per_unit"),
            Field(header="UV", to="x_gmv_per_view"),
            Field(header="Sales_conversion_value_ratio", to="x_units_per_view"),
            Field(header="Average_length_of_stay", to="avg_watch_seconds", read="words_duration"),
            Field(header="Name", to="streamer_id"),
            Field(header="Online KOL", to="x_online_kol"),
            Field(header="Occupation", to="x_occupation"),
        ),
    ),
)
