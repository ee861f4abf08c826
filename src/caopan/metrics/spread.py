"""How far a metric spreads over clusters, so that its standard error can be told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import ibis
import ibis.expr.types as ir

from caopan.metrics.grouping import check
from caopan.metrics.metric import How, Metric, Part
from caopan.metrics.ratio import ratio
from caopan.metrics.scope import Scope, Tables
from caopan.metrics.sums import sums
from caopan.metrics.value import grouping
from caopan.units.message import CaopanError, Message, Text
from caopan.units.period import Period

INSIDE = {"buyer_id": {"buyer_id"}, "order_id": {
    "order_id", "buyer_id", "session_id", "merchant_id", "streamer_id", "day", "week", "month",
}}
"""What a thing counted once may be clustered by: groupings in which it lies whole."""


def spread(
    metric: Metric, tables: Tables, *, by: Sequence[str] = (), period: Period | None = None,
    cluster: str = "session_id", as_of: datetime | None = None,
) -> ir.Table:
    """Return a metric as in ``value`` with sums over clusters of its squared parts.

    ``cluster`` is a grouping whose values are taken as independent: sessions, buyers, days. Over
    the clusters of a group: ``clusters`` (how many), ``s_nn``, ``s_nd``, ``s_dd`` (sums of
    numerator², numerator × denominator, denominator², float64, ``s_nd`` and ``s_dd`` null without
    a denominator). The variance of the ratio R = N ÷ D is then about
    ``clusters ÷ (clusters − 1) × (s_nn − 2 R s_nd + R² s_dd) ÷ D²``, times ``metric.times``².

    Raises:
        UnknownGroupingError: the rows carry no such grouping or cluster.
        NoSpreadError: the metric is not a sum over clusters (a highest, a distinct count that
            reaches over clusters).
    """
    groups = grouping((metric,), by)
    check((cluster,), metric.groups, metric=metric.id)
    check_additive(metric, cluster)
    scope = Scope(tables=tables, by=tuple(dict.fromkeys((*groups, cluster))), period=period,
                  as_of=as_of)
    each = sums((metric,), metric.base.rows(scope), scope.by)
    each = each.rename({name.removeprefix(f"{metric.id}__"): name for name in each.columns
                        if name.startswith(f"{metric.id}__")})
    result = moments(metric, each, groups)
    return result.order_by(*groups) if groups else result


_ORDER = ("numerator", "denominator", "n", "clusters", "s_nn", "s_nd", "s_dd")


def moments(metric: Metric, each: ir.Table, groups: tuple[str, ...]) -> ir.Table:
    """Return the sums and squares of the clusters of each group, given each cluster's own sums.

    ``each`` has the groups, ``numerator``, ``n``, and ``denominator`` and ``unknown`` as in
    ``value.sums``.
    """
    totals = _over_clusters(metric, each, groups)
    return totals.mutate(value=_value(metric, totals)).select(*groups, "value", *_ORDER)


def _over_clusters(metric: Metric, each: ir.Table, groups: tuple[str, ...]) -> ir.Table:
    above = each["numerator"].cast("float64")
    known = each["n"] > 0
    found = {
        "numerator": each["numerator"].sum(), "n": each["n"].sum(),
        "clusters": each.count(where=known), "s_nn": (above * above).sum(where=known),
    }
    if metric.denominator is not None:
        below = each["denominator"].cast("float64")
        found |= {"denominator": each["denominator"].sum(),
                  "s_nd": (above * below).sum(where=known),
                  "s_dd": (below * below).sum(where=known)}
    if metric.strict:
        found["unknown"] = each["unknown"].sum()
    totals = each.group_by(*groups).aggregate(**found) if groups else each.aggregate(**found)
    if metric.denominator is not None:
        return totals
    nothing = ibis.null("float64")
    return totals.mutate(denominator=ibis.null("int64"), s_nd=nothing, s_dd=nothing)


def _value(metric: Metric, totals: ir.Table) -> ir.Value:
    result = totals["numerator"].cast("float64")
    if metric.denominator is not None:
        result = ratio(totals["numerator"] * metric.times, totals["denominator"])
    if metric.strict:
        return ibis.ifelse(totals["unknown"] == 0, result, ibis.null("float64"))
    return result


def check_additive(metric: Metric, cluster: str) -> None:
    """Pass where a metric is a sum over clusters.

    Raises:
        NoSpreadError: it is not.
    """
    for part in (metric.numerator, metric.denominator):
        if part is not None and not _adds_up(part, cluster):
            raise NoSpreadError(metric, cluster)


def _adds_up(part: Part, cluster: str) -> bool:
    if part.how is How.DISTINCT:
        return cluster in INSIDE.get(part.counts, set())
    return part.how in {How.SUM, How.COUNT}


class NoSpreadError(CaopanError):
    """Raised when a metric does not add up over clusters."""

    def __init__(self, metric: Metric, cluster: str) -> None:
        """Name the metric and the cluster."""
        super().__init__(Message(
            key="no_spread",
            text=Text(zh="指标 {metric} 按 {cluster} 分开后不能相加，算不出标准误",
                      en="{metric} does not add up over {cluster}: no standard error"),
            values={"metric": metric.id, "cluster": cluster},
            hint=Text(zh="去重人数请按 buyer_id 聚类，最大值没有标准误",
                      en="cluster distinct buyers by buyer_id; a highest value has none"),
        ))
