"""A session replayed (重放): its minutes as the events of a room, with incidents put in.

Each tick is worked out from the minutes alone, so that the same session is always the same show.
What a minute counted is spread over its ticks evenly; it goes to the product that is on air.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from caopan.live import event as ev
from caopan.live.incident_script import Injected, Mishap
from caopan.plan.item import Item
from caopan.units.money import Money

TICK_SECONDS = 5
A_MINUTE = 60 // TICK_SECONDS
CLIFF_LEFT, WRONG_PRICE = 0.15, 0.8
"""What a cliff leaves of the orders, and what a wrong price is of the right one."""
SPARE = 1.5
"""Stock of a product whose plan is not known, as a multiple of what the session sold."""
PLAN = "replay"
Count = Mapping[str, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A session to replay: ``minutes`` in the columns of ``session_minutes``, money minor units.

    ``stock``: boxes by product at the start.
    """

    title: str
    streamer_id: str
    run_sheet: dict[str, object]
    minutes: Sequence[Count]
    session_id: str | None = None
    stock: Mapping[str, int] = field(default_factory=dict)
    incidents: tuple[Injected, ...] = ()
    currency: str = "CNY"

    @property
    def ticks(self) -> int:
        """Return how many ticks the session lasts.

        >>> Script(title="x", streamer_id="y", run_sheet={}, minutes=[{}, {}]).ticks
        24
        """
        return len(self.minutes) * A_MINUTE

    def on(self, kind: Mishap, second: float) -> bool:
        """Return whether an incident of a kind is going on."""
        return any(one.kind is kind and one.on(second) for one in self.incidents)


@dataclass(slots=True, kw_only=True)
class Replay:
    """A replay under way: ``sold`` by product, and how many orders there were."""

    script: Script
    start: datetime
    sold: dict[str, int] = field(default_factory=dict)
    orders: int = 0
    orders_due: float = 0.0

    def events(self, tick: int, *, on_air: Item | None) -> list[ev.Known]:
        """Return the events of one tick; every one of them at its beginning.

        Args:
            tick: 0 first; each once, in their order.
            on_air: the item on air in the room, whoever put it there.
        """
        return list(self._events(tick, on_air))

    def _events(self, tick: int, item: Item | None) -> Iterator[ev.Known]:
        minute, part = divmod(tick, A_MINUTE)
        second = tick * TICK_SECONDS
        at = round((self.start + timedelta(seconds=second)).timestamp() * 1000)
        counts = self.script.minutes[minute]
        made = _Maker(tick=tick, at=at)
        if not self.script.on(Mishap.STREAM_LOST, second):
            yield made(ev.Heartbeat)
        if part == 0:
            yield from self._gauges(made, counts, item, second)
        yield from self._crowd(made, counts, part)
        if item is not None and item.product_id is not None:
            yield from self._sales(made, counts, part, item=item, second=second)

    def _gauges(self, made: _Maker, counts: Count, item: Item | None, second: int
                ) -> Iterator[ev.Known]:
        if counts.get("online") is not None:
            yield made(ev.Online, value=counts["online"])
        if item is None or item.product_id is None:
            return
        if item.live_price is not None:
            wrong = self.script.on(Mishap.PRICE_WRONG, second)
            shown = round(item.live_price * WRONG_PRICE) if wrong else item.live_price
            yield made(ev.Price, product_id=item.product_id, amount=self._amount(shown))
        if item.product_id in self.script.stock:
            left = max(self.script.stock[item.product_id] - self.sold.get(item.product_id, 0), 0)
            if self.script.on(Mishap.SELL_OUT, second):
                left = 0
            yield made(ev.Stock, product_id=item.product_id, value=left)

    def _crowd(self, made: _Maker, counts: Count, part: int) -> Iterator[ev.Known]:
        known = 0
        for channel in ("private", "public", "paid"):
            came = _part(counts.get(f"entries_{channel}"), part)
            known += came
            if came:
                yield made(ev.Enter, count=came, channel=channel)
        other = _part(counts.get("entries"), part) - known
        if other > 0:
            yield made(ev.Enter, count=other)
        comments, spend = _part(counts.get("comments"), part), _part(counts.get("ad_spend"), part)
        if comments:
            yield made(ev.Comment, count=comments)
        if spend:
            yield made(ev.Spend, plan_id=PLAN, amount=self._amount(spend))

    def _sales(self, made: _Maker, counts: Count, part: int, *, item: Item, second: int
               ) -> Iterator[ev.Known]:
        product = item.product_id or ""
        clicks, orders = _part(counts.get("clicks"), part), _part(counts.get("orders"), part)
        if clicks:
            yield made(ev.Impression, product_id=product, count=clicks * 3)
            yield made(ev.Click, product_id=product, count=clicks)
        if self.script.on(Mishap.SELL_OUT, second):
            return
        if self.script.on(Mishap.CONVERSION_CLIFF, second):
            self.orders_due += orders * CLIFF_LEFT
            orders = int(self.orders_due)
            self.orders_due -= orders
        price = _each(counts.get("gmv"), counts.get("orders"))
        quantity = max(round(_each(counts.get("units"), counts.get("orders"))), 1)
        for _ in range(orders):
            self.orders += 1
            self.sold[product] = self.sold.get(product, 0) + quantity
            yield made(ev.Order, order_id=f"r{self.orders}", product_id=product,
                       quantity=quantity, amount=self._amount(round(price)))

    def _amount(self, minor: int) -> str:
        return Money(minor=minor, currency=self.script.currency).written()


@dataclass(slots=True, kw_only=True)
class _Maker:
    """Makes the events of one tick, each with an id of its own."""

    tick: int
    at: int
    number: int = 0

    def __call__(self, kind: type[ev.Known], **fields: object) -> ev.Known:
        self.number += 1
        return kind(id=f"t{self.tick}-{self.number}", at=self.at, source="synthetic",
                    **fields)  # type: ignore[arg-type]


def _part(count: int | None, part: int) -> int:
    """Return what of a minute's count falls into one of its ticks."""
    whole = count or 0
    return whole * (part + 1) // A_MINUTE - whole * part // A_MINUTE


def _each(total: int | None, count: int | None) -> float:
    return (total or 0) / count if count else 0.0
