"""Where a subject stands among its peers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import ibis
import ibis.expr.types as ir

from caopan.metrics.metric import Metric
from caopan.metrics.ratio import ratio
from caopan.metrics.scope import Tables
from caopan.metrics.value import alone, grouping, unordered
from caopan.units.period import Period


def percentile(
    metric: Metric, tables: Tables, *, subject: str, peers: Sequence[str] = (),
    period: Period | None = None, as_of: datetime | None = None,
) -> ir.Table:
    """Return each subject's value and its place (百分位) among its peers.

    ``subject`` is a grouping (``merchant_id``), ``peers`` the groupings whose equals are peers
    (``merchant_category``). Adds to ``value``: ``peers`` (subjects of the peer group with a
    value) and ``percentile`` in (0, 1): the share of them below, ties counted half, the subject
    itself among them; null where the value is.

    Raises:
        UnknownGroupingError: the metric's rows do not carry a grouping.
    """
    by = (*peers, subject)
    group_names = [name for name in grouping((metric,), by) if name != subject]
    rows = alone(metric, unordered((metric,), tables, by=by, period=period, as_of=as_of))
    group = [rows[name] for name in group_names]
    known = rows["value"].notnull()
    order = ibis.window(group_by=[*group, known], order_by=rows["value"])
    rows = rows.mutate(
        _below=ibis.rank().over(order).cast("int64"), _to_here=ibis.cume_dist().over(order),
        peers=known.cast("int64").sum().over(ibis.window(group_by=group)),
    )
    # the shares below and up to a value, ties included: half way between stands the value itself
    place = (ratio(rows["_below"], rows["peers"]) + rows["_to_here"]) * 0.5
    place = ibis.ifelse(rows["value"].notnull(), place, ibis.null("float64"))
    kept = [name for name in rows.columns if name not in {"_below", "_to_here"}]
    return rows.select(*kept, percentile=place).order_by(*by)
