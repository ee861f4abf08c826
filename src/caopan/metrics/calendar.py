"""Business days in expressions: which day an instant falls on, and which rows a period holds."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import ibis
import ibis.expr.types as ir

from caopan.facts.schema import STARTED_AT_KNOWN
from caopan.metrics.scope import Scope
from caopan.units.clock import business_day
from caopan.units.period import Period

AHEAD = ibis.interval(hours=8)
"""Asia/Shanghai is eight hours ahead of UTC all year round (no summer time since 1991)."""

TimeName = Literal["day", "week", "month", "weekday", "hour"]
TIME_NAMES: tuple[TimeName, ...] = ("day", "week", "month", "weekday", "hour")


def day_of(instant: ir.Value) -> ir.Value:
    """Return the business day (营业日) of a UTC instant; a day is returned as it is.

    >>> import ibis
    >>> ibis.duckdb.connect().to_pyarrow(day_of(ibis.timestamp("2026-03-01 17:00:00"))).as_py()
    datetime.date(2026, 3, 2)
    """
    return instant if instant.type().is_date() else (instant + AHEAD).date()


def days_between(earlier: ir.Value, later: ir.Value) -> ir.Value:
    """Return how many business days ``later`` (a day) lies after ``earlier`` (a day).

    >>> import ibis
    >>> count = days_between(ibis.date("2026-03-01"), ibis.date("2026-03-08"))
    >>> ibis.duckdb.connect().to_pyarrow(count).as_py()
    7
    """
    return later.delta(earlier, unit="day")


def part_of_time(moment: ir.Value, name: TimeName) -> ir.Value:
    """Return one part of the business time of a moment.

    ``week`` is the Monday of the ISO week and ``month`` the first of the month, both as days;
    ``weekday`` counts from 1 (Monday), ``hour`` from 0 and needs an instant.

    >>> import ibis
    >>> hour = part_of_time(ibis.timestamp("2026-03-01 12:30:00"), "hour")
    >>> ibis.duckdb.connect().to_pyarrow(hour).as_py()
    20
    """
    day = day_of(moment)
    match name:
        case "day":
            return day
        case "week":
            return day.truncate("W")
        case "month":
            return day.truncate("M")
        case "weekday":
            return day.day_of_week.index() + 1
        case "hour":
            return (moment + AHEAD).hour()


def known_part(rows: ir.Table, at: str, name: TimeName) -> ir.Value:
    """Return one part of the business time of each row, null where the source never said it.

    A session whose source names the month only has no day, week, weekday or hour.

    >>> import ibis
    >>> import pyarrow as pa
    >>> rows = ibis.memtable(pa.table({"started_at": [datetime(2026, 3, 1, 12, 30)] * 2,
    ...                                "extra": ['{"x_started_at_known":"month"}', "{}"]}))
    >>> ibis.duckdb.connect().to_pyarrow(known_part(rows, "started_at", "hour")).to_pylist()
    [None, 20]
    """
    part = part_of_time(rows[at], name)
    if name == "month" or at != "started_at" or "extra" not in rows.columns:
        return part
    return start_is_known(rows).ifelse(part, ibis.null(part.type()))


def start_is_known(sessions: ir.Table) -> ir.BooleanValue:
    """Return whether each session's start is known to the day and hour, by its extra columns.

    >>> import ibis, pyarrow as pa
    >>> rows = ibis.memtable(pa.table({"extra": ['{"x_started_at_known":"month"}', None]}))
    >>> ibis.duckdb.connect().to_pyarrow(start_is_known(rows)).to_pylist()
    [False, True]
    """
    return ~sessions.extra.fill_null("").contains(f'"{STARTED_AT_KNOWN}":"month"')


def within(rows: ir.Table, at: str, scope: Scope) -> ir.Table:
    """Return the rows dated inside the period, and not after the instant of looking.

    Rows without a date are kept only where neither is asked for.

    >>> import ibis
    >>> table = ibis.table({"paid_at": "timestamp('UTC', 6)"})
    >>> within(table, "paid_at", Scope(tables={})) is table
    True
    """
    if scope.period is not None:
        rows = rows.filter(*_inside(rows[at], scope.period))
    if scope.as_of is not None:
        rows = rows.filter(rows[at] <= _until(rows[at], scope.as_of))
    return rows


def _inside(at: ir.Value, period: Period) -> tuple[ir.Value, ir.Value]:
    if at.type().is_date():
        return at >= ibis.literal(period.start), at < ibis.literal(period.end)
    start, end = period.instants()
    return at >= instant(start, at), at < instant(end, at)


def _until(at: ir.Value, as_of: datetime) -> ir.Value:
    return ibis.literal(business_day(as_of)) if at.type().is_date() else instant(as_of, at)


def instant(moment: datetime, like: ir.Value) -> ir.Value:
    """Return an aware moment as a literal of a column's own timestamp type.

    >>> import ibis
    >>> from datetime import UTC
    >>> column = ibis.table({"at": "timestamp('UTC', 6)"}).at
    >>> instant(datetime(2026, 3, 1, tzinfo=UTC), column).type() == column.type()
    True
    """
    return ibis.literal(moment, type=like.type().copy(nullable=True))


def looked_on(scope: Scope) -> ir.Value:
    """Return the business day of looking: the last one seen, perhaps not over yet.

    A window of k days after day d is complete where ``d + k`` lies before it. Without ``as_of``
    it is the day of the last instant that the orders carry (paid, refunded or created).

    >>> from datetime import UTC
    >>> looked_on(Scope(tables={}, as_of=datetime(2026, 3, 1, 17, tzinfo=UTC))).op().value
    datetime.date(2026, 3, 2)
    """
    if scope.as_of is not None:
        return ibis.literal(business_day(scope.as_of))
    orders = scope.table("orders")
    last = [orders[name].max() for name in ("paid_at", "refunded_at", "created_at")]
    return day_of(orders.aggregate(last=ibis.greatest(*last)).as_scalar())
