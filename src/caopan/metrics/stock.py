"""Stock (货盘与库存): what of the line-up sold, and what ran out on air."""

from __future__ import annotations

from dataclasses import replace

import ibis
import ibis.expr.types as ir

from caopan.metrics import part
from caopan.metrics.base import LISTED_PRODUCTS, listed_products
from caopan.metrics.metric import Metric, Part
from caopan.metrics.ratio import ratio
from caopan.metrics.scope import Scope
from caopan.units.message import Text
from caopan.units.unit import Unit

FAMILY = "stock"
SECONDS_OF_A_MINUTE = 60


def metrics() -> tuple[Metric, ...]:
    """Return the metrics of stock and line-up.

    >>> [metric.id for metric in metrics()]
    ['products_listed', 'sell_through', 'stock_sold_share', 'sold_out_share', 'stockout_min']
    """
    listed = part.counted("上架商品数（按场）", "products listed, session by session")
    return (
        Metric(id="products_listed", zh="上架商品数", en="products listed", family=FAMILY,
               unit=Unit.COUNT, base=LISTED_PRODUCTS, numerator=listed),
        Metric(id="sell_through", zh="动销率", en="sell-through", family=FAMILY, unit=Unit.RATIO,
               base=LISTED_PRODUCTS, denominator=listed,
               numerator=Part(words=Text(zh="有成交的商品数（按场）",
                                         en="products that sold, session by session"),
                              of=lambda rows: rows.units > 0)),
        Metric(id="stock_sold_share", zh="备货售出率", en="share of planned stock sold",
               family=FAMILY, unit=Unit.RATIO, base=LISTED_PRODUCTS, numerator=part.UNITS,
               denominator=part.column("stock_planned", "备货件数", "units of stock planned")),
        Metric(id="sold_out_share", zh="售罄占比", en="share of products sold out",
               family=FAMILY, unit=Unit.RATIO, base=LISTED_PRODUCTS,
               numerator=Part(words=Text(zh="售罄的备货商品数", en="stocked products sold out"),
                              of=lambda rows: _where_planned(rows, rows.sold_out_at.notnull())),
               denominator=Part(words=Text(zh="有备货数的商品数", en="products with a stock plan"),
                                of=lambda rows: _where_planned(rows, ibis.literal(value=True)))),
        Metric(id="stockout_min", zh="断货分钟", en="minutes out of stock on air", family=FAMILY,
               unit=Unit.MINUTES, base=_WITH_END,
               numerator=Part(words=Text(zh="售罄到下播的分钟数",
                                         en="minutes from sold out to the end of the session"),
                              of=_minutes_out),
               trap=Text(zh="断货期间的需求看不见，不可用来学习需求",
                         en="demand while out of stock is not seen: do not learn demand from it")),
    )


def _rows(scope: Scope) -> ir.Table:
    ends = scope.table("sessions").select(_key="session_id", _ended_at="ended_at")
    rows = listed_products(scope)
    return rows.left_join(ends, rows.session_id == ends["_key"]).drop("_key")


def _minutes_out(rows: ir.Table) -> ir.Value:
    """Return the minutes from sold out to the end; 0 where stock lasted, null where not known."""
    seconds = rows["_ended_at"].delta(rows.sold_out_at, unit="second")
    lasted = rows.sold_out_at.isnull() & rows.stock_planned.notnull()
    after = ibis.ifelse(seconds < 0, 0, seconds)
    return ibis.ifelse(lasted, 0, ratio(after, SECONDS_OF_A_MINUTE))


def _where_planned(rows: ir.Table, value: ir.Value) -> ir.Value:
    return ibis.ifelse(rows.stock_planned.notnull(), value, ibis.null("boolean"))


_WITH_END = replace(LISTED_PRODUCTS, name="listed_products_with_end", rows=_rows)
