"""A reading (读数): what a platform said at one time, before it becomes events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from caopan.ingest.feeds.fault import Cause, FeedError
from caopan.live.event import Known, Source

COUNTED = ("enter", "leave", "click", "impression", "comment", "like", "follow", "share")
"""The kinds of event that a total may be of."""
MOST = 1e13
"""No room has more of anything."""
WHOLE = "room"
"""The product of what is known for the room as a whole alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sold:
    """What was sold so far, of one product or of the room; ``minor``: minor units."""

    orders: int
    minor: int
    product: str = WHOLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    """A value at the time of the reading; a price in minor units."""

    kind: str
    value: int
    product: str = WHOLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one look found.

    ``totals``: so far, by (kind, product); ``WHOLE`` for the room. ``spent``: so far by plan, minor
    units. ``each``: events that the platform tells one by one. ``on_air``: None where it is not
    said. ``source``: from whom it is known.
    """

    at: datetime
    totals: Mapping[tuple[str, str], int] = field(default_factory=dict)
    sold: tuple[Sold, ...] = ()
    spent: Mapping[str, int] = field(default_factory=dict)
    gauges: tuple[Gauge, ...] = ()
    each: tuple[Known, ...] = ()
    on_air: bool | None = None
    clock: datetime | None = None
    source: Source = "platform"


def whole(row: Mapping[str, Any], *names: str) -> int | None:
    """Return a count of a platform's object under the first of its names; None where none is.

    >>> whole({"watch": "12"}, "views", "watch"), whole({}, "views")
    (12, None)

    Raises:
        FeedError: what stands there is no count.
    """
    for name in names:
        said = row.get(name)
        if said is None or said == "":
            continue
        if isinstance(said, int) and 0 <= said < MOST:
            return int(said)  # as it is: a float holds no number of nineteen digits
        return round(_number(said, name))
    return None


def minor(row: Mapping[str, Any], name: str, *, scale: int) -> int | None:
    """Return money of a platform's object in minor units; None where it is not said.

    Args:
        row: the object.
        name: the field.
        scale: minor units of one of what stands there: 100 for yuan, 1 for fen.

    >>> minor({"gmv": 59.9}, "gmv", scale=100)
    5990

    Raises:
        FeedError: what stands there is no amount.
    """
    said = row.get(name)
    return None if said is None or said == "" else round(_number(said, name) * scale)


def _number(said: object, name: str) -> float:
    try:
        value = float(said) if isinstance(said, str | int | float) else -1.0
    except (ValueError, OverflowError):
        value = -1.0
    if isinstance(said, bool) or not 0 <= value < MOST:  # NaN fails too
        raise FeedError(Cause.UNREADABLE, f"{name}: {str(said)[:20]}")
    return value
