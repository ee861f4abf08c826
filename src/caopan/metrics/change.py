"""How a metric changed: against another period, or from step to step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import ibis
import ibis.expr.types as ir

from caopan.metrics.metric import Metric
from caopan.metrics.ratio import ratio
from caopan.metrics.scope import Tables
from caopan.metrics.value import grouping, value
from caopan.units.period import Period

_SIDE = ("value", "numerator", "denominator", "n")


def change(
    metric: Metric, tables: Tables, *, period: Period, against: Period | None = None,
    by: Sequence[str] = (), as_of: datetime | None = None,
) -> ir.Table:
    """Return a metric in two periods, one row a group that either has.

    ``against`` defaults to the period of equal length just before. Columns: the groups, then
    ``value, numerator, denominator, n``, the same with ``_before``, ``difference`` = value −
    value_before and ``growth`` = difference ÷ value_before; null where either side cannot be
    computed: a group that one period lacks is not known there, not 0.

    Raises:
        UnknownGroupingError: the metric's rows do not carry a grouping.
    """
    groups = grouping((metric,), by)
    now = value(metric, tables, by=by, period=period, as_of=as_of)
    before = value(metric, tables, by=by, period=against or period.previous(), as_of=as_of)
    before = before.select(**{f"_{name}": before[name] for name in groups},
                           **{f"{name}_before": before[name] for name in _SIDE})
    same = [now[name].identical_to(before[f"_{name}"]) for name in groups]
    both = now.outer_join(before, same) if groups else now.cross_join(before)
    whole = both.mutate(**{name: both[name].coalesce(both[f"_{name}"]) for name in groups})
    return _compared(whole.drop(*(f"_{name}" for name in groups)), groups)


def steps(
    metric: Metric, tables: Tables, *, step: Literal["day", "week", "month"] = "month",
    by: Sequence[str] = (), period: Period | None = None, as_of: datetime | None = None,
) -> ir.Table:
    """Return a metric step by step, each beside the step just before it.

    One row a group and step; columns as in ``change``. A step whose predecessor is missing has
    no ``value_before``: the last one seen is never taken in its place.

    Raises:
        UnknownGroupingError: the metric's rows do not carry a grouping.
    """
    groups = grouping((metric,), (*by, step))
    rows = value(metric, tables, by=(*by, step), period=period, as_of=as_of)
    window = ibis.window(group_by=[rows[name] for name in groups if name != step],
                         order_by=rows[step])
    last = {f"{name}_before": rows[name].lag().over(window) for name in _SIDE}
    rows = rows.mutate(_last=rows[step].lag().over(window), **last)
    following = rows["_last"] + _LENGTH[step]
    rows = rows.mutate(**{name: ibis.ifelse(following == rows[step], rows[name],
                                            ibis.null(rows[name].type())) for name in last})
    return _compared(rows.drop("_last"), groups)


_LENGTH = {"day": ibis.interval(days=1), "week": ibis.interval(weeks=1),
           "month": ibis.interval(months=1)}


def _compared(rows: ir.Table, groups: tuple[str, ...]) -> ir.Table:
    difference = rows["value"] - rows["value_before"]
    rows = rows.mutate(difference=difference, growth=ratio(difference, rows["value_before"]))
    return rows.order_by(*groups) if groups else rows
