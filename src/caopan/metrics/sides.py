"""A metric of many subjects on both sides of a comparison, each subject with its own days."""

from __future__ import annotations

from dataclasses import replace

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from caopan.metrics.grouping import check
from caopan.metrics.metric import How, Metric, Part
from caopan.metrics.scope import Scope, Tables
from caopan.metrics.spread import NoSpreadError, check_additive, moments
from caopan.metrics.sums import each_row, sums
from caopan.metrics.value import grouping
from caopan.units.period import Period

KEYS = ("subject", "side")
CAME = "_came"
WINDOWS = pa.schema([
    ("subject", pa.int64()), ("id", pa.string()), ("currency", pa.string()),
    ("compared_start", pa.date32()), ("compared_end", pa.date32()),
    ("start", pa.date32()), ("end", pa.date32()),
])
"""Whose days: the subject's number, its id and currency, and both stretches, ends not included."""


def sides(
    metric: Metric, tables: Tables, *, key: str, windows: pa.Table, period: Period, cluster: str,
) -> ir.Table:
    """Return the sums of ``spread`` by ``subject`` and ``side``, all subjects in one pass.

    Side 1 is a subject's own period, 0 the compared one; other days are left out. A row of no
    known currency counts for every subject of its id.

    Args:
        metric: of the catalogue; a sum over its clusters.
        tables: the canonical tables.
        key: the grouping that names the subject: ``merchant_id``, ``streamer_id``.
        windows: one row a subject, in the schema ``WINDOWS``.
        period: holds all of the windows.
        cluster: the grouping whose values are taken as independent: days, buyers.

    Raises:
        UnknownGroupingError: the rows carry no such grouping or cluster.
        NoSpreadError: the metric is not a sum over clusters, or not one over days.
    """
    each = _each(metric, tables, key=key, windows=windows, period=period, cluster=cluster)
    return moments(metric, each.drop(CAME), KEYS)


def sides_of_people(
    metric: Metric, tables: Tables, *, key: str, windows: pa.Table, period: Period,
) -> ir.Table:
    """Return the sums of ``sides`` over people, whose clusters are the days they came on.

    Each person counts once a side, as under ``cluster="buyer_id"``, and belongs to the first day
    of it with a purchase. People who came to one show were drawn by the same luck: taken as
    independent, thousands of them would make any difference look certain.

    Raises:
        UnknownGroupingError: the rows carry no such grouping, days or buyers.
        NoSpreadError: the metric is not a sum over people, or not one over days.
    """
    each = _each(metric, tables, key=key, windows=windows, period=period, cluster="buyer_id")
    summed = [name for name in each.columns if name not in {*KEYS, CAME, "buyer_id"}]
    days = each.group_by(*KEYS, CAME).aggregate(**{name: each[name].sum() for name in summed})
    return moments(metric, days.drop(CAME), KEYS)


def _each(metric: Metric, tables: Tables, *, key: str, windows: pa.Table, period: Period,
          cluster: str) -> ir.Table:
    """Return what each cluster of each side adds, and its first day there."""
    groups = grouping((metric,), (key,))
    check((cluster, "day"), metric.groups, metric=metric.id)
    check_additive(metric, cluster)
    if metric.base.regrouped:
        raise NoSpreadError(metric, "day")
    scope = Scope(tables=tables, by=tuple(dict.fromkeys((*groups, cluster, "day"))), period=period)
    rows = _sided(metric.base.rows(scope), key, ibis.memtable(windows), money="currency" in groups)
    if metric.base.one_per and metric.base.one_per <= {key, cluster}:
        return each_row(metric, rows).select(*KEYS, "numerator", "denominator", "n",
                                             **{CAME: "day"})
    flat = replace(metric, numerator=_flat(metric.numerator, cluster),
                   denominator=metric.denominator and _flat(metric.denominator, cluster))
    each = sums((flat,), rows, (*KEYS, cluster), also={CAME: rows["day"].min()})
    each = each.rename({name.removeprefix(f"{metric.id}__"): name for name in each.columns
                        if name.startswith(f"{metric.id}__")})
    zero = {name: each[name].fill_null(0) for name, part in
            (("numerator", metric.numerator), ("denominator", metric.denominator))
            if part is not None and part.how is How.DISTINCT}
    return each.mutate(**zero) if zero else each


def _sided(rows: ir.Table, key: str, windows: ir.Table, *, money: bool) -> ir.Table:
    """Return the rows that lie in a window, once a subject they belong to, with the side."""
    own = windows.select(
        "subject", _id=windows.id, _money=windows.currency, _from=windows.compared_start,
        _until=windows.compared_end, _start=windows.start, _end=windows.end)
    same = [rows[key] == own["_id"]]
    if money:
        same.append(rows.currency.isnull() | (rows.currency == own["_money"]))
    joined = rows.inner_join(own, same)
    now = (joined.day >= joined["_start"]) & (joined.day < joined["_end"])
    then = (joined.day >= joined["_from"]) & (joined.day < joined["_until"])
    return joined.filter(now | then).mutate(side=ibis.ifelse(now, 1, 0))


def _flat(part: Part, cluster: str) -> Part:
    """Return a count of different values that are the cluster itself as a yes or no: far faster."""
    if part.how is not How.DISTINCT or part.counts != cluster:
        return part
    return replace(part, how=How.MAX, of=lambda rows: ibis.ifelse(
        part.of(rows).notnull(), ibis.literal(1, "int64"), ibis.null("int64")))
