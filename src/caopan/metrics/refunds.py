"""Refunds (退款) at equal maturity: what was known k days after payment, never a mix of ages."""

from __future__ import annotations

from caopan.metrics import part
from caopan.metrics.base import LISTED_PRODUCTS, SESSIONS
from caopan.metrics.ledger_sales import AMOUNT, ORDERS
from caopan.metrics.metric import GmvBasis, How, Metric, Part
from caopan.metrics.refunded_lines import (
    RIPE_LINES,
    net_by,
    refunded_by,
    refunded_so_far,
    ripe_for,
)
from caopan.units.message import Text
from caopan.units.unit import Unit

FAMILY = "refunds"
MATURITIES = (0, 1, 7, 14, 30)
"""Business days after payment at which refunds are counted; 0 is the day of payment itself."""


def metrics() -> tuple[Metric, ...]:
    """Return the metrics of refunds.

    >>> [metric.maturity for metric in metrics() if metric.id.startswith("gmv_net")]
    [0, 1, 7, 14, 30]
    """
    ripe = [make(days) for days in MATURITIES for make in (_net, _rate, _rate_of_orders)]
    return (*ripe, *_to_date(), *_by_platform())


def _window(days: int) -> Text:
    return Text(zh=f"支付后 {days} 个营业日内", en=f"within {days} business days after payment")


def _net(days: int) -> Metric:
    return Metric(
        id=f"gmv_net_{days}", zh=f"净成交金额（T+{days}）", en=f"net GMV at {days} days",
        family=FAMILY, unit=Unit.MONEY, base=RIPE_LINES, money=True, gmv_basis=GmvBasis.NET,
        maturity=days, strict=True, window=_window(days),
        numerator=Part(
            words=Text(zh=f"已付金额 − 支付后 {days} 天内已知退款",
                       en=f"paid amount − refunds known {days} days after payment"),
            of=lambda rows: net_by(rows, days)),
        trap=Text(zh="组内有订单未满期就不给数：不同成熟度不可比较",
                  en="null while any order of the group is younger: maturities never mix"),
    )


def _rate(days: int) -> Metric:
    return Metric(
        id=f"refund_rate_{days}", zh=f"退款率（金额，T+{days}）",
        en=f"refund rate by money at {days} days", family=FAMILY, unit=Unit.RATIO,
        base=ripe_for(days), money=True, gmv_basis=GmvBasis.PAID, maturity=days, strict=True,
        window=_window(days), denominator=AMOUNT, trap=_ONLY_RIPE,
        numerator=Part(words=Text(zh=f"{days} 天内退款金额", en=f"refunds within {days} days"),
                       of=lambda rows: refunded_by(rows, days)),
    )


def _rate_of_orders(days: int) -> Metric:
    return Metric(
        id=f"refund_rate_orders_{days}", zh=f"退款率（订单，T+{days}）",
        en=f"refund rate by orders at {days} days", family=FAMILY, unit=Unit.RATIO,
        base=ripe_for(days), maturity=days, strict=True, window=_window(days),
        denominator=ORDERS, trap=_ONLY_RIPE,
        numerator=Part(words=Text(zh=f"{days} 天内有退款的订单数",
                                  en=f"orders refunded within {days} days"),
                       of=lambda rows: rows.order_id, how=How.DISTINCT, counts="order_id",
                       only=lambda rows: refunded_by(rows, days) > 0),
    )


def _to_date() -> tuple[Metric, ...]:
    mixed = Text(zh="新订单还没来得及退款，老订单已退完：不同时段不可比较，比较请用 refund_rate_30",
                 en="young orders have not been refunded yet: periods cannot be compared; "
                    "compare with refund_rate_30")
    return (
        Metric(
            id="refund_rate_to_date", zh="退款率（金额，截至目前）",
            en="refund rate by money to date", family=FAMILY, unit=Unit.RATIO, base=RIPE_LINES,
            money=True, gmv_basis=GmvBasis.PAID, strict=True, denominator=AMOUNT, trap=mixed,
            window=Text(zh="截至查看时，各订单长短不一",
                        en="until now, unequal from order to order"),
            numerator=Part(words=Text(zh="已知退款金额", en="refunds known so far"),
                           of=refunded_so_far),
        ),
    )


def _by_platform() -> tuple[Metric, ...]:
    unripe = Text(zh="平台导出时点的累计退款，成熟度随 refund_as_of 而变，不可跨期比较",
                  en="refunds as of the export (refund_as_of): maturity varies, so periods "
                     "cannot be compared")
    refunded = part.column("refund_amount", "平台退款金额", "refunds by the platform")
    return (
        Metric(id="refund_rate_platform", zh="退款率（平台场次口径）",
               en="refund rate by the platform's sessions", family=FAMILY, unit=Unit.RATIO,
               base=SESSIONS, money=True, gmv_basis=GmvBasis.SESSION, numerator=refunded,
               denominator=part.GMV, trap=unripe),
        Metric(id="refund_rate_products", zh="退款率（平台商品口径）",
               en="refund rate by the platform's products", family=FAMILY, unit=Unit.RATIO,
               base=LISTED_PRODUCTS, money=True, gmv_basis=GmvBasis.PRODUCT, numerator=refunded,
               denominator=part.GMV, trap=unripe),
    )


_ONLY_RIPE = Text(zh="只算支付已满期的订单；未满期的不进分母",
                  en="only orders paid long enough ago; younger ones are not in the denominator")
