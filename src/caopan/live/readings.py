"""What is read off a running room (读数), each with what it rests on and since when it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from caopan.live.background import Background
from caopan.live.conversion import Conversion, column, started_minute
from caopan.live.cover import Cover, covers
from caopan.live.room import Room, Status
from caopan.live.tally import (
    AD_SPEND,
    CLICKS,
    ENTRIES,
    GMV,
    MINUTE_MS,
    ORDERS,
    Tally,
)
from caopan.plan.item import Item, LineClass
from caopan.playbook.trigger import Reading
from caopan.stats.arrays import Floats

SPEND_MINUTES, RETURN_MINUTES, ORDER_MINUTES, ARRIVAL_MINUTES = 10, 30, 5, 3
SAMPLE_AHEAD = timedelta(minutes=10)
WARNING_LASTS = timedelta(minutes=10)
LOW_Z = 1.2816
"""The lower end of an 80 % range, in standard deviations."""
WARNING_CARD = "violation_warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One reading; NaN: it cannot be told. ``n``: on how much it rests.

    ``name``: the item or product it is about. ``since``: when it began, where that is known.
    """

    reading: Reading
    value: float
    n: float = 0.0
    item_id: str | None = None
    name: str = ""
    since: datetime | None = None


def readings(room: Room, tally: Tally, *, now: datetime, background: Background,
             conversion: Conversion | None = None) -> list[Read]:
    """Return everything that can be read of a room on air; nothing of one that is not.

    >>> readings(Room(id="1", title="x", streamer_id="y", planned_start=datetime(2026, 1, 1)),
    ...          Tally(), now=datetime(2026, 1, 1, tzinfo=UTC), background=Background())
    []
    """
    first = started_minute(room)
    if room.status is not Status.LIVE or first is None:
        return []
    last = int(now.timestamp() * 1000) // MINUTE_MS
    found = [*_heartbeat(tally, now), *_warnings(room, tally, now), *_samples(room, now)]
    if room.on_air is not None:
        found += _of_item(room, tally, now)
    found += _spend(room, tally, background, first=first, last=last)
    found += _missed(tally, first=first, last=last)
    if background.usual is not None:
        found += _usual(tally, background, first=first, last=last)
    if conversion is not None:
        found.append(Read(reading=Reading.CONVERSION_FALL, value=conversion.value,
                          n=conversion.expected, since=conversion.since))
    return found


def _heartbeat(tally: Tally, now: datetime) -> Iterator[Read]:
    heard = tally.heard.get("heartbeat")
    if heard is not None:
        at = datetime.fromtimestamp(heard.at / 1000, UTC)
        yield Read(reading=Reading.HEARTBEAT_AGE, value=(now - at).total_seconds(), since=at)


def _warnings(room: Room, tally: Tally, now: datetime) -> Iterator[Read]:
    heard = tally.heard.get("warning")
    if heard is None:
        return
    at = datetime.fromtimestamp(heard.at / 1000, UTC)
    cleared = any(one.card == WARNING_CARD and one.recovered_at and one.recovered_at >= at
                  for one in room.incidents)
    stands = not cleared and now - at <= WARNING_LASTS
    yield Read(reading=Reading.WARNINGS, value=float(stands), since=at)


def _samples(room: Room, now: datetime) -> Iterator[Read]:
    for slot in room.coming(now):
        if slot.starts_at - now > SAMPLE_AHEAD:
            return
        if slot.item.sample_ready is False:
            yield Read(reading=Reading.SAMPLE_MISSING, value=1.0, item_id=slot.item.id,
                       name=slot.item.title)


def _of_item(room: Room, tally: Tally, now: datetime) -> Iterator[Read]:
    on_air = room.on_air
    if on_air is None or on_air.item.product_id is None:
        return
    item = on_air.item
    yield from _price(item, tally, began_at=on_air.began_at)
    mine = [one for one in covers(room, tally, now=now) if one.product_id == item.product_id]
    for cover in mine:
        yield Read(reading=Reading.STOCK_LEFT, value=float(cover.left), n=cover.sold,
                   item_id=item.id, name=item.title)
        yield from _cover(item, cover, left_minutes=on_air.left(now) / 60)


