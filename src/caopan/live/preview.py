"""What a command would change (预览): minutes for certain, money as a range or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import hypot

from caopan.live.room import Room
from caopan.plan.item import Item
from caopan.units.interval import Interval

LEVEL = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """An item whose beginning moves; ``late``: seconds after its anchor, then and now."""

    item: Item
    before: datetime | None
    after: datetime | None
    late_before: float = 0.0
    late_after: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would be different: beginnings, the end, and money in minor units.

    ``money`` is None where it cannot be told: an item that changes carries no target.
    """

    shifts: tuple[Shift, ...]
    ends_before: datetime
    ends_after: datetime
    money: Interval | None
    unknown: tuple[str, ...] = ()


def preview(before: Room, after: Room, *, now: datetime) -> Preview:
    """Return what lies between a room and the same room after a command.

    Money is the plan's own targets, by the time each item gets: an item that is shortened to a
    half is taken to bring half of it, one that is extended between nothing and in proportion more.
    """
    old = {one.item.id: one for one in before.coming(now)}
    new = {one.item.id: one for one in after.coming(now)}
    shifts = []
    for item in {one.item.id: one.item for one in (*old.values(), *new.values())}.values():
        was, will = old.get(item.id), new.get(item.id)
        if was and will and was.starts_at == will.starts_at:
            continue
        shifts.append(Shift(
            item=item, before=was.starts_at if was else None,
            after=will.starts_at if will else None,
            late_before=was.late if was else 0.0, late_after=will.late if will else 0.0))
    money, unknown = _money(before, after)
    return Preview(shifts=tuple(shifts), ends_before=before.ends_at(now),
                   ends_after=after.ends_at(now), money=money, unknown=unknown)


def _ahead(room: Room) -> dict[str, Item]:
    on_air = room.on_air
    items = (*((on_air.item,) if on_air else ()), *room.rest)
    return {one.id: one for one in items}


def _money(before: Room, after: Room) -> tuple[Interval | None, tuple[str, ...]]:
    """Return the difference of what is still to come; widths add as of independent items."""
    old, new = _ahead(before), _ahead(after)
    mid = down = up = 0.0
    level, unknown = LEVEL, []
    for item_id in {**old, **new}:
        was, will = old.get(item_id), new.get(item_id)
        item = was or new[item_id]
        if was and will and was.seconds == will.seconds:
            continue
        if item.target.gmv is None:
            unknown += [item.title] if item.product_id is not None else []
            continue
        one = _difference(item.target.gmv, was, will)
        level, mid = one.level, mid + one.mid
        down, up = hypot(down, one.mid - one.low), hypot(up, one.high - one.mid)
    if unknown:
        return None, tuple(unknown)
    return Interval(low=mid - down, mid=mid, high=mid + up, level=level), ()


def _difference(target: Interval, was: Item | None, will: Item | None) -> Interval:
    """Return what an item brings more, or less, for the time it gets."""
    if was is None or will is None:
        return target.scaled(1.0 if was is None else -1.0)
    share = will.seconds / max(was.seconds, 1) - 1.0
    one = target.scaled(share)
    if share > 0:
        return Interval(low=0.0, mid=one.mid / 2, high=one.high, level=one.level)
    return one
