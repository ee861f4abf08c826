"""The figures of the 2021 report on the provider ecosystem, as far as the tables carry them.

Others of its figures are metrics elsewhere: repurchase, cost per follower, followers gained,
sessions per week, single-session records, served merchants. Growth of any of them is
``change.change``; all are observed, none is an estimated effect.
"""

from __future__ import annotations

from dataclasses import replace

import ibis.expr.types as ir

from caopan.metrics.base import PAID_LINES, paid_lines
from caopan.metrics.calendar import within
from caopan.metrics.grouping import Shape, attach
from caopan.metrics.metric import Base, GmvBasis, How, Metric, Part
from caopan.metrics.operated import OPERATED, OPERATED_AROUND
from caopan.metrics.scope import Scope
from caopan.units.message import Text
from caopan.units.unit import Unit

FAMILY = "article"
MAJOR = 100
MILLION = 1_000_000


def metrics() -> tuple[Metric, ...]:
    """Return the article's own figures.

    >>> [metric.id for metric in metrics()][:2]
    ['brands_over_50m', 'brands_over_100m']
    """
    return (*_over(), *_arrivals(), *_brand_self(), *_operated())


def _over() -> tuple[Metric, ...]:
    return (
        _brands_over(50),
        _brands_over(100),
        Metric(id="providers_over_100m", zh="在服成交过亿的服务商数",
               en="providers over 100 million", family=FAMILY, unit=Unit.COUNT, base=_PROVIDERS,
               money=True, gmv_basis=GmvBasis.PAID, trap=_CURRENCY,
               numerator=Part(words=Text(zh="时段内在服成交不低于 1 亿的服务商",
                                         en="providers with GMV of 100 million and more while "
                                            "serving"),
                              of=lambda rows: _over_limit(rows, 100))),
    )


def _brands_over(limit: int) -> Metric:
    return Metric(
        id=f"brands_over_{limit}m", zh=f"成交过 {limit * 100:,} 万的品牌数",
        en=f"brands over {limit} million", family=FAMILY, unit=Unit.COUNT, base=_MERCHANTS,
        money=True, gmv_basis=GmvBasis.PAID, trap=_CURRENCY,
        numerator=Part(words=Text(zh=f"时段内成交不低于 {limit * 100:,} 万的品牌商家",
                                  en=f"brands with GMV of {limit} million and more"),
                       of=lambda rows: _over_limit(rows, limit),
                       only=lambda rows: rows["merchant_kind"] == "brand"),
    )


def _arrivals() -> tuple[Metric, ...]:
    return (
        Metric(id="merchants_joined", zh="新入驻商家数", en="merchants that joined",
               family=FAMILY, unit=Unit.COUNT, base=_JOINED,
               numerator=Part(words=Text(zh="入驻商家", en="merchants joined"), how=How.COUNT,
                              of=lambda rows: rows.joined_on)),
        Metric(id="new_brands", zh="新入驻品牌数", en="brands that joined", family=FAMILY,
               unit=Unit.COUNT, base=_JOINED,
               numerator=Part(words=Text(zh="入驻的品牌商家", en="brands joined"), how=How.COUNT,
                              of=lambda rows: rows.joined_on,
                              only=lambda rows: rows.kind == "brand")),
        Metric(id="providers_admitted", zh="准入服务商数", en="providers admitted",
               family=FAMILY, unit=Unit.COUNT, base=_ADMITTED,
               numerator=Part(words=Text(zh="准入服务商", en="providers admitted"), how=How.COUNT,
                              of=lambda rows: rows.admitted_on)),
    )


def _brand_self() -> tuple[Metric, ...]:
    return (
        Metric(id="brand_self_gmv", zh="品牌自播成交金额", en="brands' self-broadcast GMV",
               family=FAMILY, unit=Unit.MONEY, base=_BRAND_LINES, money=True,
               gmv_basis=GmvBasis.PAID,
               numerator=Part(words=Text(zh="品牌商家自播渠道的已付金额",
                                         en="paid amount of brands through their own rooms"),
                              of=lambda rows: rows.amount,
                              only=lambda rows: (rows["merchant_kind"] == "brand")
                              & (rows.channel == "self"))),
    )


