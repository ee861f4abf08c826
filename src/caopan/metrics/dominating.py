"""The one session that makes a total what it is."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from caopan.metrics.base import SESSIONS, session_rows
from caopan.metrics.grouping import check
from caopan.metrics.ratio import ratio
from caopan.metrics.scope import Scope


def largest_session(scope: Scope) -> ir.Table:
    """Return the largest session (最大一场) of each group and its share of the group's GMV.

    Columns: the groups, ``currency``, ``session_id``, ``started_at``, ``gmv`` (minor units),
    ``total``, ``share`` (null where nothing sold), ``sessions`` (with a figure). From which share
    on a session dominates is the playbook's to say.

    Raises:
        UnknownGroupingError: sessions cannot be split that way.
    """
    by = tuple(dict.fromkeys((*scope.by, "currency")))
    check(by, SESSIONS.shape.groups, metric="largest_session")
    asked = Scope(tables=scope.tables, by=by, period=scope.period, as_of=scope.as_of)
    rows = session_rows(asked)
    rows = rows.filter(rows.gmv.notnull())
    group = ibis.window(group_by=[rows[name] for name in by])
    order = ibis.window(group_by=[rows[name] for name in by],
                        order_by=[rows.gmv.desc(), rows.started_at, rows.session_id])
    rows = rows.mutate(total=rows.gmv.sum().over(group), sessions=rows.count().over(group),
                       place=ibis.row_number().over(order))
    rows = rows.filter(rows.place == 0)
    names = dict.fromkeys((*by, "session_id", "started_at", "gmv", "total", "sessions"))
    return rows.select(*names, share=ratio(rows.gmv, rows.total)).order_by(*by)
