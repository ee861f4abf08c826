"""Operated sessions (操盘场次) beside the streamer's usual ones, as observed."""

from __future__ import annotations

from dataclasses import replace

import ibis.expr.types as ir

from caopan.metrics import sales
from caopan.metrics.around import around
from caopan.metrics.base import SESSION_SHAPE, SESSIONS, session_rows
from caopan.metrics.calendar import day_of, days_between, within
from caopan.metrics.grouping import attach
from caopan.metrics.ratio import ratio
from caopan.metrics.scope import Scope
from caopan.units.message import Text

USUAL_DAYS = 30
AFTER_DAYS = 14


def operated(rows: ir.Table) -> ir.Value:
    """Return whether a session was run by an operator or under an engagement."""
    return rows.operator_id.notnull() | rows.engagement_id.notnull()


def against_usual(scope: Scope) -> ir.Table:
    """Return the operated sessions with ``usual``.

    ``usual`` is the mean GMV of the streamer's other sessions, same currency, that started in
    the 30 business days before; null where there were none.
    """
    rows = scope.table("sessions").filter(operated)
    rows = attach(within(rows, "started_at", scope), SESSION_SHAPE, scope)
    other = scope.table("sessions").filter(lambda table: ~operated(table))
    other = other.select(_streamer="streamer_id", _currency="currency", _gmv="gmv",
                         _day=day_of(other.started_at))
    since = days_between(other["_day"], day_of(rows.started_at))
    pairs = rows.join(other, [
        rows.streamer_id == other["_streamer"], rows.currency.identical_to(other["_currency"]),
        since >= 1, since <= USUAL_DAYS,
    ])
    usual = pairs.group_by(_session=pairs.session_id).aggregate(
        usual=ratio(pairs["_gmv"].sum(), pairs["_gmv"].count()))
    return rows.left_join(usual, rows.session_id == usual["_session"]).drop("_session")


def around_operated(scope: Scope) -> ir.Table:
    """Return the operated sessions with the streamer's GMV of the 14 days ``before``/``after``.

    The day itself counts for neither; a side is null where the data do not span it. Two operated
    sessions of one streamer within the windows share days: each shows its own.
    """
    gmv = next(metric for metric in sales.metrics() if metric.id == "gmv_gross")
    rows = session_rows(scope).filter(operated)
    events = rows.select(streamer_id="streamer_id", _session="session_id", _currency="currency",
                         on=day_of(rows.started_at))
    known = around(gmv, _until(scope), events=events, key="streamer_id", days=AFTER_DAYS)
    known = known.filter(known.currency.identical_to(known["_currency"]))
    known = known.select("_session", "before", "after")
    return rows.left_join(known, rows.session_id == known["_session"]).drop("_session")


def _until(scope: Scope) -> dict[str, ir.Table]:
    """Return the tables with the sessions seen by the instant of looking."""
    seen = within(scope.table("sessions"), "started_at", replace(scope, period=None))
    return {**scope.tables, "sessions": seen}


OPERATED = replace(SESSIONS, name="operated_sessions", rows=against_usual,
                   counted=Text(zh="操盘场次", en="operated sessions"))
OPERATED_AROUND = replace(OPERATED, name="operated_sessions_around", rows=around_operated)
