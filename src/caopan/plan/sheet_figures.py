"""What a run sheet adds up to (节目单合计): when each item comes, what it should bring."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from caopan.plan.item import Item, LineClass
from caopan.plan.run_sheet import RunSheet
from caopan.plan.timing import Slot, slots
from caopan.units.interval import Interval

NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)
"""Where a session's start is not known, times are told from its beginning: this stands for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One item as it stands in the evening; seconds.

    ``begins`` and ``ends``: since the session's start. ``over``: how much later it begins than in
    the version it is compared with, negative where earlier; None: that one has not got it.
    """

    item: Item
    slot: Slot
    begins: float
    ends: float
    over: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A sum over items; ``n``: how many tell it, ``of`` so many that could.

    Every item's low end is added to the others', and every high end: the widest there is.
    """

    range: Interval | None
    n: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a sheet adds up to: seconds and minor units of its currency.

    ``profit``: before ad spend. ``given``: what items sold below cost lose, >= 0. ``shares``: of
    the time of classed items, a ratio by class.
    """

    seconds: float
    gmv: Sum
    profit: Sum
    given: Sum
    shares: dict[LineClass, float]


def lines(sheet: RunSheet, *, start: datetime | None = None,
          beside: RunSheet | None = None) -> tuple[Line, ...]:
    """Return every item with its time.

    Args:
        sheet: the run sheet.
        start: when the session begins; None: not known, and anchors hold nothing.
        beside: the version it is compared with.

    >>> from caopan.plan.item import ItemType
    >>> a, b = (Item(id=one, type=ItemType.QA, title=one, seconds=60) for one in "ab")
    >>> [(one.begins, one.over) for one in lines(RunSheet(items=(a, b)),
    ...                                          beside=RunSheet(items=(b, a)))]
    [(0.0, -60.0), (60.0, 60.0)]
    """
    found = _slots(sheet.items, start)
    first = NO_DAY if start is None else start
    was = {} if beside is None else {one.item.id: one.starts_at
                                     for one in _slots(beside.items, start)}
    return tuple(Line(
        item=one.item, slot=one, begins=(one.starts_at - first).total_seconds(),
        ends=(one.ends_at - first).total_seconds(), over=None if one.item.id not in was
        else (one.starts_at - was[one.item.id]).total_seconds()) for one in found)


def _slots(items: Sequence[Item], start: datetime | None) -> tuple[Slot, ...]:
    if start is not None:
        return slots(items, start=start)
    return slots([replace(one, anchor=None) for one in items], start=NO_DAY)


def figures(sheet: RunSheet, *, start: datetime | None = None) -> Figures:
    """Return what a sheet adds up to.

    >>> figures(RunSheet()).gmv
    Sum(range=None, n=0, of=0)
    """
    told = lines(sheet, start=start)
    sold = [one for one in sheet.items if one.price is not None or one.product_id is not None]
    loses = [one for one in sold if (margin(one) or 0.0) < 0]
    classed = [one for one in sheet.items if one.line_class is not None]
    whole = sum(one.seconds for one in classed)
    return Figures(
        seconds=told[-1].ends if told else 0.0,
        gmv=_sum(sold, lambda one: one.target.gmv), profit=_sum(sold, _profit),
        given=_sum(loses, lambda one: None if (left := _profit(one)) is None
                   else left.scaled(-1.0)),
        shares={kind: sum(one.seconds for one in classed if one.line_class is kind) / whole
                for kind in LineClass if whole and any(one.line_class is kind for one in classed)})


def margin(item: Item) -> float | None:
    """Return what of the price to hand is left after cost, a ratio; None where one is not known.

    >>> from caopan.plan.item import ItemType
    >>> margin(Item(id="a", type=ItemType.FLASH, title="x", seconds=60, final_price=1000,
    ...             unit_cost=1250))
    -0.25
    """
    price, cost = item.price, item.unit_cost
    return None if not price or cost is None else (price - cost) / price


def _profit(item: Item) -> Interval | None:
    price, cost, units = item.price, item.unit_cost, item.target.units
    if price is None or cost is None or units is None:
        return None
    return units.scaled(float(price - cost))


def _sum(items: Sequence[Item], tell: Callable[[Item], Interval | None]) -> Sum:
    known = [one for item in items if (one := tell(item)) is not None]
    if not known:
        return Sum(range=None, n=0, of=len(items))
    return Sum(n=len(known), of=len(items), range=Interval(
        low=sum(one.low for one in known), mid=sum(one.mid for one in known),
        high=sum(one.high for one in known), level=min(one.level for one in known)))
