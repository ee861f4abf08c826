"""Numerators and denominators that several metrics share, each with its words."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from caopan.metrics.metric import How, Part
from caopan.metrics.ratio import ratio
from caopan.units.message import Text

SECONDS_OF_AN_HOUR = 3600


def column(name: str, zh: str, en: str) -> Part:
    """Return the sum of one column.

    >>> column("viewers", "观看人数", "viewers").words.en
    'viewers'
    """
    return Part(words=Text(zh=zh, en=en), of=lambda rows: rows[name], reads=frozenset({name}))


def counted(zh: str, en: str) -> Part:
    """Return the number of rows.

    >>> counted("场次数", "sessions").known
    True
    """
    return Part(words=Text(zh=zh, en=en), of=lambda _rows: ibis.literal(1), how=How.COUNT,
                known=True, reads=frozenset())


def distinct(name: str, zh: str, en: str) -> Part:
    """Return the number of different values of one column; a null is not known.

    >>> distinct("buyer_id", "购买人数", "buyers").how.value
    'distinct'
    """
    return Part(words=Text(zh=zh, en=en), of=lambda rows: rows[name], how=How.DISTINCT,
                counts=name, reads=frozenset({name}))


def on_air_seconds(rows: ir.Table) -> ir.Value:
    """Return how long each session was on air; null where its end is missing or not after."""
    seconds = rows.ended_at.delta(rows.started_at, unit="second")
    return ibis.ifelse(seconds > 0, seconds, ibis.null("int64"))


def on_air_hours(rows: ir.Table) -> ir.Value:
    """Return how long each session was on air, in hours."""
    return ratio(on_air_seconds(rows), SECONDS_OF_AN_HOUR)


def both(zh: str, en: str, *names: str) -> Part:
    """Return the sum of several columns of one row; not known unless all are.

    >>> both("互动", "interactions", "likes", "shares").words.zh
    '互动'
    """
    def added(rows: ir.Table) -> ir.Value:
        total = rows[names[0]]
        for name in names[1:]:
            total = total + rows[name]
        return total

    return Part(words=Text(zh=zh, en=en), of=added, reads=frozenset(names))


SESSIONS = counted("场次数", "sessions")
HOURS = Part(words=Text(zh="直播时长（小时）", en="hours on air"), of=on_air_hours,
             reads=frozenset({"started_at", "ended_at"}))
ROOM_IMPRESSIONS = column("room_impressions", "直播间曝光次数", "room impressions")
EXPOSED = column("room_viewers_exposed", "直播间曝光人数", "people shown the room")
VIEWS = column("views", "观看次数", "views")
VIEWERS = column("viewers", "观看人数", "viewers")
PRODUCT_IMPRESSIONS = column("product_impressions", "商品曝光次数", "product impressions")
PRODUCT_VIEWERS = column("product_viewers", "商品曝光人数", "people shown a product")
PRODUCT_CLICKS = column("product_clicks", "商品点击次数", "product clicks")
PRODUCT_CLICKERS = column("product_clickers", "商品点击人数", "people who clicked a product")
ORDERS = column("orders", "成交订单数", "orders")
BUYERS = column("buyers", "成交人数", "buyers")
UNITS = column("units", "成交件数", "units")
GMV = column("gmv", "成交金额", "GMV")
NEW_FOLLOWERS = column("new_followers", "新增粉丝数", "new followers")
AD_SPEND = column("ad_spend", "投放消耗", "ad spend")
