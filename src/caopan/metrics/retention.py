"""Who comes back: buyers by the month of their first purchase."""

from __future__ import annotations

import ibis.expr.types as ir

from caopan.metrics.calendar import looked_on, part_of_time
from caopan.metrics.grouping import attach, check
from caopan.metrics.ratio import ratio
from caopan.metrics.scope import Scope
from caopan.metrics.shop_buyers import SHAPE, days_bought, month_number


def retention(scope: Scope) -> ir.Table:
    """Return the share of each cohort (同期群) that bought again, month by month.

    A cohort is the buyers of a shop whose first purchase in the data fell in one month; the
    period limits cohorts by that first day. ``scope.by`` may split them (``merchant_id``, shop
    attributes). Columns: the groups, ``cohort`` (first day of the month), ``months`` since (0 is
    the month itself), ``buyers`` (who bought then), ``size`` (of the cohort), ``share`` = buyers
    ÷ size, ``complete`` (whether that month is over). A month without buyers has no row.

    Raises:
        UnknownGroupingError: buyers cannot be split that way.
    """
    check(scope.by, SHAPE.groups, metric="retention")
    lines = days_bought(scope)
    months = lines.group_by(
        "merchant_id", "buyer_id", month=part_of_time(lines.day, "month"),
    ).aggregate(first_day=lines.day.min())
    first = months.group_by(_merchant=months.merchant_id, _buyer=months.buyer_id).aggregate(
        _first=months.first_day.min())
    rows = months.join(first, [months.merchant_id.identical_to(first["_merchant"]),
                               months.buyer_id == first["_buyer"]])
    rows = rows.mutate(first_day=rows["_first"]).drop("_first", "_merchant", "_buyer")
    rows = attach(_begun_within(rows, scope), SHAPE, scope)
    counted = rows.group_by(
        *scope.by, "month", cohort=part_of_time(rows.first_day, "month"),
    ).aggregate(buyers=rows.count())
    counted = counted.mutate(months=month_number(counted.month) - month_number(counted.cohort))
    return _shares(counted.drop("month"), scope)


def _begun_within(rows: ir.Table, scope: Scope) -> ir.Table:
    if scope.period is None:
        return rows
    return rows.filter(rows.first_day >= scope.period.start, rows.first_day < scope.period.end)


def _shares(counted: ir.Table, scope: Scope) -> ir.Table:
    sizes = counted.filter(counted.months == 0).select(
        *(counted[name].name(f"_{name}") for name in scope.by), _cohort="cohort", size="buyers")
    joined = counted.join(sizes, [
        counted["cohort"] == sizes["_cohort"],
        *(counted[name].identical_to(sizes[f"_{name}"]) for name in scope.by),
    ])
    reached = month_number(joined.cohort) + joined.months
    rows = joined.select(
        *scope.by, "cohort", "months", "buyers", "size", share=ratio(joined.buyers, joined.size),
        complete=reached < month_number(looked_on(scope)),
    )
    return rows.order_by(*scope.by, "cohort", "months")
