"""Steps to a purchase (商品转化漏斗): seen, clicked, paid; by people and by times apart."""

from __future__ import annotations

from caopan.metrics import part
from caopan.metrics.base import CREATED_LINES, LISTED_PRODUCTS, SESSIONS
from caopan.metrics.metric import How, Metric, Part
from caopan.units.message import Text
from caopan.units.unit import Unit

FAMILY = "product_steps"


def metrics() -> tuple[Metric, ...]:
    """Return the metrics of the steps to a purchase.

    >>> [metric.id for metric in metrics()][:2]
    ['prod_expo_rate', 'prod_ctr_expo']
    """
    return (*_seen_and_clicked(), *_paid(), *_per_view(), *_of_products(), _created_and_paid())


def _seen_and_clicked() -> tuple[Metric, ...]:
    return (
        Metric(id="prod_expo_rate", zh="观看-商品曝光率", en="product exposure rate",
               family=FAMILY, unit=Unit.RATIO, base=SESSIONS, numerator=part.PRODUCT_VIEWERS,
               denominator=part.VIEWERS),
        Metric(id="prod_ctr_expo", zh="商品曝光-点击率（人数）", en="product click rate (people)",
               family=FAMILY, unit=Unit.RATIO, base=SESSIONS, numerator=part.PRODUCT_CLICKERS,
               denominator=part.PRODUCT_VIEWERS),
        Metric(id="prod_ctr_expo_times", zh="商品曝光-点击率（次数）",
               en="product click rate (times)", family=FAMILY, unit=Unit.RATIO, base=SESSIONS,
               numerator=part.PRODUCT_CLICKS, denominator=part.PRODUCT_IMPRESSIONS),
        Metric(id="prod_ctr_view", zh="商品点击率（按观看次数）", en="product clicks per view",
               family=FAMILY, unit=Unit.RATIO, base=SESSIONS, numerator=part.PRODUCT_CLICKS,
               denominator=part.VIEWS,
               trap=Text(zh="即 TikTok 的 CTR，可达按曝光算的数倍，两者不可比",
                         en="TikTok's CTR; several times the rate per impression, and not "
                            "comparable with it")),
    )


def _paid() -> tuple[Metric, ...]:
    return (
        Metric(id="click_pay_rate", zh="点击-成交率（人数）", en="click-to-pay rate (people)",
               family=FAMILY, unit=Unit.RATIO, base=SESSIONS, numerator=part.BUYERS,
               denominator=part.PRODUCT_CLICKERS),
        Metric(id="ctor", zh="点击-订单率（次数）", en="click-to-order rate (CTOR)",
               family=FAMILY, unit=Unit.RATIO, base=SESSIONS, numerator=part.ORDERS,
               denominator=part.PRODUCT_CLICKS),
        Metric(id="view_pay_rate", zh="观看-成交率", en="view-to-pay rate", family=FAMILY,
               unit=Unit.RATIO, base=SESSIONS, numerator=part.BUYERS, denominator=part.VIEWERS),
    )


def _per_view() -> tuple[Metric, ...]:
    return (
        Metric(id="orders_per_view", zh="次均成交订单", en="orders per view", family=FAMILY,
               unit=Unit.RATIO, base=SESSIONS, numerator=part.ORDERS, denominator=part.VIEWS),
        Metric(id="units_per_view", zh="次均成交件数", en="units per view", family=FAMILY,
               unit=Unit.TIMES, base=SESSIONS, numerator=part.UNITS, denominator=part.VIEWS),
    )


def _of_products() -> tuple[Metric, ...]:
    clicks = part.column("clicks", "商品点击次数", "product clicks")
    impressions = part.column("impressions", "商品曝光次数", "product impressions")
    return (
        Metric(id="product_ctr_times", zh="单品曝光-点击率（次数）",
               en="click rate of a product (times)", family=FAMILY, unit=Unit.RATIO,
               base=LISTED_PRODUCTS, numerator=clicks, denominator=impressions),
        Metric(id="product_ctor", zh="单品点击-订单率（次数）",
               en="click-to-order rate of a product", family=FAMILY, unit=Unit.RATIO,
               base=LISTED_PRODUCTS, numerator=part.ORDERS, denominator=clicks),
    )


def _created_and_paid() -> Metric:
    return Metric(
        id="create_pay_rate", zh="下单支付率", en="created-to-paid rate", family=FAMILY,
        unit=Unit.RATIO, base=CREATED_LINES,
        numerator=Part(words=Text(zh="已支付订单数", en="paid orders"), how=How.DISTINCT,
                       of=lambda rows: rows.order_id, known=True, counts="order_id",
                       only=lambda rows: rows.paid_at.notnull()),
        denominator=Part(words=Text(zh="下单订单数", en="created orders"), how=How.DISTINCT,
                         of=lambda rows: rows.order_id, known=True, counts="order_id"),
        trap=Text(zh="时段按下单时间；临近数据末尾的订单可能还没付",
                  en="dated by creation; the last orders in the data may still be paid"),
    )
