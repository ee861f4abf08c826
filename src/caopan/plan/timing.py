"""When each item begins and ends (排时): lengths in a row, held by promises for a wall clock.

An item with an anchor never begins before it, so that a room which is early waits there; one that
is late begins late, and says by how much. Everything is in aware instants: a show that runs over
midnight needs no care, and a business day plays no part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from caopan.plan.item import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The time of one item on air; ``waits``: seconds of nothing before it, for its anchor.

    ``late``: seconds after its anchor; 0 without one.
    """

    item: Item
    starts_at: datetime
    ends_at: datetime
    waits: float = 0.0
    late: float = 0.0


def slots(items: Sequence[Item], *, start: datetime) -> tuple[Slot, ...]:
    """Return the time of each item where the first begins at ``start``.

    >>> from datetime import UTC
    >>> from caopan.plan.item import ItemType
    >>> eight = datetime(2026, 11, 27, 20, tzinfo=UTC)
    >>> first = Item(id="a", type=ItemType.OPEN, title="开场", seconds=600)
    >>> sale = Item(id="b", type=ItemType.FLASH, title="闪购", seconds=60,
    ...             anchor=eight + timedelta(minutes=15))
    >>> [(one.waits, one.late) for one in slots([first, sale], start=eight)]
    [(0.0, 0.0), (300.0, 0.0)]
    """
    found, at = [], start
    for item in items:
        begins = at if item.anchor is None else max(at, item.anchor)
        late = 0.0 if item.anchor is None else (begins - item.anchor).total_seconds()
        ends = begins + timedelta(seconds=item.seconds)
        found.append(Slot(item=item, starts_at=begins, ends_at=ends, late=late,
                          waits=(begins - at).total_seconds()))
        at = ends
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnAir:
    """The item on air: since when, how long it stood still, and since when it stands still now.

    ``paused_seconds``: of pauses that are over. ``paused_at``: None where nothing is paused.
    """

    item: Item
    began_at: datetime
    paused_seconds: float = 0.0
    paused_at: datetime | None = None

    def elapsed(self, now: datetime) -> float:
        """Return the seconds it has been told, pauses left out.

        >>> from datetime import UTC
        >>> from caopan.plan.item import ItemType
        >>> eight = datetime(2026, 11, 27, 20, tzinfo=UTC)
        >>> on = OnAir(item=Item(id="a", type=ItemType.QA, title="问", seconds=60),
        ...            began_at=eight, paused_at=eight + timedelta(seconds=20))
        >>> on.elapsed(eight + timedelta(seconds=50))
        20.0
        """
        until = now if self.paused_at is None else min(self.paused_at, now)
        return max((until - self.began_at).total_seconds() - self.paused_seconds, 0.0)

    def left(self, now: datetime) -> float:
        """Return the seconds to its end; negative where it has overrun (超时)."""
        return self.item.seconds - self.elapsed(now)

    def ends_at(self, now: datetime) -> datetime:
        """Return when it ends as things are: at its length, or now where it has overrun."""
        return now + timedelta(seconds=max(self.left(now), 0.0))


def ahead(on_air: OnAir, rest: Sequence[Item], *, now: datetime) -> tuple[Slot, ...]:
    """Return the times to come of the items after the one on air, as things are at ``now``."""
    return slots(rest, start=on_air.ends_at(now))


def behind(on_air: OnAir, rest: Sequence[Item], *, planned: Sequence[Slot],
           now: datetime) -> float | None:
    """Return by how many seconds the room is late (时间偏差), negative where it is early.

    It is how far the next item's beginning as things are lies from its planned one; at the last
    item, how far the end does. None where the plan has not got the item.

    Args:
        on_air: the item on air.
        rest: the items after it, as they are now.
        planned: the whole sheet's times, as planned before the start.
        now: the present.
    """
    starts = {one.item.id: one.starts_at for one in planned}
    ends = {one.item.id: one.ends_at for one in planned}
    for one in ahead(on_air, rest, now=now):
        if one.item.id in starts:
            return (one.starts_at - starts[one.item.id]).total_seconds()
    last = rest[-1].id if rest else on_air.item.id
    if not planned:
        return None
    end = ahead(on_air, rest, now=now)[-1].ends_at if rest else on_air.ends_at(now)
    return (end - ends.get(last, planned[-1].ends_at)).total_seconds()
