"""Paid order lines with what is known of their refunds, and how ripe each line is."""

from __future__ import annotations

from dataclasses import replace

import ibis
import ibis.expr.types as ir

from caopan.metrics.base import PAID_LINES, paid_lines
from caopan.metrics.calendar import day_of, days_between, instant, looked_on
from caopan.metrics.metric import Base
from caopan.metrics.scope import Scope


def ripe_lines(scope: Scope) -> ir.Table:
    """Return the paid order lines with their age and their refund.

    ``age``: business days from payment to the day of looking; the window of k days after payment
    is over where ``age > k``. ``refund_day``: business days from payment to refund, null where
    not refunded by then. ``refunded``: what was refunded by then, minor units, 0 where nothing.
    ``refund_known``: False where the refund cannot be placed: the ledger carries no refunds at
    all, or this one has an amount without a date or a date without an amount.
    ``refund_priced``: as that, but a refund without a date is known too, as soon as it is there.
    """
    rows = paid_lines(scope)
    paid = day_of(rows.paid_at)
    seen = rows.refunded_at.notnull()
    if scope.as_of is not None:
        seen = seen & (rows.refunded_at <= instant(scope.as_of, rows.refunded_at))
    undated = rows.refunded_at.isnull() & (rows.refund_amount.fill_null(0) > 0)
    unpriced = rows.refunded_at.notnull() & rows.refund_amount.isnull()
    refund_day = days_between(paid, day_of(rows.refunded_at))
    return rows.mutate(
        age=days_between(paid, looked_on(scope)),
        refund_day=ibis.ifelse(seen, refund_day, ibis.null("int64")),
        refunded=ibis.ifelse(seen | undated, rows.refund_amount, 0),
        refund_known=recorded(scope) & ~undated & ~unpriced,
        refund_priced=recorded(scope) & ~unpriced,
    )


def recorded(scope: Scope) -> ir.Value:
    """Return whether the order ledger carries refunds at all: no column is not "no refund"."""
    orders = scope.table("orders")
    cells = orders.aggregate(cells=orders.refunded_at.count() + orders.refund_amount.count())
    return cells.as_scalar() > 0


def ripe_for(days: int) -> Base:
    """Return the base of the paid order lines whose window of ``days`` is over.

    >>> ripe_for(7).name
    'paid_lines_ripe_7'
    """
    def rows(scope: Scope) -> ir.Table:
        lines = ripe_lines(scope)
        return lines.filter(lines.age > days)

    return replace(PAID_LINES, name=f"paid_lines_ripe_{days}", rows=rows, whole=RIPE_LINES,
                   only=lambda lines: lines.age > days)


RIPE_LINES = replace(PAID_LINES, name="paid_lines_ripe", rows=ripe_lines)
"""All paid order lines with their age: nothing is left out, so a young line makes a total null."""


def refunded_by(rows: ir.Table, days: int) -> ir.Value:
    """Return what was refunded within ``days`` after payment; null where not known."""
    within = rows.refund_day.notnull() & (rows.refund_day <= days)
    amount = ibis.ifelse(within, rows.refunded, 0)
    return ibis.ifelse(rows.refund_known, amount, ibis.null("int64"))


def net_by(rows: ir.Table, days: int) -> ir.Value:
    """Return the amount less refunds within ``days``; null where the line is younger."""
    net = rows.amount - refunded_by(rows, days)
    return ibis.ifelse(rows.age > days, net, ibis.null("int64"))


def refunded_so_far(rows: ir.Table) -> ir.Value:
    """Return what was refunded by the day of looking, at any age; null where not known."""
    return ibis.ifelse(rows.refund_priced, rows.refunded, ibis.null("int64"))
