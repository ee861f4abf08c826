"""Douyin compass (抖音罗盘): 直播明细, 54 columns, header on row 1, sorted by GMV and not by time.

``-`` means not applicable: null, never 0. 成交金额, 用户支付金额 and 净成交金额 are three bases:
the first is ``gmv``, the others stay beside it as ``x_user_paid`` and ``x_net_gmv``.
投放消耗(店铺被投) is what was spent on this room by whoever paid and goes to ``ad_spend``; what the
shop's own accounts paid stays as ``x_ad_spend_own_accounts``. The refund is as known on the day of
the export, which the file does not say: ``refund_as_of`` stays null. Rates follow from the counts
and are dropped. The account id is text; one that a spreadsheet has rounded is an error.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from caopan.facts.schema import Kind
from caopan.ingest.chunk import Chunk
from caopan.ingest.context import Context
from caopan.ingest.layout import Field, Layout
from caopan.ingest.shows import SECONDS, sessions
from caopan.units.message import Text

_DROPPED = """
主播头像 单小时观看人数 单小时用户支付金额 1小时退款率 商品曝光-点击率(次数) 商品曝光-点击率(人数)
商品点击-成交率(次数) 商品点击-成交率(人数) 观看-成交率(次数) 观看-成交率(人数)
""".split()
"""Known columns that follow from others."""


def _shape(rows: pa.Table, context: Context) -> Iterable[Chunk]:
    """Yield the sessions and the streamers they name."""
    yield from sessions(rows, context, about_streamer=[("nickname", "name")])


LAYOUTS = (
    Layout(
        name="douyin.sessions",
        platform="douyin",
        title=Text(zh="抖音罗盘 直播明细", en="Douyin compass, live sessions"),
        table="sessions",
        header_row=1,
        currency="CNY",
        timezone="Asia/Shanghai",
        constants=(("platform", "douyin"),),
        shape=_shape,
        notes=(
            Text(zh="GMV 取直播间成交金额；用户支付金额与净成交金额口径不同，另存",
                 en="GMV is the room's transaction amount; what users paid and the net amount are "
                    "other bases, kept apart"),
        ),
        fields=(
            *(Field(header=header, to=None) for header in _DROPPED),
            Field(header="主播昵称", to="nickname", kind=Kind.TEXT),
            Field(header="主播抖音号", to="streamer_id", read="id"),
            Field(header="直播开始时间", to="started_at"),
            Field(header="直播结束时间", to="ended_at"),
            Field(header="直播时长(分钟)", to=SECONDS, read="minutes"),
            Field(header="直播间曝光人数", to="room_viewers_exposed"),
            Field(header="直播间曝光次数", to="room_impressions"),
            Field(header="直播间观看人数", to="viewers"),
            Field(header="直播间观看次数", to="views"),
            Field(header="直播激励观看次数", to="x_incentive_views", required=False),
            Field(header="最高在线人数", to="peak_online"),
            Field(header="平均在线人数", to="avg_online"),
            Field(header="人均观看时长(分钟)", to="avg_watch_seconds", read="minutes"),
            Field(header="评论次数", to="comments"),
            Field(header="新加直播团人数", to="x_new_live_group_members"),
            Field(header="新增粉丝数", to="new_followers"),
            Field(header="取关粉丝数", to="lost_followers"),
            Field(header="观看老粉占比", to="x_old_follower_view_share"),
            Field(header="带货商品数", to="x_products"),
            Field(header="直播间商品曝光人数", to="product_viewers"),
            Field(header="直播间商品点击人数", to="product_clickers"),
            Field(header="直播间商品曝光次数", to="product_impressions"),
            Field(header="直播间商品点击次数", to="product_clicks"),
            Field(header="直播间成交订单数", to="orders"),
            Field(header="直播间成交金额", to="gmv"),
            Field(header="直播间用户支付金额", to="x_user_paid"),
            Field(header="直播间成交件数", to="units"),
            Field(header="直播间成交人数", to="buyers"),
            Field(header="直播间退款订单数", to="x_refund_orders"),
            Field(header="直播间退款金额", to="refund_amount"),
            Field(header="直播间退款人数", to="x_refund_buyers"),
            Field(header="预估佣金支出", to="x_estimated_commission"),
            Field(header="预售订单数", to="x_presale_orders"),
            Field(header="预售全款金额", to="x_presale_amount"),
            Field(header="新加购物团人数", to="x_new_shop_group_members"),
            Field(header="投放消耗(店铺绑定)", to="x_ad_spend_own_accounts"),
            Field(header="投放消耗(店铺被投)", to="ad_spend"),
            Field(header="净成交金额", to="x_net_gmv"),
            Field(header="净成交订单数", to="x_net_orders"),
            Field(header="1小时退款金额", to="x_refund_within_hour"),
            Field(header="1小时退款订单数", to="x_refund_orders_within_hour"),
            Field(header="消费券引导支付金额", to="x_voucher_paid"),
            Field(header="消费券引导支付占比", to="x_voucher_share"),
            Field(header="消费券补贴金额", to="x_voucher_subsidy"),
            Field(header="消费券使用量", to="x_vouchers_used"),
        ),
    ),
)
