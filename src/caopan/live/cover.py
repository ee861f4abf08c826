"""How long stock lasts (可卖时长): what is left of each product, how fast it goes, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from caopan.live.room import Room
from caopan.live.tally import MINUTE_MS, P_UNITS, Gauge, Tally

WINDOW_MINUTES = 5
"""A product's pace is that of its last minutes."""
LONGEST_MINUTES = 14_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """One product's stock. ``left``: what is left; ``sold``: units of the last minutes.

    ``per_minute``: the pace of the last minutes. ``minutes`` and ``sold_out_at`` are None where
    nothing sells. ``source``: of the last count; ``computed`` where the plan's batches less what
    was sold stand in for one.
    """

    product_id: str
    left: int
    sold: int
    per_minute: float
    minutes: float | None
    sold_out_at: datetime | None
    source: str
    at: datetime | None


def covers(room: Room, tally: Tally, *, now: datetime) -> tuple[Cover, ...]:
    """Return the stock of every product that has been counted or has batches in the run sheet.

    >>> covers(Room(id="1", title="x", streamer_id="y", planned_start=datetime(2026, 1, 1)),
    ...        Tally(), now=datetime(2026, 1, 1, tzinfo=UTC))
    ()
    """
    planned: dict[str, int] = {}
    for item in room.plan.items:
        if item.product_id is not None and item.stock is not None:
            planned[item.product_id] = planned.get(item.product_id, 0) + item.stock
    names = dict.fromkeys([*planned, *tally.stock])
    return tuple(_cover(name, tally, now=now, planned=planned.get(name)) for name in names)


def _cover(product: str, tally: Tally, *, now: datetime, planned: int | None) -> Cover:
    present = now.timestamp() * 1000
    gauge = tally.stock.get(product)
    left = _left(product, tally, gauge, planned=planned or 0)
    sold, minutes = _lately(product, tally, present)
    pace = sold / minutes
    lasts = min(left / pace, LONGEST_MINUTES) if pace > 0 else None
    return Cover(
        product_id=product, left=left, sold=sold, per_minute=pace, minutes=lasts,
        sold_out_at=None if lasts is None else now + timedelta(minutes=lasts),
        source=gauge.source if gauge else "computed",
        at=datetime.fromtimestamp(gauge.at / 1000, UTC) if gauge else None)


def _left(product: str, tally: Tally, gauge: Gauge | None, *, planned: int) -> int:
    """Return the last count less what was sold in later minutes; never below zero."""
    since = -1 if gauge is None else gauge.at // MINUTE_MS
    gone = sum(_units(minute.products, product) for number, minute in tally.minutes.items()
               if number > since)
    return max((planned if gauge is None else gauge.value) - gone, 0)


def _lately(product: str, tally: Tally, present: float) -> tuple[int, float]:
    """Return the units of the last minutes and how long those are, the running one among them."""
    running = int(present // MINUTE_MS)
    sold = sum(_units(tally.minutes[number].products, product)
               for number in range(running - WINDOW_MINUTES + 1, running + 1)
               if number in tally.minutes)
    return sold, WINDOW_MINUTES - 1 + max(present / MINUTE_MS - running, 1 / 60)


def _units(products: dict[str, list[int]], product: str) -> int:
    row = products.get(product)
    return 0 if row is None else row[P_UNITS]
