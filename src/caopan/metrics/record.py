"""Records (单场纪录): the best session so far, and how often it is broken."""

from __future__ import annotations

from dataclasses import replace

import ibis
import ibis.expr.types as ir

from caopan.metrics.base import SESSION_SHAPE, SESSIONS
from caopan.metrics.calendar import within
from caopan.metrics.grouping import attach
from caopan.metrics.metric import GmvBasis, How, Metric, Part
from caopan.metrics.scope import Scope
from caopan.units.message import Text
from caopan.units.unit import Unit

FAMILY = "record"


def metrics() -> tuple[Metric, ...]:
    """Return the metrics of records.

    >>> [metric.id for metric in metrics()]
    ['session_record', 'record_breaks', 'record_break_rate', 'record_break_size']
    """
    broken = Part(words=Text(zh="破纪录场次数", en="sessions that broke the record"),
                  of=lambda rows: rows.gmv > rows["record"])
    with_record = Text(zh="此前已有纪录的场次数", en="sessions with an earlier one to beat")
    first = Text(zh="主播在数据里的第一场没有纪录可破，不计",
                 en="a streamer's first session in the data has nothing to beat and is out")
    return (
        Metric(id="session_record", zh="单场成交纪录", en="best session", family=FAMILY,
               unit=Unit.MONEY, base=SESSIONS, money=True, gmv_basis=GmvBasis.SESSION,
               numerator=Part(words=Text(zh="单场成交金额的最大值", en="highest GMV of a session"),
                              of=lambda rows: rows.gmv, how=How.MAX)),
        Metric(id="record_breaks", zh="破纪录次数", en="records broken", family=FAMILY,
               unit=Unit.COUNT, base=_AGAINST_RECORD, money=True, gmv_basis=GmvBasis.SESSION,
               numerator=broken, trap=first),
        Metric(id="record_break_rate", zh="破纪录率", en="share of sessions that broke the record",
               family=FAMILY, unit=Unit.RATIO, base=_AGAINST_RECORD, money=True,
               gmv_basis=GmvBasis.SESSION, numerator=broken, trap=first,
               denominator=Part(words=with_record,
                                of=lambda rows: (rows.gmv >= 0) & (rows["record"] >= 0))),
        Metric(id="record_break_size", zh="破纪录幅度", en="new record over the old", family=FAMILY,
               unit=Unit.TIMES, base=_AGAINST_RECORD, money=True, gmv_basis=GmvBasis.SESSION,
               numerator=Part(words=Text(zh="新纪录金额", en="new records"),
                              of=lambda rows: _broken(rows, rows.gmv)),
               denominator=Part(words=Text(zh="被破的纪录金额", en="records they broke"),
                                of=lambda rows: _broken(rows, rows["record"]))),
    )


def _rows(scope: Scope) -> ir.Table:
    """Return the sessions with ``record``: the streamer's best GMV before, null where none."""
    rows = scope.table("sessions")
    earlier = ibis.window(group_by=[rows.streamer_id, rows.currency],
                          order_by=[rows.started_at, rows.session_id], preceding=(None, 1))
    rows = rows.mutate(record=rows.gmv.max().over(earlier))
    return attach(within(rows, "started_at", scope), SESSION_SHAPE, scope)


def _broken(rows: ir.Table, amount: ir.Value) -> ir.Value:
    return ibis.ifelse(rows.gmv > rows["record"], amount, ibis.null("int64"))


_AGAINST_RECORD = replace(SESSIONS, name="sessions_against_record", rows=_rows)