def _operated() -> tuple[Metric, ...]:
    observed = Text(zh="观察到的前后对比，含挑选与回归均值，不是估计的效果；1.93 即 +93 %",
                    en="raw before and after, with selection and regression to the mean in it, "
                       "not an estimated effect; 1.93 is +93 %")
    return (
        Metric(id="operated_session_uplift", zh="操盘场次成交倍数（观察值）",
               en="operated sessions over the streamer's usual (observed)", family=FAMILY,
               unit=Unit.TIMES, base=OPERATED, money=True, gmv_basis=GmvBasis.SESSION,
               numerator=Part(words=Text(zh="操盘场次成交金额", en="GMV of operated sessions"),
                              of=lambda rows: rows.gmv),
               denominator=Part(words=Text(zh="该主播此前 30 天非操盘场次的场均成交金额",
                                           en="mean GMV of the streamer's other sessions in the "
                                              "30 days before"),
                                of=lambda rows: rows["usual"]),
               trap=observed),
        Metric(id="operated_after_14", zh="操盘后 14 天日均成交倍数（观察值）",
               en="14 days after an operated session over the 14 before (observed)",
               family=FAMILY, unit=Unit.TIMES, base=OPERATED_AROUND, money=True,
               gmv_basis=GmvBasis.SESSION, trap=observed,
               numerator=Part(words=Text(zh="操盘日后 14 天成交金额",
                                         en="GMV of the 14 days after"),
                              of=lambda rows: rows["after"]),
               denominator=Part(words=Text(zh="操盘日前 14 天成交金额",
                                           en="GMV of the 14 days before"),
                                of=lambda rows: rows["before"])),
    )


def _totals(of: str, *attributes: str) -> Base:
    """Return the base of paid GMV by merchant or provider, one row each within its group."""
    def rows(scope: Scope) -> ir.Table:
        keys = tuple(dict.fromkeys((*scope.by, of, *attributes)))
        lines = paid_lines(replace(scope, by=keys))
        lines = lines.filter(lines[of].notnull())
        return lines.group_by(*keys).aggregate(gmv=lines.amount.sum())

    counted = Text(zh="商家", en="merchants") if of == "merchant_id" else Text(
        zh="服务商", en="providers")
    return replace(PAID_LINES, name=f"{of}_totals", counted=counted, rows=rows,
                   tables=("orders", "merchants", "engagements"))


def _dated(table: str, key: str, at: str, groups: str) -> Base:
    """Return the base of the records of a table, dated by one of its days."""
    shape = Shape(own=frozenset(groups.split()) | {key}, at=at, hourly=False)

    def rows(scope: Scope) -> ir.Table:
        records = scope.table(table)
        records = records.filter(records[at].notnull())
        return attach(within(records, at, scope), shape, scope)

    return Base(name=table, counted=Text(zh="记录", en="records"), tables=(table,), shape=shape,
                rows=rows, source=Text(zh="登记表", en="the register"))


def _over_limit(rows: ir.Table, limit: int) -> ir.Value:
    return rows["gmv"] >= limit * MILLION * MAJOR


_CURRENCY = Text(zh="门槛按各行币种的主单位计；时段请取一年",
                 en="the limit is in major units of the row's currency; take a year as the period")
_MERCHANTS = _totals("merchant_id", "merchant_kind")
_PROVIDERS = _totals("provider_id")
_BRAND_LINES = replace(
    PAID_LINES, name="brand_lines", tables=("orders", "merchants"),
    rows=lambda scope: paid_lines(
        replace(scope, by=tuple(dict.fromkeys((*scope.by, "merchant_kind"))))),
)
_JOINED = _dated("merchants", "merchant_id", "joined_on",
                 "category city province belt_id kind")
_ADMITTED = _dated("providers", "provider_id", "admitted_on", "kind tier city province")
