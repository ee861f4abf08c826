"""What a group sold in the days before and after an event, as observed."""

from __future__ import annotations

from dataclasses import replace

import ibis
import ibis.expr.types as ir

from caopan.metrics.calendar import day_of, days_between
from caopan.metrics.grouping import check
from caopan.metrics.metric import Metric
from caopan.metrics.ratio import ratio
from caopan.metrics.scope import Scope, Tables
from caopan.metrics.sums import sums


def around(
    metric: Metric, tables: Tables, *, events: ir.Table, key: str, days: int = 14,
) -> ir.Table:
    """Return a total in the ``days`` before and after each event, one row an event and currency.

    ``metric`` is a plain sum (``gmv_gross``, ``gmv_orders``); ``events`` hold ``key`` (a grouping
    of the metric, such as ``merchant_id``), ``on`` (the business day; it counts for neither side)
    and any further columns, which are kept. The result adds ``currency`` for money, ``before``
    and ``after`` (sums over the days, null where the data do not span the whole window), and
    ``value`` = after ÷ before. It is raw before and after: selection and regression to the mean
    are in it. Days without a row count as 0 inside the span of the data.

    Raises:
        UnknownGroupingError: the metric's rows do not carry ``key`` or days.
    """
    check((key, "day"), metric.groups, metric=metric.id)
    money = ("currency",) if metric.money and key != "currency" else ()
    scope = Scope(tables=tables, by=(key, "day", *money))
    span = _span(metric, tables)
    rows = metric.base.rows(replace(scope, tables=_wanted(metric, tables, events, key)))
    daily = sums((metric,), rows, scope.by).rename(amount=f"{metric.id}__numerator")
    sold = daily.select(_key=daily[key], _day=daily["day"], amount=daily.amount,
                        **{name: daily[name] for name in money})
    reach = ibis.interval(days=days)
    joined = events.left_join(sold, [
        events[key] == sold["_key"], sold["_day"] != events["on"],
        sold["_day"] >= events["on"] - reach, sold["_day"] <= events["on"] + reach,
    ])
    amount, past = joined.amount, joined["_day"] < joined["on"]
    totals = joined.group_by(*events.columns, *money).aggregate(
        before=amount.sum(where=past), after=amount.sum(where=~past))
    return _spanned(totals.cross_join(span), days).order_by("on", key)


def _span(metric: Metric, tables: Tables) -> ir.Table:
    """Return the first and the last day of the metric's rows."""
    rows = metric.base.rows(Scope(tables=tables))
    at = rows[metric.base.shape.at]
    return rows.aggregate(first=day_of(at.min()), last=day_of(at.max()))


def _wanted(metric: Metric, tables: Tables, events: ir.Table, key: str) -> Tables:
    """Return the tables with only the rows of the events' keys, where rows carry the key.

    Filtered first, days are worked out for a few rows instead of all.
    """
    shape = metric.base.shape
    if key not in shape.own or key in shape.links:
        return tables
    name = metric.base.tables[0]
    rows = tables[name]
    return {**tables, name: rows.semi_join(events, rows[key] == events[key])}


def _spanned(totals: ir.Table, days: int) -> ir.Table:
    """Return the totals with a side nulled where the data do not span its window."""
    early = days_between(totals["first"], totals["on"]) >= days
    late = days_between(totals["on"], totals["last"]) >= days
    sides = totals.mutate(
        before=ibis.ifelse(early, totals.before.fill_null(0), ibis.null("int64")),
        after=ibis.ifelse(late, totals.after.fill_null(0), ibis.null("int64")),
    )
    return sides.mutate(value=ratio(sides.after, sides.before)).drop("first", "last")

