"""A campaign (活动): its calendar, its sessions, and the five assurances that carry it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from caopan.playbook.campaign import Assurance, Level, Mode, Phase
from caopan.playbook.card import Owner
from caopan.units.message import CaopanError, Message, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A phase on the calendar (阶段), business days [start, end).

    ``target`` of GMV and ``budget`` of spend in minor units; None = not said.
    """

    phase: Phase
    start: date
    end: date
    target: int | None = None
    budget: int | None = None
    purpose: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """A planned session that a campaign holds, as it was planned when it was taken in."""

    session_id: str
    streamer_id: str
    starts_at: datetime
    phase: Phase
    level: Level | None = None
    minutes: float | None = None
    target: int | None = None
    budget: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pitch:
    """The pitch frame of one product (讲品框架); beats by their id, those not written left out.

    ``confirmed``: the host has read it and says it like that.
    """

    product_id: str
    title: str
    beats: tuple[tuple[str, str], ...] = ()
    points: tuple[str, ...] = ()
    proof: str | None = None
    offer: str | None = None
    daily_price: int | None = None
    live_price: int | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """A planned jolt of a show (脉冲): what, at which minute of it, for how long."""

    minute: int
    seconds: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How the main show goes through its goods (节奏); ``hold_seconds``: 憋单, 0 = none."""

    mode: Mode
    big_loop_minutes: int
    small_loop_minutes: int
    hold_seconds: int = 0
    pulses: tuple[Pulse, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A role (岗位) and who holds it; one person may stand in several posts."""

    role: Owner
    needed: int
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something to do before the show (清单项); ``due`` is aware."""

    id: str
    does: str
    assurance: Assurance
    owner: Owner
    due: datetime
    blocks: bool = False
    done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Guards:
    """Limits of spending (护栏) as ``GuardShape`` has them; ``hour_limit`` in minor units."""

    cover_minutes: int
    cool_minutes: int
    hour_limit: int | None = None
    return_floor: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedWave:
    """A wave of spend (波次) of one session, minutes of the show, money in minor units.

    ``stock_needed``: units that must still be there; ``stop_below``: units sold by its end below
    which later waves stay off.
    """

    session_id: str
    number: int
    start: float
    end: float
    spend: int
    products: tuple[str, ...] = ()
    cover: float | None = None
    stock_needed: int | None = None
    stop_below: int | None = None
    approved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """Goods to order for a session (备货); ``order_by`` is aware, None: no lead time is known."""

    session_id: str
    product_id: str
    title: str
    quantity: int
    order_by: datetime | None = None
    ordered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """A contingency card (预案) of the campaign: who acts first, and whether it was rehearsed."""

    card_id: str
    person: str | None = None
    rehearsed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """One version of a campaign; ``target`` and ``budget`` of the whole in minor units.

    ``burst_on``: the day all deadlines count back from (爆发日). ``streamers``: whose sessions it
    takes in; none: everybody's.
    """

    id: str
    name: str
    level: Level
    template: str
    burst_on: date
    currency: str = "CNY"
    version: int = 1
    target: int | None = None
    budget: int | None = None
    streamers: tuple[str, ...] = ()
    phases: tuple[Stretch, ...] = ()
    sessions: tuple[Showing, ...] = ()
    pitches: tuple[Pitch, ...] = ()
    rhythm: Rhythm
    posts: tuple[Post, ...] = ()
    tasks: tuple[Task, ...] = ()
    guards: Guards
    waves: tuple[PlannedWave, ...] = ()
    supplies: tuple[Supply, ...] = ()
    drills: tuple[Drill, ...] = ()

    @property
    def start(self) -> date:
        """Return the first business day."""
        return min((one.start for one in self.phases), default=self.burst_on)

    @property
    def end(self) -> date:
        """Return the business day after the last."""
        return max((one.end for one in self.phases), default=self.burst_on)

    def stretch(self, phase: Phase) -> Stretch | None:
        """Return a phase of it, None where it has none such."""
        return next((one for one in self.phases if one.phase is phase), None)

    def held(self, phase: Phase) -> tuple[Showing, ...]:
        """Return the sessions of a phase, in order of time."""
        return tuple(one for one in self.sessions if one.phase is phase)

    @property
    def main(self) -> tuple[Showing, ...]:
        """Return the sessions that need a run sheet: burst and encore, and all of level S or A."""
        return tuple(one for one in self.sessions if one.phase in {Phase.BURST, Phase.ENCORE}
                     or one.level in {Level.S, Level.A})

    @property
    def opens_at(self) -> datetime | None:
        """Return when the first session of the burst begins; None where none is planned."""
        return min((one.starts_at for one in self.held(Phase.BURST)), default=None)

    def numbered(self, version: int) -> Campaign:
        """Return the same as another version."""
        return replace(self, version=version)


class NoBurstError(CaopanError):
    """Raised for a template that has no burst: nothing could count back from it."""

    def __init__(self, template: str) -> None:
        """Name the template."""
        super().__init__(Message(
            key="no_burst", values={"template": template},
            text=Text(zh="模板 {template} 没有爆发阶段", en="template {template} has no burst"),
            hint=Text(zh='在模板里加一个 phase = "burst" 的阶段',
                      en='add a phase = "burst" to the template')))
