"""Cadence (开播节奏): how often and how long a room is on air."""

from __future__ import annotations

from dataclasses import replace

import ibis
import ibis.expr.types as ir

from caopan.metrics import part
from caopan.metrics.base import SESSIONS, session_rows
from caopan.metrics.calendar import TIME_NAMES, day_of, days_between
from caopan.metrics.metric import How, Metric, Part
from caopan.metrics.ratio import ratio
from caopan.metrics.scope import Scope
from caopan.units.message import Text
from caopan.units.unit import Unit

FAMILY = "cadence"
DAYS_OF_A_WEEK = 7


def metrics() -> tuple[Metric, ...]:
    """Return the metrics of cadence.

    >>> [metric.id for metric in metrics()]
    ['sessions', 'hours', 'hours_per_session', 'streamers_live', 'sessions_per_week']
    """
    return (
        Metric(id="sessions", zh="场次数", en="sessions", family=FAMILY, unit=Unit.COUNT,
               base=SESSIONS, numerator=part.SESSIONS),
        Metric(id="hours", zh="直播时长", en="hours on air", family=FAMILY, unit=Unit.HOURS,
               base=SESSIONS, numerator=part.HOURS),
        Metric(id="hours_per_session", zh="场均时长", en="hours per session", family=FAMILY,
               unit=Unit.HOURS, base=SESSIONS, numerator=part.HOURS, denominator=part.SESSIONS),
        Metric(id="streamers_live", zh="开播主播数", en="streamers who went live", family=FAMILY,
               unit=Unit.PEOPLE, base=SESSIONS,
               numerator=part.distinct("streamer_id", "开播主播数", "streamers who went live")),
        Metric(id="sessions_per_week", zh="周均场次", en="sessions per week", family=FAMILY,
               unit=Unit.COUNT, base=_WEEKS, numerator=part.SESSIONS,
               denominator=Part(words=Text(zh="周数", en="weeks"), how=How.MAX,
                                of=lambda rows: rows["weeks"]),
               ungrouped=frozenset(TIME_NAMES),
               note=Text(zh="有时段时按时段天数 ÷ 7，否则按首场到末场的天数 ÷ 7",
                         en="weeks of the period; without one, from the first to the last session"),
               trap=Text(zh="时段内才开播的主播会被低估",
                         en="a streamer who began inside the period is understated")),
    )


def _rows(scope: Scope) -> ir.Table:
    """Return the sessions with the weeks that their group is watched over."""
    rows = session_rows(scope)
    if scope.period is not None:
        days = ibis.literal(scope.period.days, "int64")
    else:
        group = ibis.window(group_by=[rows[name] for name in scope.by])
        day = day_of(rows.started_at)
        days = days_between(day.min().over(group), day.max().over(group)) + 1
    return rows.mutate(weeks=ratio(days, DAYS_OF_A_WEEK))


_WEEKS = replace(SESSIONS, name="sessions_with_weeks", rows=_rows)
