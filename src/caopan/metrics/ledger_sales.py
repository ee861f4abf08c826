"""Sales (成交) rebuilt from the order ledger, the best witness across platforms."""

from __future__ import annotations

from caopan.metrics import part
from caopan.metrics.base import PAID_LINES
from caopan.metrics.metric import GmvBasis, How, Metric, Part
from caopan.units.message import Text
from caopan.units.unit import Unit

FAMILY = "ledger_sales"
AMOUNT = part.column("amount", "已付订单金额", "paid amount")
UNITS = part.column("quantity", "已付件数", "paid units")
ORDERS = Part(words=Text(zh="已付订单数", en="paid orders"), of=lambda rows: rows.order_id,
              how=How.DISTINCT, known=True, counts="order_id")
BUYERS = part.distinct("buyer_id", "去重成交人数", "distinct buyers")


def metrics() -> tuple[Metric, ...]:
    """Return the metrics of sales by the order ledger.

    >>> [metric.id for metric in metrics()][:2]
    ['gmv_orders', 'orders_paid']
    """
    return (*_totals(), *_averages())


def _totals() -> tuple[Metric, ...]:
    return (
        Metric(id="gmv_orders", zh="订单成交金额（GMV）", en="GMV of paid orders", family=FAMILY,
               unit=Unit.MONEY, base=PAID_LINES, money=True, gmv_basis=GmvBasis.PAID,
               numerator=AMOUNT,
               trap=Text(zh="含之后退款；不含 0 元福袋、赠品订单；按支付时间计",
                         en="includes later refunds, leaves out zero-yuan lottery and gift "
                            "orders; dated by payment")),
        Metric(id="orders_paid", zh="已付订单数", en="paid orders", family=FAMILY,
               unit=Unit.COUNT, base=PAID_LINES, numerator=ORDERS,
               trap=Text(zh="一单多行只算一单；按商品拆分时各行各算",
                         en="an order of several lines is one; split by product it counts in "
                            "each")),
        Metric(id="buyers_paid", zh="成交人数（去重）", en="distinct buyers", family=FAMILY,
               unit=Unit.PEOPLE, base=PAID_LINES, numerator=BUYERS,
               trap=Text(zh="各组人数不可相加；没有买家编号的订单不计",
                         en="groups cannot be added up; orders without a buyer are out")),
        Metric(id="units_paid", zh="已付件数", en="paid units", family=FAMILY, unit=Unit.COUNT,
               base=PAID_LINES, numerator=UNITS),
    )


def _averages() -> tuple[Metric, ...]:
    return (
        Metric(id="aov_paid", zh="客单价（订单）", en="GMV per distinct buyer", family=FAMILY,
               unit=Unit.MONEY, base=PAID_LINES, money=True, gmv_basis=GmvBasis.PAID,
               numerator=AMOUNT, denominator=BUYERS),
        Metric(id="gmv_per_order_paid", zh="笔单价（订单）", en="GMV per paid order",
               family=FAMILY, unit=Unit.MONEY, base=PAID_LINES, money=True,
               gmv_basis=GmvBasis.PAID, numerator=AMOUNT, denominator=ORDERS),
        Metric(id="price_per_item_paid", zh="件单价（订单）", en="GMV per paid item",
               family=FAMILY, unit=Unit.MONEY, base=PAID_LINES, money=True,
               gmv_basis=GmvBasis.PAID, numerator=AMOUNT, denominator=UNITS),
        Metric(id="items_per_order_paid", zh="连带率（订单）", en="items per paid order",
               family=FAMILY, unit=Unit.TIMES, base=PAID_LINES, numerator=UNITS,
               denominator=ORDERS),
        Metric(id="orders_per_buyer_paid", zh="人均订单数（去重）",
               en="paid orders per distinct buyer", family=FAMILY, unit=Unit.TIMES,
               base=PAID_LINES, numerator=ORDERS, denominator=BUYERS),
    )
