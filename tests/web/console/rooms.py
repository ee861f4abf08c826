"""A room in mid-show, made in the past of a clock that stands still."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from caopan.live import event
from caopan.live.command import Command, Kind
from caopan.web.house import House

START = datetime(2026, 11, 27, 12, tzinfo=UTC)
PRICE = {"live_price": "269.00", "coupon": "30.00", "daily_price": "399.00",
         "unit_cost": "120.00"}
SHEET: dict[str, Any] = {"items": [
    {"id": "a", "type": "open", "title": "开场", "seconds": 600},
    {"id": "b", "type": "product", "title": "四件套", "product_id": "p1", "class": "hero",
     "seconds": 900, "min_seconds": 600, **PRICE, "points": ["不起球"], "banned_words": ["最柔软"],
     "stock_batches": [{"quantity": 300}], "fallback_id": "c",
     "target": {"gmv": {"low": "8000", "mid": "10000", "high": "13000"}}},
    {"id": "c", "type": "flash", "title": "整点秒杀", "product_id": "p2", "seconds": 480,
     "anchor": "2026-11-27T20:30:00+08:00", "live_price": "9.90",
     "target": {"gmv": {"low": "800", "mid": "1000", "high": "1300"}}},
    {"id": "d", "type": "close", "title": "收尾", "seconds": 300}]}


def on_air(house: House, *, began: datetime = START, sheet: dict[str, Any] = SHEET,
           rehearsal: dict[str, Any] | None = None) -> str:
    """Return a room that went on air and is at its second item, ten minutes in."""
    room = house.desk.make(title="周五夜场", streamer_id="小美", planned_start=began,
                           run_sheet=sheet, now=began, synthetic=True,
                           rehearsal=rehearsal).room.id
    for number, (kind, minutes) in enumerate((("start", 0), ("next", 10))):
        give(house, room, Command(id=f"first-{number}", kind=Kind(kind), who="operator",
                                  at=began + timedelta(minutes=minutes)))
    return room


def give(house: House, room: str, command: Command) -> None:
    """Do a command and wait until it is kept."""
    house.desk.command(room, command).result(10)


def feed(house: House, room: str, *events: dict[str, Any], at: datetime) -> None:
    """Take events of one moment and wait until they are kept."""
    told = [{"id": f"{room}-{at.timestamp()}-{number}", "source": "platform",
             "at": round(at.timestamp() * 1000), **one} for number, one in enumerate(events)]
    house.desk.take(room, event.read(json.dumps(told).encode())).result(10)


def evening(house: House, *, minutes: int = 24) -> str:
    """Return a rehearsal that stands at a minute of its show: sales, stock, a wrong price."""
    room = on_air(house, rehearsal={
        "speed": 1.0, "session_id": "s1", "incidents": []})
    for minute in range(minutes):
        at = START + timedelta(minutes=minute, seconds=20)
        sold = 0 if minute < 10 else 1 + minute % 3
        feed(house, room,
             {"kind": "enter", "count": 90 + 7 * (minute % 5), "channel": "private"},
             {"kind": "enter", "count": 40, "channel": "paid"},
             {"kind": "online", "value": 300 + 12 * minute},
             {"kind": "impression", "product_id": "p1", "count": 60},
             {"kind": "click", "product_id": "p1", "count": 14},
             {"kind": "spend", "plan_id": "浅笑计划", "amount": "35.00", "entries": 40},
             {"kind": "stock", "product_id": "p1", "value": 300 - 2 * max(minute - 10, 0)},
             {"kind": "price", "product_id": "p1", "amount": "249" if minute > 20 else "239"},
             *({"kind": "order", "order_id": f"{minute}-{one}", "product_id": "p1",
                "amount": "239"} for one in range(sold)), at=at)
    give(house, room, Command(id="said", kind=Kind.MESSAGE, who="floor", at=at,
                              body={"to": "host", "text": "先讲尺码，再报价"}))
    return room
