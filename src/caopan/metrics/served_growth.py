"""Growth of served and unserved merchants side by side, as observed."""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir

from caopan.metrics.base import paid_lines
from caopan.metrics.ratio import ratio
from caopan.metrics.scope import Scope, Tables
from caopan.units.period import Period


def served_growth(
    tables: Tables, *, period: Period, against: Period | None = None,
    as_of: datetime | None = None,
) -> ir.Table:
    """Return GMV growth of the merchants served in the period, and of all others.

    A merchant is served if it sold on a day of ``period`` with a provider in force; the same
    merchants are compared in ``against`` (by default the period of equal length before). Columns:
    ``currency``, ``served``, ``merchants`` (with sales in either period), ``before`` and ``now``
    (paid GMV, minor units), ``growth`` = now ÷ before − 1. Observed: providers pick whom they
    serve, so the difference is not their effect.
    """
    earlier = against or period.previous()
    now = _by_merchant(Scope(tables=tables, by=("merchant_id", "currency", "served"),
                             period=period, as_of=as_of))
    before = _by_merchant(Scope(tables=tables, by=("merchant_id", "currency"), period=earlier,
                                as_of=as_of))
    before = before.select(_merchant="merchant_id", _currency="currency", before="gmv")
    both = now.outer_join(before, [now.merchant_id == before["_merchant"],
                                   now.currency.identical_to(before["_currency"])])
    both = both.select(
        currency=both.currency.coalesce(both["_currency"]),
        merchant_id=both.merchant_id.coalesce(both["_merchant"]),
        served=both.served.fill_null(ibis.literal(value=False)),
        now=both.gmv.fill_null(0), before=both.before.fill_null(0),
    )
    totals = both.group_by("currency", "served").aggregate(
        merchants=both.merchant_id.nunique(), before=both.before.sum(), now=both.now.sum())
    growth = ratio(totals.now - totals.before, totals.before)
    return totals.mutate(growth=growth).order_by("currency", "served")


def _by_merchant(scope: Scope) -> ir.Table:
    rows = paid_lines(scope)
    rows = rows.filter(rows.merchant_id.notnull())
    totals = {"gmv": rows.amount.sum()}
    if "served" in scope.by:
        totals["served"] = rows.served.cast("int64").max() == 1
    return rows.group_by("merchant_id", "currency").aggregate(**totals)
