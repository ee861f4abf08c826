"""Names of canonical columns for people, and how a cell of an evidence table is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from numbers import Integral, Real

from caopan.facts.schema import TABLES, Kind
from caopan.report.page import Definition
from caopan.report.words import clean
from caopan.units import number
from caopan.units.clock import BUSINESS_ZONE
from caopan.units.line import LONGEST_NAME
from caopan.units.message import Language, Text
from caopan.units.unit import Unit

KINDS: dict[str, Kind] = {column.name: column.kind for table in TABLES.values()
                          for column in table.columns}
"""Letters of a name or title in a cell."""
YES, NO = Text(zh="是", en="yes"), Text(zh="否", en="no")
_SECONDS = frozenset({"avg_watch_seconds", "explained_seconds", "planned_seconds"})


def _pairs(lines: str) -> dict[str, Text]:
    found: dict[str, Text] = {}
    for line in lines.strip().splitlines():
        name, zh, en = (part.strip() for part in line.split(" | "))
        found[name] = Text(zh=zh, en=en)
    return found


LABELS: dict[str, Text] = _pairs("""
merchant_id | 商家号 | Merchant id
name | 名称 | Name
category | 类目 | Category
city | 城市 | City
province | 省份 | Province
belt_id | 产业带 | Belt
kind | 类型 | Kind
joined_on | 入驻日 | Joined
trust_rights | 信任权益 | Trust rights
currency | 币种 | Currency
streamer_id | 主播号 | Host id
provider_id | 服务商 | Provider
session_id | 场次号 | Session id
platform | 平台 | Platform
started_at | 开播 | Start
ended_at | 下播 | End
level | 级别 | Level
campaign_id | 活动 | Campaign
title | 标题 | Title
room_impressions | 直播间曝光次数 | Room impressions
room_viewers_exposed | 直播间曝光人数 | People exposed
views | 观看次数 | Views
viewers | 观看人数 | Viewers
avg_online | 平均在线 | Average online
peak_online | 最高在线 | Peak online
avg_watch_seconds | 人均停留 | Watch time
product_impressions | 商品曝光次数 | Product impressions
product_viewers | 商品曝光人数 | People shown products
product_clicks | 商品点击次数 | Product clicks
product_clickers | 商品点击人数 | Product clickers
orders | 订单 | Orders
buyers | 买家 | Buyers
units | 件数 | Units
gmv | 成交金额（GMV） | GMV
refund_amount | 退款金额 | Refunded
refund_as_of | 退款截至 | Refunds as of
new_followers | 涨粉 | New followers
lost_followers | 取关 | Lost followers
comments | 评论 | Comments
likes | 点赞 | Likes
shares | 分享 | Shares
private_views | 私域观看 | Private views
public_views | 公域观看 | Public views
paid_views | 付费观看 | Paid views
ad_spend | 投放花费 | Ad spend
planned_ad_spend | 计划投放 | Planned spend
planned_products | 计划品数 | Planned products
planned_minutes | 计划时长 | Planned minutes
followers_at_start | 开播时粉丝 | Followers at start
engagement_id | 合作 | Engagement
operator_id | 操盘手 | Operator
minute | 第几分钟 | Minute
online | 在线 | Online
entries | 进房 | Entries
entries_private | 私域进房 | Private entries
entries_public | 公域进房 | Public entries
entries_paid | 付费进房 | Paid entries
clicks | 点击 | Clicks
product_id | 商品号 | Product id
role | 角色 | Role
live_price | 直播价 | Live price
position | 序号 | Position
explained_seconds | 讲解时长 | Explained
impressions | 曝光 | Impressions
stock_planned | 备货 | Stock planned
sold_out_at | 售罄时间 | Sold out
order_id | 订单号 | Order id
line | 行 | Line
paid_at | 支付时间 | Paid
created_at | 下单时间 | Created
buyer_id | 买家号 | Buyer id
quantity | 数量 | Quantity
amount | 金额 | Amount
refunded_at | 退款时间 | Refunded at
new_to_shop | 店铺新客 | New to shop
channel | 渠道 | Channel
order_kind | 订单类型 | Order kind
plan_id | 计划 | Plan
starts_at | 开始 | Starts
ends_at | 结束 | Ends
tool | 工具 | Tool
goal | 目标 | Goal
spend | 花费 | Spend
net_spend | 实际花费 | Net spend
attributed_gmv | 平台归因金额 | Attributed GMV
attribution_window_days | 归因天数 | Attribution days
experiment | 实验组 | Experiment
unit_cost | 成本 | Unit cost
list_price | 标价 | List price
lead_time_days | 补货天数 | Lead time
shelf_life_days | 保质天数 | Shelf life
salvage_value | 残值 | Salvage value
stock_on_hand | 现货 | On hand
from | 从 | From
to | 到 | To
page_views | 浏览次数 | Page views
unique_page_views | 浏览人数 | Unique page views
video_id | 视频号 | Video id
published_at | 发布 | Published
live_entries | 引流进房 | Entries to live
day | 日期 | Day
followers | 粉丝 | Followers
active_followers | 活跃粉丝 | Active followers
tier | 层级 | Tier
applied_on | 申请日 | Applied
admitted_on | 准入日 | Admitted
certified_on | 认证日 | Certified
starts_on | 开始日 | Starts
ends_on | 结束日 | Ends
scope | 范围 | Scope
fee_kind | 收费方式 | Fee kind
fee_rate | 费率 | Fee rate
reason_picked | 选择原因 | Reason picked
assignment | 分配方式 | Assignment
planned_seconds | 计划讲解 | Planned seconds
minutes | 时长（分） | Minutes
hours | 时长（时） | Hours
set_aside | 没算进来 | Set aside
group | 组 | Group
n | 样本 | n
sessions | 场次 | Sessions
share | 占比 | Share
period | 哪一期 | Period
before | 前 | Before
after | 后 | After
value | 数值 | Value
""")
"""Every canonical column, and a few that only evidence tables have."""


def label(name: str, *, definitions: Mapping[str, Definition], language: Language) -> str:
    """Return a column's name for people; a column nobody named keeps its id.

    >>> label("gmv", definitions={}, language="zh"), label("x_odd", definitions={}, language="zh")
    ('成交金额（GMV）', 'x_odd')
    """
    text = definitions[name].name if name in definitions else LABELS.get(name)
    if text is None:
        return name
    said = text.zh if language == "zh" else text.en
    return said[:1].upper() + said[1:]


def cell(
    name: str, value: object, *, definitions: Mapping[str, Definition], currency: str,
    language: Language,
) -> str:
    """Return one cell in the way its column is read; null is a dash.

    >>> cell("gmv", 32_000_000, definitions={}, currency="CNY", language="zh")
    '¥32.0万'
    >>> cell("started_at", None, definitions={}, currency="CNY", language="zh")
    '—'
    """
    if value is None:
        return number.MISSING
    if isinstance(value, bool):
        return YES.say(language) if value else NO.say(language)
    if isinstance(value, Real):
        return _number(name, float(value), isinstance(value, Integral), definitions, currency,
                       language)
    return written(value)


def written(value: object) -> str:
    """Return a moment, a day or words as a cell.

    >>> written(date(2026, 11, 8))
    '11-08'
    """
    if isinstance(value, datetime):
        local = value if value.tzinfo is None else value.astimezone(BUSINESS_ZONE)
        return f"{local:%m-%d %H:%M}"
    return f"{value:%m-%d}" if isinstance(value, date) else clean(str(value), most=LONGEST_NAME)


def is_number(value: object) -> bool:
    """Return whether a cell is set to the right.

    >>> is_number(1.5), is_number(True), is_number("1")
    (True, False, False)
    """
    return isinstance(value, Real) and not isinstance(value, bool)


def _number(
    name: str, value: float, whole: bool, definitions: Mapping[str, Definition],  # noqa: FBT001 - private
    currency: str, language: Language,
) -> str:
    unit = _unit(name, definitions)
    if unit is not None:
        return number.value(value, unit=unit, currency=currency, language=language)
    if whole or value == int(value):
        return number.count(value, language=language)
    return number.times(value)


def _unit(name: str, definitions: Mapping[str, Definition]) -> Unit | None:
    if name in definitions:
        return definitions[name].unit
    if KINDS.get(name) is Kind.MONEY:
        return Unit.MONEY
    if name in _SECONDS:
        return Unit.SECONDS
    return Unit.RATIO if name == "share" or name.endswith(("_rate", "_share")) else None
