"""The refund maturity curve (退款成熟曲线): how the refunded share grows with age."""

from __future__ import annotations

from dataclasses import replace

import ibis
import ibis.expr.types as ir

from caopan.metrics.base import LINE_SHAPE
from caopan.metrics.grouping import check
from caopan.metrics.ratio import ratio
from caopan.metrics.refunded_lines import ripe_lines
from caopan.metrics.scope import Scope

LAST_DAY = 30


def refund_curve(scope: Scope, *, days: int = LAST_DAY) -> ir.Table:
    """Return the refunded share of paid money by days since payment, 0 to ``days``.

    Young orders are right-censored: each day's hazard is the money refunded on it over the money
    still at risk, of orders that were watched through that day; the share is one less the product
    of what each day spared (Kaplan–Meier on money). Columns: the groups, ``currency``, ``day``,
    ``lines`` (order lines watched through the day), ``at_risk`` and ``refunded`` (minor units),
    ``share`` (0-1; null from the first day that nobody watched, and for a group with a refund
    that cannot be placed: no date, no amount, or no refunds in the ledger at all).

    Raises:
        UnknownGroupingError: order lines cannot be split that way.
    """
    by = tuple(dict.fromkeys((*scope.by, "currency")))
    check(by, LINE_SHAPE.groups, metric="refund_curve")
    cells = _cells(ripe_lines(replace(scope, by=by)), by, days)
    axis = ibis.range(0, days + 1).unnest().name("day").as_table()
    grid = cells.cross_join(axis.select(day=axis["day"].cast("int64")))
    watched = grid.watched >= grid.day
    open_still = watched & (grid.refund_day.isnull() | (grid.refund_day >= grid.day))
    on_day = (watched & (grid.refund_day == grid.day)).fill_null(ibis.literal(value=False))
    # Money at risk: all of a line watched so far, less what was refunded on earlier days.
    left = ibis.ifelse(open_still, grid.amount, grid.amount - grid.refunded)
    curve = grid.group_by(*by, "day").aggregate(
        lines=grid.lines.sum(where=watched).fill_null(0),
        at_risk=left.sum(where=watched).fill_null(0),
        refunded=grid.refunded.sum(where=on_day).fill_null(0),
        unknown=grid.unknown.sum(),
    )
    return _share(curve, by)


def _cells(lines: ir.Table, by: tuple[str, ...], days: int) -> ir.Table:
    """Return the lines counted by how long they were watched and when they were refunded."""
    lines = lines.filter(lines.amount.notnull())
    watched = ibis.least(lines.age - 1, days)
    seen = lines.refund_day.notnull() & (lines.refund_day <= watched)
    day = ibis.ifelse(seen, ibis.greatest(lines.refund_day, 0), ibis.null("int64"))
    return lines.group_by(*by, watched=watched, refund_day=day).aggregate(
        lines=lines.count(), amount=lines.amount.sum(),
        refunded=ibis.ifelse(seen, lines.refunded, 0).sum().fill_null(0),
        unknown=lines.count(where=~lines.refund_known),
    )


def _share(curve: ir.Table, by: tuple[str, ...]) -> ir.Table:
    spared = 1 - ratio(curve.refunded, curve.at_risk)
    so_far = ibis.window(group_by=[curve[name] for name in by], order_by=curve.day,
                         preceding=None, following=0)
    curve = curve.mutate(
        _gone=(spared <= 0).cast("int64").sum().over(so_far),
        _blind=spared.isnull().cast("int64").sum().over(so_far),
        _log=ibis.ifelse(spared > 0, spared, 1).ln().sum().over(so_far),
    )
    share = ibis.cases(
        (curve.unknown > 0, ibis.null("float64")), (curve["_gone"] > 0, 1),
        (curve["_blind"] > 0, ibis.null("float64")), else_=1 - curve["_log"].exp(),
    )
    return curve.select(*by, "day", "lines", "at_risk", "refunded", share=share).order_by(
        *by, "day")
