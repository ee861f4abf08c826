"""A campaign template (活动模板): what an S, A or B campaign is made of before it is one's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caopan.playbook.card import Owner
from caopan.playbook.rule import Confidence, Origin, Status
from caopan.units.message import Text


class Level(StrEnum):
    """How large a campaign is (活动级别)."""

    S = "S"
    A = "A"
    B = "B"


class Phase(StrEnum):
    """A stretch of a campaign's calendar (阶段)."""

    GATHER = "gather"
    WARM = "warm"
    BURST = "burst"
    ENCORE = "encore"
    TAIL = "tail"


class Assurance(StrEnum):
    """One of the five assurances (五大保障)."""

    PITCH = "pitch"
    RHYTHM = "rhythm"
    CREW = "crew"
    SPEND = "spend"
    CONTINGENCY = "contingency"


class Mode(StrEnum):
    """How a show goes through its goods (节奏打法)."""

    HOLD = "hold"
    PASS = "pass"  # noqa: S105 - one pass over the goods, no password
    LOOP = "loop"
    STEADY = "steady"


PHASE_WORDS: dict[Phase, Text] = {
    Phase.GATHER: Text(zh="蓄水", en="gathering"), Phase.WARM: Text(zh="预热", en="warm-up"),
    Phase.BURST: Text(zh="爆发", en="burst"), Phase.ENCORE: Text(zh="返场", en="encore"),
    Phase.TAIL: Text(zh="长尾", en="long tail")}
ASSURANCE_WORDS: dict[Assurance, Text] = {
    Assurance.PITCH: Text(zh="讲品框架", en="Pitch frames"),
    Assurance.RHYTHM: Text(zh="节奏调整", en="Rhythm"),
    Assurance.CREW: Text(zh="现场组织", en="Crew"),
    Assurance.SPEND: Text(zh="流量投放", en="Spend"),
    Assurance.CONTINGENCY: Text(zh="突发预案", en="Contingency")}
MODE_WORDS: dict[Mode, Text] = {
    Mode.HOLD: Text(zh="憋单", en="hold and release"), Mode.PASS: Text(zh="过款", en="one pass"),
    Mode.LOOP: Text(zh="循环", en="loops"), Mode.STEADY: Text(zh="平播", en="steady")}


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseShape:
    """A phase of a template.

    ``from_day``: days after the burst day (爆发日), negative before it; ``days`` >= 1. Shares are
    ratios of the campaign's target and budget. ``level``: of the sessions held in it.
    """

    phase: Phase
    from_day: int
    days: int
    target_share: float
    budget_share: float
    level: Level
    purpose: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class BeatShape:
    """A beat of a pitch (讲品节拍): what is said when, and what must be written down for it."""

    id: str
    name: Text
    asks: Text
    seconds: int
    needed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RhythmShape:
    """Loops in minutes, the length of a hold in seconds, and its limit (憋单上限)."""

    mode: Mode
    big_loop_minutes: int
    small_loop_minutes: int
    hold_seconds: int
    hold_limit_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PostShape:
    """A role and how many people it needs; one person may hold several."""

    role: Owner
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskShape:
    """Something to do: whose, how many days before the burst day, and whether it blocks."""

    id: str
    assurance: Assurance
    owner: Owner
    days_before: float
    blocks: bool
    does: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardShape:
    """Limits of spending (护栏).

    ``cover_minutes``: no wave for goods whose stock lasts less; ``cool_minutes``: between two
    waves; ``return_floor``: sales per unit of spend whose lower end stops a wave, None: break-even
    alone; ``hour_share``: the most of a session's budget that goes in one hour, a ratio.
    """

    cover_minutes: int
    cool_minutes: int
    hour_share: float
    return_floor: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One template; ``hours`` and ``products`` are of the session on the burst day.

    ``due_days``: days before the burst day by which an assurance must stand.
    """

    id: str
    level: Level
    name: Text
    when: Text
    purpose: Text
    hours: tuple[float, float]
    products: int
    phases: tuple[PhaseShape, ...]
    beats: tuple[BeatShape, ...]
    most_points: int
    rhythm: RhythmShape
    posts: tuple[PostShape, ...]
    tasks: tuple[TaskShape, ...]
    guards: GuardShape
    cards: tuple[str, ...]
    due_days: dict[Assurance, float]
    source: Text
    confidence: Confidence
    limits: Text
    author: str
    written_on: date
    status: Status = Status.ACTIVE
    version: int = 1
    origin: Origin = Origin.SHIPPED
    files: tuple[str, ...] = ()
