"""The rows that metrics are summed over, as they stand in the canonical tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import ibis.expr.types as ir
from ibis import _

from caopan.metrics.calendar import TIME_NAMES, within
from caopan.metrics.grouping import Link, Shape, attach
from caopan.metrics.metric import Base, Part
from caopan.metrics.scope import Scope
from caopan.metrics.served import SERVICE_NAMES
from caopan.units.message import Text

_STREAMERS_MERCHANT = Link(key="streamer_id", table="streamers", value=_.merchant_id)
_SESSIONS_MERCHANT = Link(key="session_id", table="sessions", value=_.merchant_id)
_SESSIONS_STREAMER = Link(key="session_id", table="sessions", value=_.streamer_id)
_SESSIONS_CURRENCY = Link(key="session_id", table="sessions", value=_.currency)
_OF_SESSION = {"merchant_id": _SESSIONS_MERCHANT, "currency": _SESSIONS_CURRENCY}

SESSION_SHAPE = Shape(
    own=frozenset("session_id streamer_id merchant_id platform level campaign_id engagement_id "
                  "operator_id currency".split()),
    at="started_at", serviced=True, links={"merchant_id": _STREAMERS_MERCHANT},
)
LINE_SHAPE = Shape(
    own=frozenset("order_id session_id merchant_id streamer_id product_id buyer_id new_to_shop "
                  "channel order_kind province currency".split()),
    at="paid_at", serviced=True, links={"streamer_id": _SESSIONS_STREAMER},
)
CREATED_SHAPE = Shape(own=LINE_SHAPE.own, at="created_at", links=LINE_SHAPE.links)
PRODUCT_SHAPE = Shape(own=frozenset({"session_id", "product_id", "role", "currency"}),
                      at="started_at", serviced=True, links=_OF_SESSION)
MINUTE_SHAPE = Shape(own=frozenset({"session_id", "minute"}), at="started_at", serviced=True,
                     links=_OF_SESSION)
AD_SHAPE = Shape(
    own=frozenset("plan_id session_id merchant_id streamer_id tool goal experiment "
                  "currency".split()),
    at="starts_at", serviced=True,
    links={"merchant_id": _SESSIONS_MERCHANT, "streamer_id": _SESSIONS_STREAMER},
)
CHANNEL_SHAPE = Shape(
    own=frozenset({"product_id", "channel", "currency"}), at="from", hourly=False,
    links={"merchant_id": Link(key="product_id", table="products", value=_.merchant_id)},
)
FOLLOWER_SHAPE = Shape(own=frozenset({"streamer_id"}), at="day", hourly=False,
                       links={"merchant_id": _STREAMERS_MERCHANT})


def session_rows(scope: Scope) -> ir.Table:
    """Return the sessions that started in the period, one row each."""
    return attach(within(scope.table("sessions"), "started_at", scope), SESSION_SHAPE, scope)


def paid_lines(scope: Scope) -> ir.Table:
    """Return the order lines paid in the period, one row each.

    Unpaid lines are out, and so are the zero-yuan lottery and gift lines: they are no sales.
    """
    return attach(sold(within(scope.table("orders"), "paid_at", scope)), LINE_SHAPE, scope)


def sold(orders: ir.Table) -> ir.Table:
    """Return the order lines that are sales: paid, and no zero-yuan lottery or gift."""
    given_away = ["lottery", "gift"]
    real = (_.amount != 0) | _.order_kind.isnull() | _.order_kind.notin(given_away)
    return orders.filter(_.paid_at.notnull(), real)


def created_lines(scope: Scope) -> ir.Table:
    """Return the order lines created in the period, paid or not, one row each."""
    rows = within(scope.table("orders").filter(_.created_at.notnull()), "created_at", scope)
    return attach(rows, CREATED_SHAPE, scope)


def listed_products(scope: Scope) -> ir.Table:
    """Return the products listed in the sessions that started in the period, one row each."""
    return attach(_of_sessions("session_products", scope), PRODUCT_SHAPE, scope)


def minutes(scope: Scope) -> ir.Table:
    """Return the minutes of the sessions that started in the period, one row each."""
    return attach(_of_sessions("session_minutes", scope), MINUTE_SHAPE, scope)


def ad_rows(scope: Scope) -> ir.Table:
    """Return the ad rows that began in the period, one row a plan and start."""
    return attach(within(scope.table("ad_spend"), "starts_at", scope), AD_SHAPE, scope)


def channel_rows(scope: Scope) -> ir.Table:
    """Return the product channel rows whose stretch begins in the period."""
    return attach(within(scope.table("product_channels"), "from", scope), CHANNEL_SHAPE, scope)


def follower_days(scope: Scope) -> ir.Table:
    """Return the follower counts by streamer and day, with ``gained`` since the count before."""
    rows = scope.table("followers_daily")
    before = rows.followers.lag().over(group_by=rows.streamer_id, order_by=rows.day)
    return attach(within(rows.mutate(gained=rows.followers - before), "day", scope),
                  FOLLOWER_SHAPE, scope)


def trimmed(scope: Scope, *, base: Base, parts: Iterable[Part]) -> Scope:
    """Return the scope with no more columns than the parts read, where that is known.

    Only for rows that are a table with its groupings: rows worked out from others need more.

    >>> from caopan.metrics.part import VIEWERS
    >>> trimmed(Scope(tables={}), base=SESSIONS, parts=[VIEWERS]).columns
    frozenset({'viewers'})
    """
    read = [part.reads for part in parts]
    if base.rows not in _AS_STORED or None in read:
        return scope
    return replace(scope, columns=frozenset().union(*(names for names in read if names)))


_AS_STORED = frozenset({session_rows, paid_lines, created_lines, listed_products, minutes,
                        ad_rows, channel_rows, follower_days})


def _of_sessions(name: str, scope: Scope) -> ir.Table:
    """Return the rows of a table that hangs on sessions, with the start where it is needed."""
    rows = scope.table(name)
    timed = set(scope.by) & (set(TIME_NAMES) | set(SERVICE_NAMES) | {"provider_kind",
                             "provider_tier", "provider_city"})
    if not (timed or scope.period or scope.as_of):
        return rows
    start = scope.table("sessions").select(_key="session_id", started_at="started_at")
    joined = rows.left_join(start, rows.session_id == start["_key"]).drop("_key")
    return within(joined, "started_at", scope)


_SESSIONS_SOURCE = Text(zh="场次表（平台或第三方的场次数据）",
                        en="sessions (the platform's or a third party's own figures)")
_ORDERS_SOURCE = Text(zh="订单明细", en="the order ledger")

SESSIONS = Base(
    name="sessions", counted=Text(zh="场次", en="sessions"),
    tables=("sessions", "streamers"), shape=SESSION_SHAPE, rows=session_rows,
    source=_SESSIONS_SOURCE,
)
PAID_LINES = Base(
    name="paid_lines", counted=Text(zh="已付订单行", en="paid order lines"), tables=("orders",),
    shape=LINE_SHAPE, rows=paid_lines, source=_ORDERS_SOURCE,
)
CREATED_LINES = Base(
    name="created_lines", counted=Text(zh="已下单订单行", en="created order lines"),
    tables=("orders",), shape=CREATED_SHAPE, rows=created_lines, source=_ORDERS_SOURCE,
)
LISTED_PRODUCTS = Base(
    name="listed_products", counted=Text(zh="场次商品", en="products listed in sessions"),
    tables=("session_products", "sessions"), shape=PRODUCT_SHAPE, rows=listed_products,
    source=Text(zh="场次商品表", en="products of sessions"),
)
MINUTES = Base(
    name="minutes", counted=Text(zh="分钟", en="minutes"), tables=("session_minutes", "sessions"),
    shape=MINUTE_SHAPE, rows=minutes, source=Text(zh="分钟表", en="minutes of sessions"),
)
ADS = Base(
    name="ads", counted=Text(zh="投放记录", en="ad rows"), tables=("ad_spend", "sessions"),
    shape=AD_SHAPE, rows=ad_rows, source=Text(zh="投放表", en="ad spend"),
)
CHANNELS = Base(
    name="channels", counted=Text(zh="商品渠道记录", en="product channel rows"),
    tables=("product_channels", "products"), shape=CHANNEL_SHAPE, rows=channel_rows,
    source=Text(zh="商品渠道表", en="products by channel"),
)
FOLLOWER_DAYS = Base(
    name="follower_days", counted=Text(zh="主播日", en="streamer days"),
    tables=("followers_daily", "streamers"), shape=FOLLOWER_SHAPE, rows=follower_days,
    source=Text(zh="每日粉丝表", en="followers by day"),
)
