"""How a room does against its plan (差额): money that was due by now, and what came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from caopan.plan.timing import Slot
from caopan.units.interval import Interval


def due(planned: Sequence[Slot], *, by: datetime) -> float | None:
    """Return the GMV that the plan's targets had due by an instant, in minor units.

    An item counts by the share of its time that is over. None where no item carries a target.

    >>> from datetime import UTC
    >>> due((), by=datetime(2026, 1, 1, tzinfo=UTC)) is None
    True
    """
    if all(one.item.target.gmv is None for one in planned):
        return None
    total = 0.0
    for one in planned:
        target, length = one.item.target.gmv, (one.ends_at - one.starts_at).total_seconds()
        if target is None:
            continue
        over = (by - one.starts_at).total_seconds()
        total += target.mid * (min(max(over / length, 0.0), 1.0) if length else float(over >= 0))
    return total


def aimed(planned: Sequence[Slot]) -> Interval | None:
    """Return what the plan's targets come to, in minor units; None where one is missing.

    The ends are added up as they are: items of one evening rise and fall together, so that the
    range is as wide as it can be.
    """
    targets = [one.item.target.gmv for one in planned if one.item.product_id is not None]
    known = [one for one in targets if one is not None]
    if not known or len(known) < len(targets):
        return None
    return Interval(low=sum(one.low for one in known), mid=sum(one.mid for one in known),
                    high=sum(one.high for one in known), level=known[0].level)
