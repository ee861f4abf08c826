"""Tallies (聚合): the events of a room summed up by their own minute, by product, by plan.

Only sums and last values are kept, so that a room of a million events takes the room of its
minutes. Minutes are counted from the epoch: a start that is moved moves no number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TypeVar

from caopan.live import event as ev

MINUTE_MS = 60_000
COUNTS = ("entries", "entries_private", "entries_public", "entries_paid", "leaves", "impressions",
          "clicks", "orders", "units", "gmv", "refunds", "ad_spend", "comments", "likes",
          "follows", "shares", "beats", "warnings")
"""What is summed in a minute, in the order of its row; gmv, refunds, ad_spend in minor units."""
PRODUCT_COUNTS = ("impressions", "clicks", "orders", "units", "gmv")
_AT = {name: at for at, name in enumerate(COUNTS)}
_CHANNELS = {"private": _AT["entries_private"], "public": _AT["entries_public"],
             "paid": _AT["entries_paid"]}
(ENTRIES, LEAVES, IMPRESSIONS, CLICKS, ORDERS, UNITS, GMV, REFUNDS, AD_SPEND, COMMENTS, LIKES,
 FOLLOWS, SHARES, BEATS, WARNINGS) = (_AT[name] for name in (
     "entries", "leaves", "impressions", "clicks", "orders", "units", "gmv", "refunds", "ad_spend",
     "comments", "likes", "follows", "shares", "beats", "warnings"))
P_IMPRESSIONS, P_CLICKS, P_ORDERS, P_UNITS, P_GMV = range(5)
_SOURCE = attrgetter("source")
Key = TypeVar("Key")


@dataclass(slots=True)
class Minute:
    """One minute of a room: its sums in the order of ``COUNTS``, and its gauge.

    ``online``: the last value in the minute, with the time it is of; None where none came.
    """

    counts: list[int] = field(default_factory=lambda: [0] * len(COUNTS))
    online: int | None = None
    online_at: int = 0
    products: dict[str, list[int]] = field(default_factory=dict)
    spent: dict[str, int] = field(default_factory=dict)

    def packed(self) -> list[object]:
        """Return the minute as JSON keeps it.

        >>> Minute.unpacked(Minute(online=3).packed()).online
        3
        """
        return [self.counts, self.online, self.online_at, self.products, self.spent]

    @classmethod
    def unpacked(cls, body: Iterable[object]) -> Minute:
        """Return a minute that was packed."""
        return cls(*body)  # type: ignore[arg-type]


@dataclass(slots=True)
class Gauge:
    """A last value (量表): what was said last, when, and by whom."""

    value: int
    at: int
    source: str


@dataclass(slots=True)
class Tally:
    """The sums of one room; ``add`` changes it and says which minutes it touched.

    ``stock`` and ``price``: the last value by product (price in minor units). ``heard``: the
    latest event's time by what it told of, epoch milliseconds, with its source. ``sources``: how
    many events came from whom.
    """

    minutes: dict[int, Minute] = field(default_factory=dict)
    stock: dict[str, Gauge] = field(default_factory=dict)
    price: dict[str, Gauge] = field(default_factory=dict)
    heard: dict[str, Gauge] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)

    def add(self, events: Sequence[ev.Known]) -> set[int]:
        """Sum up events; return the minutes (from the epoch) whose sums changed.

        >>> tally = Tally()
        >>> tally.add([ev.Enter(id="1", at=1_764_240_000_000, source="hand", count=5)])
        {29404000}
        >>> tally.total("entries")
        5
        """
        minutes, heard = self.minutes, self.heard
        touched: set[int] = set()
        last, minute = None, Minute()
        for event in events:
            at = event.at
            if not isinstance(at, int):
                at = ev.milliseconds(event)
            number = at // MINUTE_MS
            if number != last:  # most of a batch is of one minute
                last = number
                minute = minutes.setdefault(number, Minute())
                touched.add(number)
            topic = _ADDING[event.__class__](self, minute, event, at)
            known = heard.get(topic)
            if known is None:
                heard[topic] = Gauge(1, at, event.source)
            elif at >= known.at:
                known.at, known.source = at, event.source
        for source, count in Counter(map(_SOURCE, events)).items():
            self.sources[source] = self.sources.get(source, 0) + count
        return touched

    def total(self, name: str) -> int:
        """Return one of ``COUNTS`` over all minutes.

        >>> Tally().total("gmv")
        0
        """
        at = _AT[name]
        return sum(minute.counts[at] for minute in self.minutes.values())

    def totals(self) -> dict[str, int]:
        """Return every one of ``COUNTS`` over all minutes."""
        rows = [minute.counts for minute in self.minutes.values()]
        return dict(zip(COUNTS, map(sum, zip(*rows, strict=True)) if rows else [0] * len(COUNTS),
                        strict=True))

    @property
    def online(self) -> int | None:
        """Return the last that was said of how many are there; None where nothing was."""
        said = [minute for minute in self.minutes.values() if minute.online is not None]
        return max(said, key=lambda minute: minute.online_at).online if said else None

    def products(self) -> dict[str, list[int]]:
        """Return the sums of ``PRODUCT_COUNTS`` by product."""
        found: dict[str, list[int]] = {}
        for minute in self.minutes.values():
            for product, counts in minute.products.items():
                row = found.setdefault(product, [0] * len(PRODUCT_COUNTS))
                for at, count in enumerate(counts):
                    row[at] += count
        return found

    def spent(self) -> dict[str, int]:
        """Return the spend by plan, minor units."""
        found: dict[str, int] = {}
        for minute in self.minutes.values():
            for plan, amount in minute.spent.items():
                found[plan] = found.get(plan, 0) + amount
        return found

    def since(self, number: int) -> Mapping[str, int]:
        """Return the sums of the minutes from one on (from the epoch)."""
        return Tally(minutes={at: minute for at, minute in self.minutes.items()
                              if at >= number}).totals()


def _product(minute: Minute, product: str) -> list[int]:
    row = minute.products.get(product)
    if row is None:
        row = minute.products[product] = [0] * len(PRODUCT_COUNTS)
    return row


def _enter(_: Tally, minute: Minute, event: ev.Enter, __: int) -> str:
    minute.counts[ENTRIES] += event.count
    if event.channel is not None:
        minute.counts[_CHANNELS[event.channel]] += event.count
    return "entries"


def _online(_: Tally, minute: Minute, event: ev.Online, at: int) -> str:
    if at >= minute.online_at:
        minute.online, minute.online_at = event.value, at
    return "online"


def _impression(_: Tally, minute: Minute, event: ev.Impression, __: int) -> str:
    minute.counts[IMPRESSIONS] += event.count
    _product(minute, event.product_id)[P_IMPRESSIONS] += event.count
    return "clicks"


def _click(_: Tally, minute: Minute, event: ev.Click, __: int) -> str:
    minute.counts[CLICKS] += event.count
    _product(minute, event.product_id)[P_CLICKS] += event.count
    return "clicks"


def _order(_: Tally, minute: Minute, event: ev.Order, __: int) -> str:
    amount, counts = ev.minor(event.amount), minute.counts
    counts[ORDERS] += 1
    counts[UNITS] += event.quantity
    counts[GMV] += amount
    row = _product(minute, event.product_id)
    row[P_ORDERS] += 1
    row[P_UNITS] += event.quantity
    row[P_GMV] += amount
    return "orders"


def _refund(_: Tally, minute: Minute, event: ev.Refund, __: int) -> str:
    minute.counts[REFUNDS] += ev.minor(event.amount)
    return "refunds"


def _spend(_: Tally, minute: Minute, event: ev.Spend, __: int) -> str:
    amount = ev.minor(event.amount)
    minute.counts[AD_SPEND] += amount
    minute.spent[event.plan_id] = minute.spent.get(event.plan_id, 0) + amount
    return "spend"


def _gauge(gauges: dict[str, Gauge], product: str, value: int, at: int, source: str) -> None:
    known = gauges.get(product)
    if known is None or at >= known.at:
        gauges[product] = Gauge(value, at, source)


def _stock(tally: Tally, _: Minute, event: ev.Stock, at: int) -> str:
    _gauge(tally.stock, event.product_id, event.value, at, event.source)
    return "stock"


def _price(tally: Tally, _: Minute, event: ev.Price, at: int) -> str:
    _gauge(tally.price, event.product_id, ev.minor(event.amount), at, event.source)
    return "price"


def _counted(at_row: int, topic: str) -> Callable[[Tally, Minute, ev.Comment, int], str]:
    def add(_: Tally, minute: Minute, event: ev.Comment, __: int) -> str:
        minute.counts[at_row] += event.count
        return topic

    return add


def _seen(at_row: int, topic: str) -> Callable[[Tally, Minute, ev.Event, int], str]:
    def add(_: Tally, minute: Minute, __: ev.Event, ___: int) -> str:
        minute.counts[at_row] += 1
        return topic

    return add


_ADDING: dict[type[ev.Event], Callable[..., str]] = {
    ev.Enter: _enter, ev.Leave: _counted(LEAVES, "leaves"), ev.Online: _online,
    ev.Impression: _impression, ev.Click: _click, ev.Order: _order, ev.Refund: _refund,
    ev.Comment: _counted(COMMENTS, "comments"), ev.Like: _counted(LIKES, "likes"),
    ev.Follow: _counted(FOLLOWS, "follows"), ev.Share: _counted(SHARES, "shares"),
    ev.Spend: _spend, ev.Stock: _stock, ev.Price: _price,
    ev.Heartbeat: _seen(BEATS, "heartbeat"), ev.Warned: _seen(WARNINGS, "warning"),
}
