"""Three days of one show: whether memory grows with what was sent.

``python -m bench long_show`` sends 72 simulated hours into a room of a desk in this process, a
minute at a time: events, a look, a render of its screens in both languages, now and then a
command. Memory is read once a simulated hour, and its slope told with an interval.
"""

from __future__ import annotations

import gc
import json
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from sys import getsizeof

import numpy as np

from bench.row import Row
from caopan.live import event
from caopan.live.command import Command, Kind
from caopan.live.tally import Tally
from caopan.web.house import House
from caopan.web.live.room_screens import screens_of
from caopan.workspace.workspace import Workspace

HOURS, WARM = 72, 12
PRODUCTS, AN_ITEM = 40, 15
START = datetime(2026, 3, 6, 12, tzinfo=UTC)
LIMIT = 1.3
"""Beside the sums by minute and product, which a room has in memory; nothing else may grow."""


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder, Workspace.open(Path(folder)) as workspace:
        house = House.of(workspace)
        slope, error, sizes = _shown(house)
        sums = _weight(house.desk.rooms()[0].tally) / HOURS
    print(f"      {sizes[0]:.1f} MB after {WARM} h, {sizes[-1]:.1f} MB after {HOURS} h; "
          f"{slope * 1000:.0f} kB an hour, 95 % from {(slope - 2 * error) * 1000:.0f} to "
          f"{(slope + 2 * error) * 1000:.0f}; the sums by minute alone {sums * 1000:.0f}",
          flush=True)
    yield Row(name=f"live: memory an hour of {HOURS} h of show, beside its sums", ours=slope,
              theirs=sums, limit=LIMIT, unit="MB")


def _shown(house: House) -> tuple[float, float, list[float]]:
    """Return the slope of memory in MB an hour, its standard error, and what was read."""
    desk, render = house.desk, screens_of(house.templates)
    items = [{"id": f"i{at}", "type": "product", "title": f"p{at}", "product_id": f"p{at}",
              "seconds": AN_ITEM * 60} for at in range(PRODUCTS)]
    room = desk.make(title="72 h", streamer_id="h", planned_start=START, now=START,
                     run_sheet={"items": items}).room.id
    desk.stop_attending()
    _do(house, room, Kind.START, 0)
    sizes: list[float] = []
    for minute in range(HOURS * 60):
        at = START + timedelta(minutes=minute)
        desk.take(room, event.read(_batch(minute, at))).result(60)
        desk.look(room, now=at)
        for language in ("zh", "en"):
            render(desk, room, "desk", language, at)  # type: ignore[arg-type] - both are languages
        if minute % AN_ITEM == AN_ITEM - 1:
            _do(house, room, Kind.NEXT if minute // AN_ITEM % PRODUCTS < PRODUCTS - 1
                else Kind.GOTO, minute)
        if minute % 60 == 59:
            gc.collect()
            sizes.append(_resident())
    return *_slope(sizes[WARM:]), sizes[WARM:]


def _do(house: House, room: str, kind: Kind, minute: int) -> None:
    body = {"item_id": "i0"} if kind is Kind.GOTO else {}
    house.desk.command(room, Command(id=f"c{minute}{kind}", kind=kind, body=body,
                                     at=START + timedelta(minutes=minute))).result(60)


def _batch(minute: int, at: datetime) -> bytes:
    head = {"at": int(at.timestamp() * 1000), "source": "platform"}
    product = f"p{minute // AN_ITEM % PRODUCTS}"
    told = [{"kind": "enter", "count": 20 + minute % 7, "channel": "public"},
            {"kind": "online", "value": 300 + minute % 50}, {"kind": "heartbeat"},
            {"kind": "stock", "product_id": product, "value": 1_000_000 - minute},
            {"kind": "price", "product_id": product, "amount": "59.90" if minute % 97 else "9.90"},
            {"kind": "spend", "plan_id": "ad", "amount": "3.50"},
            *({"kind": "click", "product_id": f"p{(minute + at_) % PRODUCTS}"}
              for at_ in range(40)),
            *({"kind": "order", "order_id": f"o{minute}-{at_}", "product_id": product,
               "amount": "59.90"} for at_ in range(minute % 5))]
    return json.dumps([{"id": f"{minute}-{at_}", **head, **one}
                       for at_, one in enumerate(told)]).encode()


def _slope(sizes: list[float]) -> tuple[float, float]:
    hours = np.arange(len(sizes), dtype=np.float64)
    fit, covariance = np.polyfit(hours, np.array(sizes), 1, cov=True)
    return float(fit[0]), float(np.sqrt(covariance[0, 0]))


def _weight(tally: Tally) -> float:
    """Return what the sums of a room weigh in memory, in MB."""
    weighed = 0
    for minute in tally.minutes.values():
        weighed += sum(map(getsizeof, (minute, minute.counts, minute.products, minute.spent)))
        weighed += sum(map(getsizeof, minute.products.values()))
    return weighed / 1e6


def _resident() -> float:
    """Return this process's memory in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6
