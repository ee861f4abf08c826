"""Whether orders still follow traffic (转化): the evidence of a fall, minute by minute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from caopan.live.background import Calm
from caopan.live.room import Room
from caopan.live.tally import COUNTS, MINUTE_MS, ORDERS, Tally
from caopan.stats.arrays import Floats
from caopan.stats.cusum import Fall, run_length, statistic


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """The evidence over its limit, the orders expected while it stood, and since when it does."""

    value: float
    expected: float
    since: datetime | None


def conversion(room: Room, tally: Tally, calm: Calm, *, now: datetime) -> Conversion | None:
    """Return how orders stand against traffic in the minutes that are over; None without any.

    >>> calm = Calm(traffic="clicks", rate=0.1, size=8.0, limit=4.0, n=30)
    >>> room = Room(id="1", title="x", streamer_id="y", planned_start=datetime(2026, 1, 1))
    >>> conversion(room, Tally(), calm, now=datetime(2026, 1, 1, tzinfo=UTC)) is None
    True
    """
    first, last = started_minute(room), int(now.timestamp() * 1000 // MINUTE_MS)
    if first is None or last <= first:
        return None
    orders = column(tally, ORDERS, first=first, last=last)
    expected = column(tally, COUNTS.index(calm.traffic), first=first, last=last) * calm.rate
    evidence = statistic(orders[None], expected[None], Fall(size=calm.size))[0]
    run = run_length(evidence)
    return Conversion(
        value=float(evidence[-1] / calm.limit),
        expected=float(expected[len(expected) - run:].sum()),
        since=datetime.fromtimestamp((last - run) * MINUTE_MS / 1000, UTC) if run else None)


def started_minute(room: Room) -> int | None:
    """Return the minute (from the epoch) in which the room went on air; None before."""
    if room.started_at is None:
        return None
    return int(room.started_at.timestamp() * 1000) // MINUTE_MS


def column(tally: Tally, at: int, *, first: int, last: int) -> Floats:
    """Return one count of the minutes in [first, last), zero where nothing came."""
    found = np.zeros(max(last - first, 0))
    for number, minute in tally.minutes.items():
        if first <= number < last:
            found[number - first] = minute.counts[at]
    return found