def _price(item: Item, tally: Tally, *, began_at: datetime) -> Iterator[Read]:
    """Yield how far the price shown lies off the plan's, and the margin at it."""
    shown = tally.price.get(item.product_id or "")
    planned = [one for one in (item.live_price, item.price) if one]
    since = began_at
    if shown is not None:
        since = max(began_at, datetime.fromtimestamp(shown.at / 1000, UTC))
        if planned:
            gap = min(abs(shown.value - one) / one for one in planned)
            yield Read(reading=Reading.PRICE_GAP, value=gap, item_id=item.id, name=item.title,
                       since=since)
    to_hand = item.price
    if item.unit_cost is not None and to_hand and item.line_class is not LineClass.WELFARE:
        yield Read(reading=Reading.MARGIN, value=(to_hand - item.unit_cost) / to_hand,
                   item_id=item.id, name=item.title, since=began_at)


def _cover(item: Item, cover: Cover, *, left_minutes: float) -> Iterator[Read]:
    """Yield how much of the item's time the stock lasts; nothing in its last minute."""
    if cover.minutes is not None and cover.left and left_minutes >= 1:
        yield Read(reading=Reading.COVER, value=cover.minutes / left_minutes, n=cover.sold,
                   item_id=item.id, name=item.title)


def _window(tally: Tally, at: int, *, first: int, last: int, minutes: int) -> Floats:
    return column(tally, at, first=max(first, last - minutes), last=last)


def _spend(room: Room, tally: Tally, background: Background, *, first: int, last: int
           ) -> Iterator[Read]:
    late = _window(tally, AD_SPEND, first=first, last=last, minutes=SPEND_MINUTES)
    seconds = room.plan.seconds
    if background.planned_spend and seconds and len(late):
        a_minute = background.planned_spend / (seconds / 60)
        yield Read(reading=Reading.SPEND_OF_PLAN, value=float(late.mean() / a_minute),
                   n=len(late))
    spent = _window(tally, AD_SPEND, first=first, last=last, minutes=RETURN_MINUTES)
    if spent.sum() > 0:
        gmv = _window(tally, GMV, first=first, last=last, minutes=RETURN_MINUTES).sum()
        orders = _window(tally, ORDERS, first=first, last=last, minutes=RETURN_MINUTES).sum()
        share = _low_end(orders) / orders if orders else 0.0
        yield Read(reading=Reading.RETURN_LOW, value=float(gmv * share / spent.sum()),
                   n=int((spent > 0).sum()))


def _missed(tally: Tally, *, first: int, last: int) -> Iterator[Read]:
    """Yield the orders that the clicks of the last minutes should have brought, had any come."""
    if last - first <= ORDER_MINUTES:
        return
    clicks, orders = (column(tally, at, first=first, last=last) for at in (CLICKS, ORDERS))
    before, late = slice(0, -ORDER_MINUTES), slice(-ORDER_MINUTES, None)
    if not clicks[before].sum():
        return
    rate = orders[before].sum() / clicks[before].sum()
    due = rate * clicks[late].sum() if not orders[late].any() else 0.0
    yield Read(reading=Reading.MISSED_ORDERS, value=float(due), n=float(clicks[late].sum()),
               since=datetime.fromtimestamp((last - ORDER_MINUTES) * MINUTE_MS / 1000, UTC)
               if due else None)


def _usual(tally: Tally, background: Background, *, first: int, last: int) -> Iterator[Read]:
    usual, minute = background.usual, last - first - 1
    if usual is None or not 0 <= minute < len(usual.online_low):
        return
    online = tally.minutes[last - 1].online if last - 1 in tally.minutes else None
    low, high = usual.online_low[minute], usual.entries_high[minute]
    if online is not None and low > 0:
        yield Read(reading=Reading.ONLINE_OF_LOW, value=online / low, n=usual.n)
    came = _window(tally, ENTRIES, first=first, last=last, minutes=ARRIVAL_MINUTES)
    if high > 0 and len(came):
        yield Read(reading=Reading.ARRIVALS_OF_HIGH, value=float(came.mean() / high), n=usual.n)


def _low_end(count: float) -> float:
    """Return how many events there would be at least, after Wilson and Hilferty; count >= 1."""
    return float(count * max(1 - 1 / (9 * count) - LOW_Z / (3 * count**0.5), 0.0) ** 3)
