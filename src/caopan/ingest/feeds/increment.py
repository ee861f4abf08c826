"""Totals become events (增量): what is new since the mark, under ids that carry the total reached.

Read twice, a total gives the same ids, and a room takes an id once. The marks are found again in
the ids that the room has kept, so that neither a restart nor a lost answer counts twice or misses.
A total that falls (the platform takes something back) makes no event until it is passed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b

from caopan.ingest.feeds.fault import Cause, FeedError
from caopan.ingest.feeds.reading import Gauge, Reading, Sold
from caopan.live import event as ev

SPLIT = "~"
LONGEST_NAME = 16
MOST_ORDERS = 200_000
"""More new orders than this in one reading are no orders."""
FACTORY: dict[str, type[ev.Enter | ev.Leave | ev.Comment | ev.Like | ev.Follow | ev.Share]] = {
    "enter": ev.Enter, "leave": ev.Leave, "comment": ev.Comment, "like": ev.Like,
    "follow": ev.Follow, "share": ev.Share}
OF_PRODUCT: dict[str, type[ev.Click | ev.Impression]] = {
    "click": ev.Click, "impression": ev.Impression}
Marks = dict[str, int]
"""By the name of a total: how far it was told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The events of a reading, the marks once they are taken, and what waits.

    ``waiting``: orders without money, or money without orders: two counters of a platform do not
    move at once, and half of a sale is not told.
    """

    events: list[ev.Known]
    marks: Marks
    waiting: tuple[str, ...] = field(default=())


def prefix(feed: str, live_id: str) -> str:
    """Return how the ids of one connector's events of one live session begin.

    >>> prefix("douyin", "7301")
    'douyin~998d0fe6d9~'
    """
    return f"{feed}{SPLIT}{blake2b(live_id.encode(), digest_size=5).hexdigest()}{SPLIT}"


def found(ids: Iterable[str]) -> Marks:
    """Return the marks that stand in ids that were taken.

    >>> found(["douyin~ab~t/like~5", "douyin~ab~t/like~12", "douyin~ab~o/p1~3~17970"])
    {'t/like': 12, 'o/p1': 3, 'm/p1': 17970}
    """
    marks: Marks = {}
    for one in ids:
        parts = one.split(SPLIT)[2:]
        if not parts or parts[0][:2] not in {"t/", "o/", "s/"} or not parts[1].isdecimal():
            continue
        marks[parts[0]] = max(marks.get(parts[0], 0), int(parts[1]))
        if parts[0].startswith("o/"):
            money = "m/" + parts[0][2:]
            marks[money] = max(marks.get(money, 0), int(parts[2]))
    return marks


def told(reading: Reading, marks: Mapping[str, int], *, feed: str, live_id: str,
         since: datetime) -> Told:
    """Return the events of a reading.

    Args:
        reading: what was read.
        marks: how far each total was told.
        feed: the connector's name.
        live_id: the platform's id of the session.
        since: when the session began: what came before the first reading is told then.

    Raises:
        FeedError: a total has grown by more than can be.
    """
    head, after, waiting = prefix(feed, live_id), dict(marks), list[str]()
    at = round((reading.at if marks else min(since, reading.at)).timestamp() * 1000)
    events: list[ev.Known] = list(reading.each)
    events += _counts(reading, after, head, at)
    for sold in reading.sold:
        made = list(_orders(sold, after, head, reading, at))
        events += made
        if not made and _half(sold, after):
            waiting.append(sold.product)
    for plan, total in reading.spent.items():
        events += _spent(plan, total, after, head, reading, at)
    events += [_gauge(one, head, reading) for one in reading.gauges]
    return Told(events=events, marks=after, waiting=tuple(waiting))


def named(product: str) -> str:
    """Return a product's or plan's name as an id can carry it.

    >>> named("p1"), named("a very long name of a product")
    ('p1', '1e4ecc86c007')
    """
    if len(product) <= LONGEST_NAME and SPLIT not in product:
        return product
    return blake2b(product.encode(), digest_size=6).hexdigest()


def _counts(reading: Reading, marks: Marks, head: str, at: int) -> Iterator[ev.Known]:
    for (kind, product), total in reading.totals.items():
        key = f"t/{kind}" if kind in FACTORY else f"t/{kind[:1]}/{named(product)}"
        new = total - marks.get(key, 0)
        if new > 0:
            id_ = f"{head}{key}{SPLIT}{total}"
            if kind in FACTORY:
                yield FACTORY[kind](id=id_, at=at, source=reading.source, count=new)
            else:
                yield OF_PRODUCT[kind](id=id_, at=at, source=reading.source, count=new,
                                       product_id=product)
        marks[key] = max(total, marks.get(key, 0))


def _half(sold: Sold, marks: Mapping[str, int]) -> bool:
    name = named(sold.product)
    return (sold.orders > marks.get(f"o/{name}", 0)) != (sold.minor > marks.get(f"m/{name}", 0))


def _orders(sold: Sold, marks: Marks, head: str, reading: Reading, at: int
            ) -> Iterator[ev.Known]:
    """Yield the new orders, of one size each, the last with the rest: none is known alone."""
    name = named(sold.product)
    orders, money = f"o/{name}", f"m/{name}"
    reached, had = marks.get(orders, 0), marks.get(money, 0)
    count, minor = sold.orders - reached, sold.minor - had
    if count <= 0 or minor <= 0:
        marks.setdefault(orders, 0)
        return
    if count > MOST_ORDERS:
        raise FeedError(Cause.UNREADABLE, f"{sold.product}: +{count} orders")
    each = minor // count
    for number in range(1, count + 1):
        amount = each if number < count else minor - each * (count - 1)
        had += amount
        id_ = f"{head}{orders}{SPLIT}{reached + number}{SPLIT}{had}"
        yield ev.Order(id=id_, at=at, source=reading.source, order_id=id_,
                       product_id=sold.product, amount=f"{amount // 100}.{amount % 100:02}")
    marks[orders], marks[money] = sold.orders, sold.minor


def _spent(plan: str, total: int, marks: Marks, head: str, reading: Reading, at: int
           ) -> Iterator[ev.Known]:
    key = f"s/{named(plan)}"
    new = total - marks.get(key, 0)
    if new > 0:
        yield ev.Spend(id=f"{head}{key}{SPLIT}{total}", at=at, source=reading.source,
                       plan_id=plan, amount=f"{new // 100}.{new % 100:02}")
    marks[key] = max(total, marks.get(key, 0))


def _gauge(gauge: Gauge, head: str, reading: Reading) -> ev.Known:
    at = round(reading.at.timestamp() * 1000)
    id_ = f"{head}g/{gauge.kind[:1]}/{named(gauge.product)}{SPLIT}{at}"
    if gauge.kind == "online":
        return ev.Online(id=id_, at=at, source=reading.source, value=gauge.value)
    if gauge.kind == "stock":
        return ev.Stock(id=id_, at=at, source=reading.source, product_id=gauge.product,
                        value=gauge.value)
    return ev.Price(id=id_, at=at, source=reading.source, product_id=gauge.product,
                    amount=f"{gauge.value // 100}.{gauge.value % 100:02}")
