"""Sales (成交) as the sessions themselves report them."""

from __future__ import annotations

from caopan.metrics import part
from caopan.metrics.base import LISTED_PRODUCTS, SESSIONS
from caopan.metrics.metric import GmvBasis, Metric, Part
from caopan.units.message import Text
from caopan.units.unit import Unit

FAMILY = "sales"


def metrics() -> tuple[Metric, ...]:
    """Return the metrics of sales by session.

    >>> [metric.id for metric in metrics()][:2]
    ['gmv_gross', 'orders']
    """
    return (*_totals(), *_per_purchase(), *_per_thousand(), *_per_effort(), *_of_products())


def _money(
    id: str, zh: str, en: str, below: Part | None = None, *,  # noqa: A002 - the field's own name
    times: int = 1, trap: Text | None = None,
) -> Metric:
    """Return an amount of session GMV, over something."""
    return Metric(id=id, zh=zh, en=en, family=FAMILY, unit=Unit.MONEY, base=SESSIONS, money=True,
                  gmv_basis=GmvBasis.SESSION, numerator=part.GMV, denominator=below, times=times,
                  trap=trap)


def _totals() -> tuple[Metric, ...]:
    return (
        _money("gmv_gross", "成交金额（GMV）", "gross GMV",
               trap=Text(zh="含之后退款的订单；不同平台对“成交”的归属不同",
                         en="includes orders refunded later; platforms attribute it differently")),
        Metric(id="orders", zh="成交订单数", en="orders", family=FAMILY, unit=Unit.COUNT,
               base=SESSIONS, numerator=part.ORDERS),
        Metric(id="buyers", zh="成交人数（按场次相加）", en="buyers (added over sessions)",
               family=FAMILY, unit=Unit.PEOPLE, base=SESSIONS, numerator=part.BUYERS,
               trap=Text(zh="同一人在两场购买算两次；去重人数见 buyers_paid",
                         en="one buyer in two sessions counts twice; buyers_paid counts once")),
        Metric(id="units", zh="成交件数", en="units", family=FAMILY, unit=Unit.COUNT,
               base=SESSIONS, numerator=part.UNITS),
    )


def _per_purchase() -> tuple[Metric, ...]:
    return (
        _money("aov", "客单价", "GMV per buyer", part.BUYERS),
        _money("gmv_per_order", "笔单价", "GMV per order", part.ORDERS,
               trap=Text(zh="TikTok 导出里的 Avg. price 是这一个，不是件单价",
                         en="the Avg. price of a TikTok export is this one, not per item")),
        _money("price_per_item", "件单价", "GMV per item", part.UNITS),
        _money("gmv_per_unit", "件均成交额（拆解用）", "GMV per unit (as a factor)", part.UNITS),
        Metric(id="items_per_order", zh="连带率", en="items per order", family=FAMILY,
               unit=Unit.TIMES, base=SESSIONS, numerator=part.UNITS, denominator=part.ORDERS),
        Metric(id="orders_per_buyer", zh="人均订单数", en="orders per buyer", family=FAMILY,
               unit=Unit.TIMES, base=SESSIONS, numerator=part.ORDERS, denominator=part.BUYERS),
    )


def _per_thousand() -> tuple[Metric, ...]:
    other = Text(zh="各种“千次”口径不可互比：观看、人数、直播间曝光、商品曝光各有编号",
                 en="per 1,000 of what differs: views, viewers, room and product impressions "
                    "have ids of their own and are not comparable")
    return (
        _money("gpm", "千次观看成交金额（GPM）", "GMV per 1,000 views", part.VIEWS,
               times=1000, trap=other),
        _money("gpm_viewers", "千人观看成交金额", "GMV per 1,000 viewers", part.VIEWERS,
               times=1000, trap=other),
        _money("gpm_room_impr", "千次直播间曝光成交金额", "GMV per 1,000 room impressions",
               part.ROOM_IMPRESSIONS, times=1000, trap=other),
        _money("gpm_prod_impr", "千次商品曝光成交金额", "GMV per 1,000 product impressions",
               part.PRODUCT_IMPRESSIONS, times=1000, trap=other),
        Metric(id="opm", zh="千次观看成交单量", en="orders per 1,000 views", family=FAMILY,
               unit=Unit.COUNT, base=SESSIONS, numerator=part.ORDERS, denominator=part.VIEWS,
               times=1000),
        _money("uv_value", "UV 价值", "GMV per viewer", part.VIEWERS),
    )


def _per_effort() -> tuple[Metric, ...]:
    return (
        _money("gmv_per_hour", "小时成交金额", "GMV per hour", part.HOURS),
        _money("gmv_per_session", "场均成交金额", "GMV per session", part.SESSIONS,
               trap=Text(zh="没有成交金额的场次不计，成交为 0 的场次计入",
                         en="sessions without a figure are out; those that sold nothing are in")),
        Metric(id="orders_per_hour", zh="小时订单数", en="orders per hour", family=FAMILY,
               unit=Unit.COUNT, base=SESSIONS, numerator=part.ORDERS, denominator=part.HOURS),
        Metric(id="orders_per_session", zh="场均订单数", en="orders per session", family=FAMILY,
               unit=Unit.COUNT, base=SESSIONS, numerator=part.ORDERS, denominator=part.SESSIONS),
    )


def _of_products() -> tuple[Metric, ...]:
    gmv = part.column("gmv", "场次商品成交金额", "GMV of products in sessions")
    impressions = part.column("impressions", "商品曝光次数", "product impressions")
    return (
        Metric(id="gmv_products", zh="商品成交金额（场次商品表）", en="GMV of products in sessions",
               family=FAMILY, unit=Unit.MONEY, base=LISTED_PRODUCTS, money=True,
               gmv_basis=GmvBasis.PRODUCT, numerator=gmv,
               trap=Text(zh="与场次成交金额应当对得上；见对账",
                         en="should agree with the sessions' GMV: see the reconciliation")),
        Metric(id="product_gpm", zh="单品千次曝光成交金额",
               en="GMV of a product per 1,000 impressions", family=FAMILY, unit=Unit.MONEY,
               base=LISTED_PRODUCTS, money=True, gmv_basis=GmvBasis.PRODUCT, numerator=gmv,
               denominator=impressions, times=1000),
        Metric(id="product_price_per_item", zh="单品件单价", en="GMV per item of a product",
               family=FAMILY, unit=Unit.MONEY, base=LISTED_PRODUCTS, money=True,
               gmv_basis=GmvBasis.PRODUCT, numerator=gmv, denominator=part.UNITS),
    )
