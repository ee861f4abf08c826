"""A room looked at (盯盘): its alerts, its stock, and what it will have sold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from caopan.live.alerts import Watch, watched
from caopan.live.conversion import Conversion, column, conversion, started_minute
from caopan.live.cover import Cover, covers
from caopan.live.readings import readings
from caopan.live.room import Room, Status
from caopan.live.tally import GMV, MINUTE_MS, Tally
from caopan.playbook.card import Card
from caopan.units.interval import Interval
from caopan.workspace.live.held import Held
from caopan.workspace.live.known import Known

LATELY = 10
"""Minutes that count as the last ones, as for a forecast of a session that is imported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a look at a room has found; ``forecast`` in minor units, with where it comes from."""

    watch: Watch = field(default_factory=Watch)
    stock: tuple[Cover, ...] = ()
    forecast: Interval | None = None
    basis: str | None = None


@dataclass(slots=True, kw_only=True)
class Watching:
    """One room's looks; what only a new minute changes is told once a minute."""

    cards: Sequence[Card]
    _lock: Lock = field(default_factory=Lock, repr=False)
    _last: Looked = field(default_factory=Looked)
    _mark: tuple[int, int, str] | None = None
    _minute: tuple[int, str] | None = None
    _conversion: Conversion | None = None
    _forecast: tuple[Interval, str] | None = None

    def look(self, held: Held, known: Known, *, now: datetime) -> Looked:
        """Return how the room stands; within a second and without a change as before.

        Args:
            held: the room.
            known: what is known of it.
            now: the room's time.
        """
        with self._lock:
            mark = (held.rev, int(now.timestamp()), known.status)
            if mark != self._mark:
                with held.lock:  # whoever writes waits for a copy, not for the numbers
                    room, tally = held.room, _copied(held.tally)
                self._by_minute(room, tally, known, now)
                self._last = self._looked(room, tally, known, now)
                self._mark = mark
            return self._last

    def _looked(self, room: Room, tally: Tally, known: Known, now: datetime) -> Looked:
        read = readings(room, tally, now=now, background=known.background,
                        conversion=self._conversion)
        forecast, basis = self._forecast or (None, None)
        return Looked(watch=watched(self._last.watch, read, cards=self.cards, now=now),
                      stock=covers(room, tally, now=now), forecast=forecast, basis=basis)

    def _by_minute(self, room: Room, tally: Tally, known: Known, now: datetime) -> None:
        minute = (int(now.timestamp() * 1000) // MINUTE_MS, known.status)
        if minute == self._minute:
            return
        self._minute = minute
        calm = known.background.calm
        self._conversion = None if calm is None else conversion(room, tally, calm, now=now)
        self._forecast = self._paced(room, tally, known, now)

    @staticmethod
    def _paced(room: Room, tally: Tally, known: Known, now: datetime
               ) -> tuple[Interval, str] | None:
        """Return what the room will have sold; None where it is not on air or nothing says it."""
        first = started_minute(room)
        if known.pacing is None or first is None or room.status is Status.CLOSED:
            return None
        last, planned = int(now.timestamp() * 1000) // MINUTE_MS, room.ends_at(now)
        if room.started_at is None or last <= first:
            return None
        whole = max((planned - room.started_at).total_seconds() / 60, 1.0)
        sold = column(tally, GMV, first=first, last=last)
        told, method = known.pacing.told(share=min((last - first) / whole, 1.0),
                                         so_far=float(sold.sum()),
                                         lately=float(sold[-LATELY:].sum()))
        return told, known.pacing.basis if method == "forecast" else "minutes"


def _copied(tally: Tally) -> Tally:
    """Return the sums as they stand; minutes themselves are shared, and only grow."""
    return Tally(minutes=dict(tally.minutes), stock=dict(tally.stock), price=dict(tally.price),
                 heard=dict(tally.heard))
