"""Structure (结构): how much hangs on one product or one session, and who bought from whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import ibis
import ibis.expr.types as ir

from caopan.metrics import part
from caopan.metrics.base import CHANNELS, LISTED_PRODUCTS, PAID_LINES, SESSIONS
from caopan.metrics.metric import Base, GmvBasis, How, Metric, Part
from caopan.metrics.scope import Scope
from caopan.units.message import Text
from caopan.units.unit import Unit

FAMILY = "structure"


def metrics() -> tuple[Metric, ...]:
    """Return the metrics of structure.

    >>> [metric.id for metric in metrics()][:2]
    ['top1_sku_share', 'top3_sku_share']
    """
    return (*_concentration(), *_channels(), *_buyers())


def _concentration() -> tuple[Metric, ...]:
    return (
        _top("top1_sku_share", 1, _PRODUCTS, "第一大单品", "the best-selling product"),
        _top("top3_sku_share", 3, _PRODUCTS, "前三大单品", "the three best-selling products"),
        _top("top1_sku_share_orders", 1, _SOLD_PRODUCTS, "第一大单品（订单）",
             "the best-selling product by orders", GmvBasis.PAID),
        _top("top3_sku_share_orders", 3, _SOLD_PRODUCTS, "前三大单品（订单）",
             "the three best-selling products by orders", GmvBasis.PAID),
        _top("top1_session_share", 1, _SESSIONS, "最大一场", "the best session",
             GmvBasis.SESSION),
        _top("top3_session_share", 3, _SESSIONS, "最大三场", "the three best sessions",
             GmvBasis.SESSION),
    )


def _top(
    id: str, first: int, base: Base, zh: str, en: str,  # noqa: A002 - the field's own name
    basis: GmvBasis = GmvBasis.PRODUCT,
) -> Metric:
    """Return the share of the ``first`` largest in the GMV of their group."""
    return Metric(
        id=id, zh=f"{zh}成交占比", en=f"share of {en} in GMV", family=FAMILY, unit=Unit.RATIO,
        base=base, money=True, gmv_basis=basis,
        numerator=Part(words=Text(zh=f"{zh}的成交金额", en=f"GMV of {en}"),
                       of=lambda rows: ibis.ifelse(rows["place"] < first, rows["gmv"], 0)),
        denominator=Part(words=Text(zh="全部成交金额", en="all GMV"), of=lambda rows: rows["gmv"]),
    )


def _placed(base: Base, thing: str, amount: str) -> Callable[[Scope], ir.Table]:
    """Return rows of one thing a group with its ``gmv`` and ``place`` (0 is the largest)."""
    def rows(scope: Scope) -> ir.Table:
        lines = base.rows(scope)
        lines = lines.filter(lines[thing].notnull(), lines[amount].notnull())
        keys = dict.fromkeys((*scope.by, thing))
        things = lines.group_by(*keys).aggregate(gmv=lines[amount].sum())
        group = ibis.window(group_by=[things[name] for name in scope.by],
                            order_by=[things.gmv.desc(), things[thing]])
        return things.mutate(place=ibis.row_number().over(group))

    return rows


_PRODUCTS = replace(LISTED_PRODUCTS, name="products_by_gmv", counted=Text(zh="商品", en="products"),
                    rows=_placed(LISTED_PRODUCTS, "product_id", "gmv"), regrouped=True)
_SOLD_PRODUCTS = replace(PAID_LINES, name="sold_products_by_gmv",
                         counted=Text(zh="商品", en="products"),
                         rows=_placed(PAID_LINES, "product_id", "amount"), regrouped=True)
_SESSIONS = replace(SESSIONS, name="sessions_by_gmv", regrouped=True,
                    rows=_placed(SESSIONS, "session_id", "gmv"))


def _channels() -> tuple[Metric, ...]:
    return (
        _share("self_share", "自播成交占比", "self-broadcast share of GMV",
               lambda rows: rows.channel == "self", lambda rows: rows.channel),
        _share("distributed_share", "达人分销成交占比", "distributed share of GMV",
               lambda rows: rows.channel == "distributed", lambda rows: rows.channel),
        Metric(id="live_channel_share", zh="直播渠道成交占比", en="live share of product GMV",
               family=FAMILY, unit=Unit.RATIO, base=CHANNELS, money=True,
               gmv_basis=GmvBasis.PRODUCT,
               numerator=Part(words=Text(zh="直播渠道成交金额", en="GMV of the live channel"),
                              of=lambda rows: _if(
                                  rows.channel != "shop",
                                  ibis.ifelse(rows.channel == "live", rows.gmv, 0))),
               denominator=Part(words=Text(zh="直播、短视频、商品卡成交金额",
                                           en="GMV of live, video and product card"),
                                of=lambda rows: _if(rows.channel != "shop", rows.gmv)),
               trap=Text(zh="shop 行是全店合计，不再相加",
                         en="the shop row is the total and is not added again")),
    )


def _buyers() -> tuple[Metric, ...]:
    known = Text(zh="只算有新老客标记的订单", en="only orders with the flag count")
    new = Part(words=Text(zh="店铺新客数", en="buyers new to the shop"), how=How.DISTINCT,
               of=lambda rows: rows.buyer_id, only=lambda rows: rows.new_to_shop,
               counts="buyer_id")
    return (
        _share("new_buyer_gmv_share", "新客成交占比", "new buyers' share of GMV",
               lambda rows: rows.new_to_shop, lambda rows: rows.new_to_shop, trap=known),
        _share("old_buyer_gmv_share", "老客成交占比", "old buyers' share of GMV",
               lambda rows: ~rows.new_to_shop, lambda rows: rows.new_to_shop,
               trap=Text(zh="老客指买过的人，不是老粉；只算有标记的订单",
                         en="old buyers have bought before; they are not old fans; only orders "
                            "with the flag count")),
        Metric(id="new_buyer_share", zh="新客人数占比", en="new buyers' share of buyers",
               family=FAMILY, unit=Unit.RATIO, base=PAID_LINES, numerator=new, trap=known,
               denominator=part.distinct("buyer_id", "去重成交人数", "distinct buyers")),
    )


def _share(
    id: str, zh: str, en: str, which: Callable[[ir.Table], ir.Value],  # noqa: A002 - as above
    flag: Callable[[ir.Table], ir.Value], trap: Text | None = None,
) -> Metric:
    """Return a share of paid GMV among the lines whose ``flag`` is known."""
    whole = Part(words=Text(zh="有标记的已付金额", en="paid amount with the flag"),
                 of=lambda rows: _if(flag(rows).notnull(), rows.amount))
    return Metric(
        id=id, zh=zh, en=en, family=FAMILY, unit=Unit.RATIO, base=PAID_LINES, money=True,
        gmv_basis=GmvBasis.PAID, denominator=whole, trap=trap,
        numerator=Part(words=Text(zh=zh.removesuffix("占比") + "金额", en=f"amount of {en}"),
                       of=lambda rows: _if(flag(rows).notnull(),
                                           ibis.ifelse(which(rows), rows.amount, 0))),
    )


def _if(condition: ir.Value, amount: ir.Value) -> ir.Value:
    return ibis.ifelse(condition, amount, ibis.null("int64"))
