"""A room on stage (台面): everything its screens show of it at one moment, taken at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from caopan.live.command import Command
from caopan.live.cover import Cover, covers
from caopan.live.pulse import due
from caopan.live.room import Notice, Room, Status
from caopan.live.tally import Gauge, Minute
from caopan.plan.item import Item
from caopan.plan.timing import Slot
from caopan.units.clock import BUSINESS_ZONE
from caopan.units.interval import Interval
from caopan.units.message import Language
from caopan.workspace.handbook import FOLDER as PLAYBOOK
from caopan.workspace.live.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A room as it is shown.

    ``planned`` by item id; ``coming`` in order. ``counts``: sums by name, money in minor units.
    ``now``: in the room's own time, which passes ``speed`` times as fast as the wall's (0: it
    stands still). ``heard``, ``price``: last values; ``covers``: the stock by
    product. ``due``: what the plan had due by now, minor units; None where it is not said.
    ``forecast`` in minor units. ``log``: the newest first. ``playbook``: the workspace's own.
    """

    room: Room
    rev: int
    now: datetime
    speed: float
    coming: tuple[Slot, ...]
    planned: Mapping[str, Slot]
    counts: Mapping[str, int]
    online: int | None
    heard: Mapping[str, Gauge]
    covers: Mapping[str, Cover]
    price: Mapping[str, Gauge]
    products: Mapping[str, list[int]]
    spent: Mapping[str, int]
    due: float | None
    forecast: Interval | None
    alerts: tuple[Mapping[str, Any], ...]
    log: tuple[tuple[int, Command], ...]
    minutes: Mapping[int, Minute]
    playbook: Path

    @property
    def item(self) -> Item | None:
        """Return the item on air."""
        return self.room.on_air.item if self.room.on_air else None

    @property
    def currency(self) -> str:
        """Return the currency of every amount."""
        return self.room.sheet.currency

    @property
    def is_on(self) -> bool:
        """Return whether it is on air, paused or not."""
        return self.room.status in {Status.LIVE, Status.PAUSED}

    @property
    def money_offset(self) -> float | None:
        """Return what came less what was due, minor units; None where one is not known."""
        return None if self.due is None or not self.heard else self.counts["gmv"] - self.due

    def place(self, item_id: str) -> int:
        """Return the place of an item, from 1 on."""
        return self.room.sheet.at(item_id) + 1

    def left(self, item: Item) -> int | None:
        """Return the boxes left of an item; None where nobody has counted them."""
        cover = self.covers.get(item.product_id or "")
        return cover.left if cover else None

    def cover(self, item: Item) -> float | None:
        """Return the minutes that what is left lasts at the pace of the last minutes."""
        cover = self.covers.get(item.product_id or "")
        return cover.minutes if cover else None

    def shown_price(self, item: Item) -> Gauge | None:
        """Return the price that was last seen on air, minor units."""
        return self.price.get(item.product_id or "")

    def wrong_price(self, item: Item) -> bool | None:
        """Return whether another price is on air than planned; None where one is not known."""
        shown = self.shown_price(item)
        if shown is None or item.price is None:
            return None
        return shown.value not in {item.price, item.live_price}

    def waiting(self, role: str) -> tuple[Notice, ...]:
        """Return the messages to a role that were not answered, the newest first."""
        return tuple(one for one in reversed(self.room.notices)
                     if one.to.value == role and one.received_at is None)


def stage(desk: Desk, room_id: str, *, now: datetime, language: Language) -> Stage:
    """Return a room as it is shown.

    Raises:
        NoSuchRoomError: there is none of that id.
    """
    held = desk.room(room_id)
    said = desk.snapshot(room_id, now=now, language=language)
    at = datetime.fromtimestamp(said["server_epoch_ms"] / 1000, UTC)
    with held.lock:
        room, rev, tally = held.room, held.rev, held.tally
        counts, online, products = tally.totals(), tally.online, tally.products()
        stock = covers(room, tally, now=at)
        heard, price = ({name: Gauge(one.value, one.at, one.source)
                         for name, one in gauges.items()} for gauges in (tally.heard, tally.price))
        spent, minutes, log = tally.spent(), dict(tally.minutes), tuple(reversed(held.log))
    return Stage(
        room=room, rev=rev, now=at, speed=held.pace(now), coming=room.coming(at),
        planned={one.item.id: one for one in room.planned}, counts=counts, online=online,
        heard=heard, covers={one.product_id: one for one in stock}, price=price,
        products=products, spent=spent,
        due=due(room.planned, by=at) if room.started_at else None,
        forecast=_interval(said["forecast"]), alerts=tuple(said["alerts"]), log=log,
        minutes=minutes, playbook=desk.store.folder.root / PLAYBOOK)


def _interval(said: Mapping[str, Any] | None) -> Interval | None:
    if said is None:
        return None
    return Interval(**{name: float(said[name]) * 100 for name in ("low", "mid", "high")},
                    level=said["level"])


def milliseconds(at: datetime) -> int:
    """Return an instant as a page's clock counts it.

    >>> from datetime import UTC
    >>> milliseconds(datetime(2026, 1, 1, tzinfo=UTC))
    1767225600000
    """
    return round(at.timestamp() * 1000)


def clock(at: datetime | None) -> str:
    """Return the time of day in the business zone; a dash where there is none.

    >>> from datetime import UTC
    >>> clock(datetime(2026, 1, 1, 12, 5, tzinfo=UTC)), clock(None)
    ('20:05', '—')
    """
    return "—" if at is None else f"{at.astimezone(BUSINESS_ZONE):%H:%M}"
