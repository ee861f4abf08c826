"""The words rules are written in: readings beside the catalogue's metrics, and placeholders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from caopan.units.message import Text
from caopan.units.unit import Unit

if TYPE_CHECKING:
    from caopan.metrics.metric import Metric


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A number that a diagnosis reads (读数) and that a rule may name."""

    id: str
    name: Text
    unit: Unit


PLACEHOLDERS = ("value", "comparison", "change", "low", "high", "n", "n_comparison")
"""What a rule's texts may hold; the caller fills them in, written in the metric's unit."""

LEVEL_PLACEHOLDERS = ("value", "low", "high", "n")
"""What is left of the placeholders where a value is compared with nothing."""


def _read(unit: Unit, lines: str) -> dict[str, Reading]:
    """Return readings of one unit from lines of ``id | zh | en``."""
    rows = [[part.strip() for part in line.split("|")] for line in lines.strip().splitlines()]
    return {id_: Reading(id=id_, name=Text(zh=zh, en=en), unit=unit) for id_, zh, en in rows}


READINGS: dict[str, Reading] = {
    **_read(
        Unit.COUNT,
        """
    sessions | 场次数 | sessions
    sessions_per_week | 周均场次 | sessions per week
    impressions_per_session | 每场曝光次数 | impressions a session
    impressions_per_hour | 小时曝光次数 | room impressions per hour
    views_per_session | 每场观看次数 | views a session
    views_per_hour | 小时观看次数 | views per hour
    orders_per_hour | 小时订单数 | orders per hour
    avg_online_per_session | 平均在线 | average online
    sku_sold | 动销款数 | products with a sale
    opm | 千次观看成交单量 | orders per 1,000 views
    """,
    ),
    **_read(
        Unit.PEOPLE,
        """
    exposed_per_session | 每场曝光人数 | people exposed a session
    viewers_per_session | 场均观看人数 | viewers per session
    viewers_per_hour | 每小时观看人数 | viewers an hour
    """,
    ),
    **_read(
        Unit.RATIO,
        """
    enter_rate | 曝光进房率（人数） | enter rate (people)
    enter_rate_pv | 曝光进房率（次数） | enter rate (times)
    prod_expo_rate | 观看-商品曝光率 | product exposure rate
    prod_ctr_expo | 商品曝光-点击率（人数） | product click rate (people)
    prod_ctr_expo_pv | 商品点击率（次数） | product click rate (times)
    prod_ctr_view | 商品点击率（按观看次数） | product clicks per view
    click_pay_rate | 点击-成交率（人数） | click-to-pay rate (people)
    ctor | 点击-订单率（次数） | click-to-order rate (CTOR)
    view_pay_rate | 观看-成交率 | view-to-pay rate
    orders_per_view | 次均成交订单 | orders per view
    follow_rate | 转粉率 | follow rate
    net_follow_rate | 净转粉率 | net follow rate
    comments_per_view | 每次观看评论 | comments per view
    likes_per_view | 每次观看点赞 | likes per view
    shares_per_view | 每次观看分享 | shares per view
    private_share | 私域流量占比 | private share of views
    public_share | 公域流量占比 | public share of views
    paid_share | 付费流量占比 | paid share of views
    fee_rate | 投放费比 | ad spend ratio
    top_session_share | 最大一场占比 | largest session's share of GMV
    no_cart_share | 没挂车场次占比 | share of shows without a cart
    false_start_share | 误开播占比 | share of false starts
    zero_sales_share | 零成交场次占比 | share of sessions without a sale
    top1_sku_share | 第一大单品成交占比 | share of the best-selling product in GMV
    top3_sku_share | 前三大单品成交占比 | share of the three best-selling products in GMV
    gmv_unknown_share | 缺 GMV 场次占比 | share of sessions with unknown GMV
    viewers_unknown_share | 缺场观场次占比 | share of sessions with unknown viewers
    product_gap | 商品与场次 GMV 差 | gap between product and session GMV
    immature_share | 退款未满期场次占比 | share of sessions too young for refunds
    """,
    ),
    **_read(
        Unit.TIMES,
        """
    units_per_view | 次均成交件数 | units per view
    orders_per_buyer | 人均订单数 | orders per buyer
    items_per_order | 连带率 | items per order
    units_per_session | 场均成交件数 | units per session
    units_per_hour | 小时成交件数 | units per hour
    units_per_viewer | 人均成交件数 | units per viewer
    units_per_buyer | 每位买家件数 | units per buyer
    total_roi | 整体ROI（全场成交 ÷ 消耗，不是效果） | total ROI (all GMV ÷ spend, not the effect)
    private_leverage | 自然流撬动系数 | natural views per paid view
    gmv_cv | 单场 GMV 波动 | variation of GMV a session
    """,
    ),
    **_read(
        Unit.MONEY,
        """
    aov | 客单价 | GMV per buyer
    gmv_per_order | 笔单价 | GMV per order
    price_per_item | 件单价 | GMV per item
    gmv_per_unit | 件均成交额（拆解用） | GMV per unit (as a factor)
    gmv_per_session | 场均成交金额 | GMV per session
    gmv_per_hour | 小时成交金额 | GMV per hour
    gmv_monthly | 近 30 天 GMV | GMV of the last 30 days
    gpm | 千次观看成交金额（GPM） | GMV per 1,000 views
    uv_value | UV 价值 | GMV per viewer
    cost_enter | 进入成本 | cost per paid entry
    ad_spend_per_session | 每场投放 | ad spend a session
    mix | 商品结构 | product mix
    price | 价格 | price
    """,
    ),
    **_read(
        Unit.SECONDS,
        """
    avg_watch_s | 人均停留时长 | average watch time
    """,
    ),
    **_read(
        Unit.HOURS,
        """
    hours_per_session | 场均时长 | hours per session
    start_hour_spread | 开播时间离散 | spread of the starting time
    """,
    ),
    **_read(
        Unit.DAYS,
        """
    live_days_per_week | 每周开播天数 | live days a week
    days_since_last | 距上次开播 | days since the last session
    """,
    ),
}
"""The readings by id: the factors of the identities, funnel steps per subject, and plain facts."""


def known_ids() -> frozenset[str]:
    """Return every id a rule may name: the catalogue's metrics and the readings.

    >>> {"enter_rate", "impressions_per_hour"} <= known_ids()
    True
    """
    return frozenset(READINGS) | frozenset(_catalogue())


def catalogue_metric(id_: str) -> Metric | None:
    """Return a metric of the catalogue, None where it has none of that id.

    >>> catalogue_metric("no_such_metric") is None
    True
    """
    return _catalogue().get(id_)


def _catalogue() -> Mapping[str, Metric]:
    # the catalogue brings Ibis with it, which only those who ask for a metric shall wait for
    from caopan.metrics.catalogue import METRICS  # noqa: PLC0415 - see the line above

    return METRICS


def placeholders(*, level: bool) -> tuple[str, ...]:
    """Return the placeholders a text may hold, fewer where nothing is compared.

    >>> placeholders(level=True)
    ('value', 'low', 'high', 'n')
    """
    return LEVEL_PLACEHOLDERS if level else PLACEHOLDERS
