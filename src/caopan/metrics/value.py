"""The value of a metric over any grouping and period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import ibis
import ibis.expr.types as ir

from caopan.metrics.base import trimmed
from caopan.metrics.grouping import check
from caopan.metrics.metric import How, Metric, Part
from caopan.metrics.ratio import ratio
from caopan.metrics.scope import Scope, Tables
from caopan.metrics.sums import only, sums
from caopan.units.message import CaopanError, Message, Text
from caopan.units.period import Period


def value(
    metric: Metric, tables: Tables, *, by: Sequence[str] = (), period: Period | None = None,
    as_of: datetime | None = None, maturity: int | None = None,
) -> ir.Table:
    """Return one metric as ``by…, value, numerator, denominator, n``, one row a group.

    ``value`` is float64 in the metric's unit (ratios 0-1, money in minor units), null where it
    cannot be computed. ``numerator`` and ``denominator`` are the sums behind it, exact integers
    for money and counts; ``denominator`` is null for a plain total. ``n`` counts the rows that
    were known on both sides (``metric.counted`` says of what). Where money is involved
    ``currency`` joins ``by`` by itself: currencies are never added. ``maturity`` is a check: the
    days after payment at which the caller believes refunds are counted.

    Raises:
        UnknownGroupingError: the metric's rows do not carry a grouping.
        UnequalMaturityError: ``maturity`` is not the metric's own.
    """
    _check_maturity(metric, maturity)
    return alone(metric, values((metric,), tables, by=by, period=period, as_of=as_of))


def alone(metric: Metric, wide: ir.Table) -> ir.Table:
    """Return what ``values`` says of one metric under the names that ``value`` gives it.

    >>> from caopan.metrics.catalogue import METRICS
    >>> names = ["view_pv", "view_pv__numerator", "view_pv__denominator", "view_pv__n"]
    >>> alone(METRICS["view_pv"], ibis.table(dict.fromkeys(names, "int64"))).columns
    ('value', 'numerator', 'denominator', 'n')
    """
    return wide.rename({
        "value": metric.id, "numerator": f"{metric.id}__numerator",
        "denominator": f"{metric.id}__denominator", "n": f"{metric.id}__n",
    })


def values(
    metrics: Sequence[Metric], tables: Tables, *, by: Sequence[str] = (),
    period: Period | None = None, as_of: datetime | None = None,
) -> ir.Table:
    """Return several metrics of one base in one pass over the rows.

    For each metric the columns ``id``, ``id__numerator``, ``id__denominator``, ``id__n`` as in
    ``value``. ``currency`` joins ``by`` where any of them involves money.

    Raises:
        UnknownGroupingError: a metric's rows do not carry a grouping.
        MixedBasesError: the metrics are not summed over the same rows.
    """
    result = unordered(metrics, tables, by=by, period=period, as_of=as_of)
    groups = grouping(metrics, by)
    return result.order_by(*groups) if groups else result


def unordered(
    metrics: Sequence[Metric], tables: Tables, *, by: Sequence[str] = (),
    period: Period | None = None, as_of: datetime | None = None,
) -> ir.Table:
    """Return what ``values`` does in no order, for whoever goes on counting with it.

    Raises:
        UnknownGroupingError: a metric's rows do not carry a grouping.
        MixedBasesError: the metrics are not summed over the same rows.
    """
    base = metrics[0].base
    if any(metric.base.name != base.name for metric in metrics):
        raise MixedBasesError(metrics)
    groups = grouping(metrics, by)
    parts = [part for metric in metrics for part in (metric.numerator, metric.denominator) if part]
    scope = trimmed(Scope(tables=tables, by=groups, period=period, as_of=as_of),
                    base=base, parts=parts)
    totals = sums(metrics, base.rows(scope), groups)
    columns: dict[str, ir.Value] = {}
    for metric in metrics:
        columns |= _columns(metric, totals)
    return totals.select(*groups, **columns)


def widened(metric: Metric) -> Metric:
    """Return a metric over the whole of its base, with the same sums: the other rows are unknown.

    So that metrics over several parts of one base take one pass. What is left out of the part
    would make a strict value null, so the widened metric is not strict.

    >>> from caopan.metrics.catalogue import METRICS
    >>> widened(METRICS["refund_rate_30"]).base.name
    'paid_lines_ripe'
    """
    whole, inside = metric.base.whole, metric.base.only
    if whole is None or inside is None:
        return metric

    def narrowed(part: Part) -> Part:
        def of(rows: ir.Table) -> ir.Value:
            return only(part.of(rows), inside(rows))
        return replace(part, of=of, known=False, reads=None)

    return replace(metric, base=whole, strict=False, numerator=narrowed(metric.numerator),
                   denominator=metric.denominator and narrowed(metric.denominator))


def grouping(metrics: Sequence[Metric], by: Sequence[str]) -> tuple[str, ...]:
    """Return the groupings asked for, checked, with ``currency`` added where money is involved.

    Raises:
        UnknownGroupingError: a metric's rows do not carry a grouping.
    """
    groups = tuple(dict.fromkeys(by))
    for metric in metrics:
        check(groups, metric.groups, metric=metric.id)
    if any(metric.money for metric in metrics) and "currency" not in groups:
        groups += ("currency",)
    return groups


def _columns(metric: Metric, totals: ir.Table) -> dict[str, ir.Value]:
    above = totals[f"{metric.id}__numerator"]
    n = totals[f"{metric.id}__n"]
    if metric.numerator.how in {How.COUNT, How.DISTINCT} and not metric.numerator.known:
        above = ibis.ifelse(n > 0, above, ibis.null("int64"))
    below = ibis.null("int64")
    result = above.cast("float64")
    if metric.denominator is not None:
        below = totals[f"{metric.id}__denominator"]
        result = ratio(above * metric.times if metric.times != 1 else above, below)
    if f"{metric.id}__unknown" in totals.columns:
        whole = totals[f"{metric.id}__unknown"] == 0
        result = ibis.ifelse(whole, result, ibis.null("float64"))
    return {
        metric.id: result, f"{metric.id}__numerator": above,
        f"{metric.id}__denominator": below, f"{metric.id}__n": n,
    }


def _check_maturity(metric: Metric, maturity: int | None) -> None:
    if maturity is not None and maturity != metric.maturity:
        raise UnequalMaturityError(metric, maturity)


class UnequalMaturityError(CaopanError):
    """Raised when a metric is asked at a refund maturity that is not its own."""

    def __init__(self, metric: Metric, asked: int) -> None:
        """Name the metric, its maturity and the one asked for."""
        own = metric.maturity
        super().__init__(Message(
            key="unequal_maturity",
            text=Text(zh="{metric} 的退款成熟度是 {own} 天，不是 {asked} 天",
                      en="{metric} counts refunds at {own} days, not at {asked}")
            if own is not None else
            Text(zh="{metric} 不分退款成熟度，不能按 {asked} 天取",
                 en="{metric} has no refund maturity and cannot be taken at {asked} days"),
            values={"metric": metric.id, "own": own, "asked": asked},
            hint=Text(zh="请用对应天数的指标，例如 refund_rate_7、gmv_net_30；不同成熟度不可比较",
                      en="use the metric of that age, such as refund_rate_7 or gmv_net_30; "
                         "different maturities cannot be compared"),
        ))


class MixedBasesError(CaopanError):
    """Raised when metrics over different rows are asked for in one pass."""

    def __init__(self, metrics: Sequence[Metric]) -> None:
        """Name the metrics and their bases."""
        pairs = ", ".join(f"{metric.id} ({metric.base.name})" for metric in metrics)
        super().__init__(Message(
            key="mixed_bases",
            text=Text(zh="这些指标的底表不同，不能一次算出：{pairs}",
                      en="these metrics are not summed over the same rows: {pairs}"),
            values={"pairs": pairs},
            hint=Text(zh="请逐个取值，再按分组合并",
                      en="take each by itself and join on the groups"),
        ))
