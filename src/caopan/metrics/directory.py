"""Who there is (主播/商家名录): every subject with its sessions and two stretches of GMV."""

from __future__ import annotations

from dataclasses import replace

import ibis.expr.types as ir

from caopan.metrics.base import session_rows
from caopan.metrics.calendar import day_of
from caopan.metrics.scope import Scope
from caopan.units.period import Period


def directory(scope: Scope, *, key: str, period: Period) -> ir.Table:
    """Return the subjects that have sessions, one row an id and currency.

    Columns: ``id``, ``currency``, ``sessions`` (of all time), ``sessions_now`` and
    ``sessions_before`` (started in the period, and in the one of equal length just before),
    ``gmv_now`` and ``gmv_before`` (minor units; null where no session there has an amount),
    ``last_seen`` (business day). GMV and whose a session is are as in the metric ``gmv_gross``;
    sessions set aside by a diagnosis are not told apart here.
    """
    rows = session_rows(replace(scope, by=(key, "currency"), period=None))
    rows = rows.filter(rows[key].notnull())
    rows = rows.mutate(_day=day_of(rows.started_at))
    before = period.previous()
    now = (rows["_day"] >= period.start) & (rows["_day"] < period.end)
    then = (rows["_day"] >= before.start) & (rows["_day"] < before.end)
    return rows.group_by(id=rows[key], currency=rows.currency.fill_null("CNY")).aggregate(
        sessions=rows.count(), sessions_now=rows.count(where=now),
        sessions_before=rows.count(where=then), gmv_now=rows.gmv.sum(where=now),
        gmv_before=rows.gmv.sum(where=then), last_seen=rows["_day"].max(),
    )
