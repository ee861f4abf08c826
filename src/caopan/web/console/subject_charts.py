"""The charts of a profile: what the workspace found, as specs of the chart kit."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import takewhile

from caopan.units.message import Text
from caopan.units.unit import Unit
from caopan.web.console.chart.calendar import CalendarHeat, Day
from caopan.web.console.chart.line import Line
from caopan.web.console.chart.maturity import Curve
from caopan.web.console.chart.maturity import Maturity as MaturityChart
from caopan.web.console.chart.sparkline import Sparkline
from caopan.web.console.chart.triangle import Cohort, Triangle
from caopan.workspace.following import Following
from caopan.workspace.maturing import Maturity
from caopan.workspace.profile import Figure, Profile
from caopan.workspace.returning import Cohort as Buyers
from caopan.workspace.returning import Returning
from caopan.workspace.room import Room

WEEKS_SHOWN = 52


def sparkline(figure: Figure, profile: Profile) -> Sparkline:
    """Return one figure's last weeks."""
    return Sparkline(
        title=figure.metric.name, unit=figure.metric.unit, currency=profile.room.currency,
        values=tuple((monday.strftime("%m-%d"), value)
                     for monday, value in zip(profile.mondays, figure.weeks, strict=True)))


def calendar(room: Room) -> CalendarHeat:
    """Return the days of the last year, ended by the workspace's own last day.

    Sessions set aside count for nothing; a day with a session without an amount is unknown.
    """
    first = room.whole.end - timedelta(weeks=WEEKS_SHOWN)
    found: dict[date, list[float]] = {}
    gmv = room.sessions.columns["gmv"]
    for day, amount, reason in zip(room.sessions.day.tolist(), gmv.tolist(), room.apart,
                                   strict=True):
        when = date.fromordinal(_EPOCH + day)
        if reason is None and when >= first:
            found.setdefault(when, []).append(amount)
    days = tuple(Day(day=when, value=sum(found[when]), sessions=len(found[when]))
                 for when in sorted(found))
    return CalendarHeat(title=Text(zh="每天成交金额", en="GMV by day"), unit=Unit.MONEY,
                        currency=room.currency, days=days)


def maturity(found: Maturity) -> MaturityChart:
    """Return a curve a month of payment, each as far as it is ripe."""
    return MaturityChart(
        title=Text(zh="退款率随天数成熟", en="Refunded share by age"), unit=Unit.RATIO,
        note=Text(zh="每月付款的订单一条线，只画到看得清的那一天",
                  en="one line a month of payment, drawn as far as it can be known"),
        curves=tuple(Curve(name=month(curve.month), n=curve.lines, points=tuple(
            (day, share) for day, share in enumerate(curve.shares) if share is not None))
            for curve in found.curves if curve.ripe >= 0))


def triangle(found: Returning) -> Triangle:
    """Return the cohorts with a month behind them; a month that is not over is left out."""
    cohorts = tuple(Cohort(name=cohort.month.strftime("%Y-%m"), n=cohort.size,
                           values=_shares(cohort)) for cohort in found.cohorts)
    return Triangle(
        title=Text(zh="复购三角", en="Repurchase triangle"), unit=Unit.RATIO,
        note=Text(zh="按首单月份；没过完的月份不给数",
                  en="by the month of the first order; months that are not over are left out"),
        cohorts=tuple(cohort for cohort in cohorts if cohort.values))


def _shares(cohort: Buyers) -> tuple[float | None, ...]:
    """Return the share that came back by months since; a month without anyone is 0."""
    ripe = list(takewhile(lambda cell: cell is None or cell.complete, cohort.cells[1:]))
    return tuple(cell.share if cell is not None else 0.0 for cell in ripe)


def followers(found: Following) -> Line | None:
    """Return a host's followers by day, None where they were not counted."""
    if not found.days:
        return None
    return Line(title=Text(zh="粉丝数", en="Followers"), unit=Unit.PEOPLE,
                moment=Text(zh="日期", en="Day"),
                values=tuple((day.isoformat(), count) for day, count in found.days))


def month(first: date) -> Text:
    """Return the name of a month.

    >>> month(date(2026, 3, 1)).en
    '2026-03'
    """
    said = first.strftime("%Y-%m")
    return Text(zh=said, en=said)


_EPOCH = date(1970, 1, 1).toordinal()
