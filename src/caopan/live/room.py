"""The room (直播间) as a state: what is on air since when, what was done, what is said to whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from caopan.live.role import Role
from caopan.plan.item import Item
from caopan.plan.run_sheet import RunSheet
from caopan.plan.timing import OnAir, Slot, ahead, behind, slots
from caopan.units.message import Text


class Status(StrEnum):
    """How a room stands."""

    PLANNED = "planned"
    LIVE = "live"
    PAUSED = "paused"
    CLOSED = "closed"


STATUS_WORDS: dict[Status, Text] = {
    Status.PLANNED: Text(zh="待开播", en="not yet on air"),
    Status.LIVE: Text(zh="直播中", en="on air"),
    Status.PAUSED: Text(zh="暂停", en="paused"),
    Status.CLOSED: Text(zh="已下播", en="closed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An item that was on air, and when; a return stands here once more."""

    item_id: str
    began_at: datetime
    ended_at: datetime
    paused_seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A message to a role, and when it was answered 收到; None: not yet."""

    id: str
    to: Role
    text: str
    at: datetime
    who: str = ""
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """A contingency card in use: armed, fired, which steps are ticked, recovered."""

    card: str
    armed_at: datetime
    fired_at: datetime | None = None
    recovered_at: datetime | None = None
    done: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One session's room.

    ``sheet`` is the run sheet as it is now, ``plan`` as it was before the start: offsets are told
    against that one. ``ticked``: steps done at the desk, by item. All instants are aware, and
    in the room's own time, which is a rehearsal's where it is one (``rehearsal``; ``replays``: of
    which session); ``speed``: how many seconds of it pass in a second of the wall's.
    """

    id: str
    title: str
    streamer_id: str
    planned_start: datetime
    plan: RunSheet = field(default_factory=RunSheet)
    sheet: RunSheet = field(default_factory=RunSheet)
    session_id: str | None = None
    synthetic: bool = False
    rehearsal: bool = False
    replays: str | None = None
    speed: float = 1.0
    status: Status = Status.PLANNED
    started_at: datetime | None = None
    closed_at: datetime | None = None
    current: str | None = None
    began_at: datetime | None = None
    paused_seconds: float = 0.0
    paused_at: datetime | None = None
    told: tuple[Told, ...] = ()
    notices: tuple[Notice, ...] = ()
    incidents: tuple[Incident, ...] = ()
    ticked: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def on_air(self) -> OnAir | None:
        """Return the item on air; None before the start and after the end."""
        if self.current is None or self.began_at is None:
            return None
        return OnAir(item=self.sheet.item(self.current), began_at=self.began_at,
                     paused_seconds=self.paused_seconds, paused_at=self.paused_at)

    @property
    def rest(self) -> tuple[Item, ...]:
        """Return the items after the one on air; all of them before the start."""
        if self.current is None:
            return () if self.status is Status.CLOSED else self.sheet.items
        return self.sheet.items[self.sheet.at(self.current) + 1:]

    @property
    def planned(self) -> tuple[Slot, ...]:
        """Return the times of the plan, from the planned start on."""
        return slots(self.plan.items, start=self.planned_start)

    def coming(self, now: datetime) -> tuple[Slot, ...]:
        """Return the times to come as things are."""
        on_air = self.on_air
        if on_air is None:
            return slots(self.rest, start=max(now, self.planned_start))
        return ahead(on_air, self.rest, now=now)

    def ends_at(self, now: datetime) -> datetime:
        """Return when the room will have told everything, as things are."""
        coming, on_air = self.coming(now), self.on_air
        if coming:
            return coming[-1].ends_at
        return on_air.ends_at(now) if on_air else self.closed_at or now

    def late(self, now: datetime) -> float | None:
        """Return the time offset in seconds, negative where early; None where nothing is on air.

        Where the item on air is all there is, its own end is compared.
        """
        on_air = self.on_air
        if on_air is None:
            return None
        return behind(on_air, self.rest, planned=self.planned, now=now)

    def ended(self, at: datetime) -> Room:
        """Return the room with the item on air over at an instant; nothing on air stays so."""
        if self.current is None or self.began_at is None:
            return self
        paused = self.paused_seconds
        if self.paused_at is not None:
            paused += (at - self.paused_at).total_seconds()
        done = Told(item_id=self.current, began_at=self.began_at, ended_at=at,
                    paused_seconds=paused)
        return replace(self, current=None, began_at=None, paused_seconds=0.0, paused_at=None,
                       told=(*self.told, done))
