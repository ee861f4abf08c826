"""The words of a session's columns: each in a group, with its unit where it is no plain count."""

from __future__ import annotations

from caopan.units.message import Text
from caopan.units.unit import Unit

_TABLE = """
时间与归属|When and whose
started_at|开播|Went live|
ended_at|下播|Ended|
platform|平台|Platform|
streamer_id|主播编号|Host id|
merchant_id|商家编号|Merchant id|
level|级别|Level|
campaign_id|活动|Campaign|
engagement_id|服务合约|Engagement|
operator_id|操盘手|Operator|
title|标题|Title|
currency|币种|Currency|
流量|Traffic
room_impressions|直播间曝光次数|Room impressions|
room_viewers_exposed|直播间曝光人数|People shown the room|people
views|观看次数|Views|
viewers|观看人数|Viewers|people
avg_online|平均在线|Average online|people
peak_online|最高在线|Peak online|people
avg_watch_seconds|人均停留|Average watch time|seconds
private_views|私域观看|Private views|
public_views|公域观看|Public views|
paid_views|付费观看|Paid views|
商品与成交|Products and sales
product_impressions|商品曝光次数|Product impressions|
product_viewers|商品曝光人数|People shown a product|people
product_clicks|商品点击次数|Product clicks|
product_clickers|商品点击人数|People who clicked|people
orders|成交订单|Orders|
buyers|成交人数|Buyers|people
units|成交件数|Units|
gmv|成交金额|GMV|
refund_amount|退款金额|Refunds|
refund_as_of|退款统计到|Refunds as of|
互动与粉丝|Interaction and followers
new_followers|新增粉丝|Followers gained|people
lost_followers|取关粉丝|Followers lost|people
followers_at_start|开播时粉丝|Followers at the start|people
comments|评论|Comments|
likes|点赞|Likes|
shares|分享|Shares|
投放与计划|Advertising and plan
ad_spend|投放消耗|Ad spend|
planned_ad_spend|计划消耗|Planned spend|
planned_products|计划商品数|Planned products|
planned_minutes|计划时长|Planned length|minutes
"""

GOALS: dict[str, Text] = {
    "gmv": Text(zh="成交", en="sales"), "followers": Text(zh="涨粉", en="followers"),
    "views": Text(zh="观看", en="views")}
"""What an ad is bought for."""


def _read() -> tuple[dict[str, tuple[Text, Unit | None]], tuple[tuple[Text, tuple[str, ...]], ...]]:
    fields: dict[str, tuple[Text, Unit | None]] = {}
    groups: list[tuple[Text, list[str]]] = []
    for line in _TABLE.strip().splitlines():
        words = line.split("|")
        if len(words) == 2:  # noqa: PLR2004 - a heading: its two languages
            groups.append((Text(zh=words[0], en=words[1]), []))
            continue
        name, zh, en, unit = words
        fields[name] = Text(zh=zh, en=en), Unit(unit) if unit else None
        groups[-1][1].append(name)
    return fields, tuple((title, tuple(names)) for title, names in groups)


FIELDS, GROUPS = _read()
"""The word and the unit of every column, and the groups they stand in."""
