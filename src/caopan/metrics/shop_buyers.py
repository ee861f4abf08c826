"""Buyers of a shop: when each first bought, and when again."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from caopan.metrics.base import LINE_SHAPE, sold
from caopan.metrics.calendar import day_of, days_between, looked_on, part_of_time, within
from caopan.metrics.grouping import Shape, attach
from caopan.metrics.metric import Base
from caopan.metrics.scope import Scope
from caopan.units.message import Text

PAIR = 2
"""Lines of a buyer that leave no doubt which day came next."""
EPOCH, FLAGS = "1970-01-01", 4
"""Days are counted from here; a flag is yes, no or not said, with room to spare."""
SHAPE = Shape(own=frozenset({"merchant_id", "buyer_id"}), at="first_day", hourly=False)
MONTH_SHAPE = Shape(own=frozenset({"merchant_id", "buyer_id"}), at="bought_in", hourly=False)


def days_bought(scope: Scope) -> ir.Table:
    """Return the sales of all time with a buyer: ``merchant_id``, ``buyer_id``, ``day``, ``new``.

    The period does not cut them: who is new, and who came again, is decided by the whole history
    up to the instant of looking. ``new`` is the platform's flag on the line, null where absent.
    """
    whole = Scope(tables=scope.tables, as_of=scope.as_of)
    lines = sold(within(scope.table("orders"), "paid_at", whole))
    lines = lines.filter(lines.buyer_id.notnull())
    return lines.select("merchant_id", "buyer_id", day=day_of(lines.paid_at),
                        new=lines.new_to_shop)


def shop_buyers(scope: Scope) -> ir.Table:
    """Return one row a buyer and shop whose first purchase lies in the period.

    ``first_day``; ``gap``: days until the next business day with a purchase, null where none;
    ``age``: business days from the first purchase to the day of looking; ``new``: whether the
    platform called the buyer new to the shop on that first day, null where it said nothing. A
    second order on the first day is the same visit to the room, no repurchase.
    """
    lines = days_bought(scope)
    once = lines.group_by("merchant_id", "buyer_id").aggregate(
        first_day=lines.day.min(), last_day=lines.day.max(), lines=lines.count(),
        flag=lines.new.cast("int64").max(),
        first_flag=_dated(lines).min())
    once = once.mutate(first_flag=once.first_flag % FLAGS - 1)
    once = once.filter(*_in_period(once.first_day, scope))
    several = (once.lines > PAIR) & (once.last_day > once.first_day)
    buyers = _of_a_pair(once.filter(~several)).union(_of_several(lines, once.filter(several)))
    buyers = buyers.mutate(age=days_between(buyers.first_day, looked_on(scope)))
    return attach(buyers, SHAPE, scope)


def _dated(lines: ir.Table) -> ir.IntegerColumn:
    """Return each line's day and flag in one number: the least has the flag of the first day.

    Far cheaper than the flag of the least day, for which lines would be put in order.
    """
    flag = lines.new.cast("int64").fill_null(-1)
    return days_between(ibis.date(EPOCH), lines.day) * FLAGS + flag + 1


def _of_a_pair(buyers: ir.Table) -> ir.Table:
    """Return the buyers of one day, or of two lines: both days, and the first's flag, are known.

    This is most of them, and they need no second look at the lines.
    """
    gap = days_between(buyers.first_day, buyers.last_day)
    flag = ibis.ifelse(gap > 0, buyers.first_flag, buyers.flag)
    return buyers.select("merchant_id", "buyer_id", "first_day",
                         gap=ibis.ifelse(gap > 0, gap, ibis.null(gap.type())),
                         new=ibis.ifelse(flag < 0, ibis.null("boolean"), flag == 1))


def _of_several(lines: ir.Table, buyers: ir.Table) -> ir.Table:
    """Return the other buyers from all their lines."""
    first = buyers.select(_merchant="merchant_id", _buyer="buyer_id", first_day="first_day")
    bought = lines.join(first, [lines.merchant_id.identical_to(first["_merchant"]),
                                lines.buyer_id == first["_buyer"]])
    since = days_between(bought.first_day, bought.day)
    return bought.group_by("merchant_id", "buyer_id").aggregate(
        first_day=bought.first_day.min(),
        gap=since.min(where=since > 0),
        new=bought.new.cast("int64").max(where=since == 0) == 1,
    )


def buyer_months(scope: Scope) -> ir.Table:
    """Return one row a buyer, shop and month with a purchase.

    ``bought_in``: the month; ``again``: whether they bought in the very next month, null until
    that month is over; ``new``: whether the platform called them new to the shop that month. A
    month counts for a period that holds its first day.
    """
    lines = days_bought(scope)
    lines = lines.mutate(month=part_of_time(lines.day, "month"))
    months = lines.group_by("merchant_id", "buyer_id", "month").aggregate(
        new=lines.new.cast("int64").max() == 1)
    shop = ibis.window(group_by=[months.merchant_id, months.buyer_id], order_by=months.month)
    months = months.mutate(next=months.month.lead().over(shop))
    following = month_number(months.month) + 1
    over = following < month_number(looked_on(scope))
    came = (month_number(months.next) == following).fill_null(ibis.literal(value=False))
    rows = months.mutate(bought_in=months.month,
                         again=ibis.ifelse(over, came, ibis.null("boolean")))
    rows = rows.filter(*_in_period(rows.bought_in, scope))
    return attach(rows.drop("month", "next"), MONTH_SHAPE, scope)


def month_number(day: ir.Value) -> ir.Value:
    """Return the number of a day's month, counted through the years.

    >>> import ibis
    >>> ibis.duckdb.connect().to_pyarrow(month_number(ibis.date("2026-01-31"))).as_py()
    24313
    """
    return day.year().cast("int64") * 12 + day.month()


def buyers_within(scope: Scope) -> ir.Table:
    """Return one row a buyer, shop and group of the scope, with ``orders`` in the period."""
    lines = sold(within(scope.table("orders"), "paid_at", scope))
    lines = attach(lines.filter(lines.buyer_id.notnull()), LINE_SHAPE, scope)
    keys = dict.fromkeys((*scope.by, "merchant_id", "buyer_id"))
    return lines.group_by(*keys).aggregate(orders=lines.order_id.nunique())


def _in_period(day: ir.Value, scope: Scope) -> tuple[ir.Value, ...]:
    if scope.period is None:
        return (ibis.literal(value=True),)
    return day >= ibis.literal(scope.period.start), day < ibis.literal(scope.period.end)


_COUNTED = Text(zh="买家 × 店铺", en="buyers of a shop")
_SOURCE = Text(zh="订单明细（按店铺、买家）", en="the order ledger, by shop and buyer")
SHOP_BUYERS = Base(name="shop_buyers", counted=_COUNTED, tables=("orders",), shape=SHAPE,
                   rows=shop_buyers, source=_SOURCE,
                   one_per=frozenset({"merchant_id", "buyer_id"}))
BUYER_MONTHS = Base(name="buyer_months", counted=Text(zh="买家 × 月", en="buyer months"),
                    tables=("orders",), shape=MONTH_SHAPE, rows=buyer_months, source=_SOURCE)
BUYERS_WITHIN = Base(name="buyers_within", counted=_COUNTED, tables=("orders",),
                     shape=LINE_SHAPE, rows=buyers_within, source=_SOURCE, regrouped=True)
