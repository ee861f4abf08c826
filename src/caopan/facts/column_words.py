"""What the canonical tables and their columns are called by people."""

from __future__ import annotations

from caopan.units.message import Text


def _words(listed: str) -> dict[str, Text]:
    """Return the names of a listing: one a line, ``id | 中文 | English``."""
    rows = [[part.strip() for part in line.split("|")] for line in listed.strip().splitlines()]
    return {name: Text(zh=zh, en=en) for name, zh, en in rows}


TABLE_WORDS: dict[str, Text] = _words("""
merchants | 商家 | merchants
streamers | 主播 | streamers
sessions | 场次 | sessions
session_minutes | 分钟曲线 | session minutes
session_products | 场次商品 | session products
orders | 订单 | orders
ad_spend | 投放 | ad spend
products | 商品 | products
product_channels | 商品渠道 | product channels
videos | 短视频 | videos
followers_daily | 每日粉丝 | daily followers
providers | 服务商 | providers
operators | 操盘手 | operators
engagements | 服务合约 | engagements
belts | 产业带 | belts
planned_sessions | 排期 | planned sessions
planned_products | 计划商品 | planned products
""")
"""Every canonical table, in the order of the exchange format."""

COLUMN_WORDS: dict[str, Text] = _words("""
merchant_id | 商家编号 | merchant id
name | 名称 | name
category | 类目 | category
city | 城市 | city
province | 省份 | province
belt_id | 产业带编号 | belt id
kind | 类型 | kind
joined_on | 入驻日期 | joined on
trust_rights | 信任权益 | trust rights
currency | 币种 | currency
streamer_id | 主播 | streamer
provider_id | 服务商编号 | provider id
session_id | 场次编号 | session id
platform | 平台 | platform
started_at | 开播时刻 | started at
ended_at | 下播时刻 | ended at
duration_seconds | 直播时长 | duration
level | 场次等级 | level
campaign_id | 活动编号 | campaign id
title | 标题 | title
room_impressions | 直播间曝光次数 | room impressions
room_viewers_exposed | 曝光人数 | people reached
views | 观看次数 | views
viewers | 观看人数（去重） | viewers (people)
avg_online | 平均在线人数 | average online
peak_online | 最高在线人数 | peak online
avg_watch_seconds | 人均观看时长 | average watch time
product_impressions | 商品曝光次数 | product impressions
product_viewers | 商品曝光人数 | people shown a product
product_clicks | 商品点击次数 | product clicks
product_clickers | 商品点击人数 | people who clicked
orders | 成交订单数 | paid orders
buyers | 成交人数 | buyers
units | 成交件数 | units sold
gmv | 成交金额（含后续退款） | GMV (later refunds included)
refund_amount | 退款金额 | refund amount
refund_as_of | 退款截至时刻 | refunds known as of
new_followers | 新增粉丝 | new followers
lost_followers | 取关粉丝 | lost followers
comments | 评论次数 | comments
likes | 点赞次数 | likes
shares | 分享次数 | shares
private_views | 私域观看次数 | views from own audience
public_views | 公域观看次数 | views from the platform
paid_views | 付费观看次数 | paid views
ad_spend | 投放消耗 | ad spend
planned_ad_spend | 计划投放 | planned ad spend
planned_products | 计划商品数 | planned products
planned_minutes | 计划时长 | planned length
followers_at_start | 开播时粉丝 | followers at the start
engagement_id | 合约编号 | engagement id
operator_id | 操盘手编号 | operator id
minute | 第几分钟 | minute
online | 在线人数 | online
entries | 进房次数 | entries
entries_private | 私域进房 | entries from own audience
entries_public | 公域进房 | entries from the platform
entries_paid | 付费进房 | paid entries
clicks | 点击次数 | clicks
product_id | 商品编号 | product id
role | 商品角色 | role
live_price | 直播价 | live price
position | 排位 | position
explained_seconds | 讲解时长 | explained for
impressions | 曝光次数 | impressions
stock_planned | 备货 | planned stock
sold_out_at | 售罄时刻 | sold out at
order_id | 订单编号 | order id
line | 子订单 | order line
paid_at | 支付时刻 | paid at
created_at | 下单时刻 | created at
buyer_id | 买家（只存哈希） | buyer (kept as a hash)
quantity | 件数 | quantity
amount | 实付金额 | amount paid
refunded_at | 退款时刻 | refunded at
new_to_shop | 是否新客 | new to the shop
channel | 渠道 | channel
order_kind | 订单类型 | kind of order
plan_id | 计划编号 | plan id
starts_at | 开始时刻 | starts at
ends_at | 结束时刻 | ends at
tool | 投放工具 | tool
goal | 投放目标 | goal
spend | 消耗 | spend
net_spend | 净消耗 | net spend
attributed_gmv | 归因成交 | attributed GMV
attribution_window_days | 归因窗口 | attribution window
experiment | 实验分组 | experiment arm
unit_cost | 成本价 | unit cost
list_price | 吊牌价 | list price
lead_time_days | 补货天数 | lead time
shelf_life_days | 保质天数 | shelf life
salvage_value | 残值 | salvage value
stock_on_hand | 现货库存 | stock on hand
from | 起始日 | from
to | 截止日 | to
page_views | 页面浏览次数 | page views
unique_page_views | 页面浏览人数 | unique page views
video_id | 视频编号 | video id
published_at | 发布时刻 | published at
live_entries | 引流进房 | entries to live
day | 日期 | day
followers | 粉丝数 | followers
active_followers | 活跃粉丝 | active followers
tier | 层级 | tier
applied_on | 申请日期 | applied on
admitted_on | 准入日期 | admitted on
certified_on | 认证日期 | certified on
starts_on | 开始日期 | starts on
ends_on | 结束日期 | ends on
scope | 服务范围 | scope
fee_kind | 收费方式 | kind of fee
fee_rate | 费率 | fee rate
reason_picked | 选择原因 | why picked
assignment | 分配方式 | how assigned
planned_seconds | 计划讲解时长 | planned seconds
extra | 原样留存的列 | columns kept as they are
""")
"""Every canonical column; one name means the same in every table that has it."""


def column_words(name: str) -> Text:
    """Return what a column is called; its own name where it is no canonical one.

    >>> column_words("gmv").en, column_words("x_mood").zh
    ('GMV (later refunds included)', 'x_mood')
    """
    return COLUMN_WORDS.get(name, Text(zh=name, en=name))
