"""Service (服务商服务): how much of the trade is served by providers, as observed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import ibis
import ibis.expr.types as ir

from caopan.metrics.base import PAID_LINES, paid_lines
from caopan.metrics.calendar import day_of, days_between, looked_on
from caopan.metrics.grouping import Shape
from caopan.metrics.metric import Base, GmvBasis, How, Metric, Part
from caopan.metrics.scope import Scope
from caopan.units.message import Text
from caopan.units.unit import Unit

FAMILY = "service"
FIRST_DAYS = (30, 90, 180)


def metrics() -> tuple[Metric, ...]:
    """Return the metrics of service; they say what was served, not what service did.

    >>> [metric.id for metric in metrics()][:2]
    ['served_share', 'merchants_served']
    """
    return (*_merchants(), *_gmv(), *(_first_days(days) for days in FIRST_DAYS))


def _merchants() -> tuple[Metric, ...]:
    sold = Text(zh="有成交的商家数", en="merchants that sold")
    served = Part(words=Text(zh="在有服务商在服的日子成交过的商家数",
                             en="merchants that sold on a day with a provider in force"),
                  of=lambda rows: rows.merchant_id, how=How.DISTINCT,
                  only=lambda rows: rows["served"])
    return (
        Metric(id="served_share", zh="服务商渗透率", en="share of merchants served",
               family=FAMILY, unit=Unit.RATIO, base=_SERVED, numerator=served,
               denominator=Part(words=sold, of=lambda rows: rows.merchant_id, how=How.DISTINCT),
               trap=_OBSERVED),
        Metric(id="merchants_served", zh="被服务商家数", en="merchants served", family=FAMILY,
               unit=Unit.COUNT, base=_SERVED, numerator=served),
        Metric(id="brands_served", zh="被服务品牌数", en="brands served", family=FAMILY,
               unit=Unit.COUNT, base=_SERVED_BRANDS,
               numerator=replace(served, words=Text(zh="其中品牌商家", en="of them, brands"),
                                 only=lambda rows: rows["served"] & _brand(rows))),
    )


def _gmv() -> tuple[Metric, ...]:
    def amount(zh: str, en: str, *, brands: bool = False) -> Part:
        return Part(words=Text(zh=zh, en=en), of=lambda rows: rows.amount,
                    only=lambda rows: rows["served"] & _brand(rows) if brands else rows["served"])

    return (
        Metric(id="served_gmv", zh="在服商家成交金额", en="GMV while served", family=FAMILY,
               unit=Unit.MONEY, base=_SERVED, money=True, gmv_basis=GmvBasis.PAID,
               numerator=amount("有服务商在服时的成交金额", "GMV on days with a provider in force"),
               trap=_OBSERVED),
        Metric(id="served_gmv_share", zh="在服成交占比", en="share of GMV while served",
               family=FAMILY, unit=Unit.RATIO, base=_SERVED, money=True, gmv_basis=GmvBasis.PAID,
               numerator=amount("有服务商在服时的成交金额", "GMV on days with a provider in force"),
               denominator=Part(words=Text(zh="全部成交金额", en="all GMV"),
                                of=lambda rows: rows.amount), trap=_OBSERVED),
        Metric(id="served_brand_gmv", zh="服务商贡献的品牌成交金额", en="brand GMV while served",
               family=FAMILY, unit=Unit.MONEY, base=_SERVED_BRANDS, money=True,
               gmv_basis=GmvBasis.PAID,
               numerator=amount("品牌商家在服时的成交金额",
                                "GMV of brands on days with a provider in force", brands=True),
               trap=_OBSERVED),
    )


def _first_days(days: int) -> Metric:
    return Metric(
        id=f"provider_gmv_first_{days}", zh=f"服务商入驻前 {days} 天成交金额",
        en=f"GMV in a provider's first {days} days", family=FAMILY, unit=Unit.MONEY,
        base=_PROVIDERS, money=True, gmv_basis=GmvBasis.PAID,
        window=Text(zh=f"首个服务合约起 {days} 天", en=f"{days} days from the first engagement"),
        numerator=Part(words=Text(zh=f"前 {days} 天在服成交金额",
                                  en=f"GMV while served in the first {days} days"),
                       of=lambda rows: _early(rows, days)),
        denominator=Part(words=Text(zh=f"已满 {days} 天且有成交的服务商数",
                                    en=f"providers with sales, {days} days and more in"),
                         of=lambda rows: rows.provider_id, how=How.DISTINCT),
        trap=Text(zh="订单数据晚于服务商入驻的不计；是观察值，不是服务效果",
                  en="providers that began before the order data do not count; observed, not "
                     "the effect of service"),
    )


def _lines_with(*names: str) -> Callable[[Scope], ir.Table]:
    """Return the paid lines with these groupings besides the scope's own."""
    return lambda scope: paid_lines(replace(scope, by=tuple(dict.fromkeys((*scope.by, *names)))))


def _provider_lines(scope: Scope) -> ir.Table:
    """Return the paid lines with a provider in force, with ``since_start`` and ``watched``.

    ``since_start``: business days from the provider's first engagement; ``watched``: those until
    the day of looking, null where the order data begin later than the provider.
    """
    rows = _lines_with("provider_id")(scope)
    terms = scope.table("engagements")
    starts = terms.group_by(_provider=terms.provider_id).aggregate(start=terms.starts_on.min())
    rows = rows.join(starts, rows.provider_id == starts["_provider"]).drop("_provider")
    orders = scope.table("orders")
    first = day_of(orders.aggregate(first=orders.paid_at.min()).as_scalar())
    watched = days_between(rows.start, looked_on(scope))
    return rows.mutate(since_start=days_between(rows.start, day_of(rows.paid_at)),
                       watched=ibis.ifelse(first <= rows.start, watched, ibis.null("int64")))


def _early(rows: ir.Table, days: int) -> ir.Value:
    amount = ibis.ifelse(rows.since_start < days, rows.amount, 0)
    return ibis.ifelse(rows.watched >= days, amount, ibis.null("int64"))


def _brand(rows: ir.Table) -> ir.Value:
    return rows["merchant_kind"] == "brand"


_OBSERVED = Text(zh="观察值：服务商会挑商家，差别不等于服务的效果",
                 en="observed: providers pick whom they serve, so a difference is not their effect")
_TABLES = ("orders", "engagements", "merchants", "sessions")
_SERVED = replace(PAID_LINES, name="served_lines", tables=_TABLES, rows=_lines_with("served"))
_SERVED_BRANDS = replace(PAID_LINES, name="served_lines_by_kind", tables=_TABLES,
                         rows=_lines_with("served", "merchant_kind"))
_PROVIDERS = Base(
    name="provider_lines", counted=PAID_LINES.counted, tables=("orders", "engagements"),
    rows=_provider_lines, source=PAID_LINES.source,
    shape=Shape(own=PAID_LINES.shape.own, at="paid_at", serviced=True,
                links=PAID_LINES.shape.links),
)
