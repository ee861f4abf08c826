"""What the endpoints of campaigns answer."""

from __future__ import annotations

from typing import Any

from caopan.web.api.answers.basic import Amount, Answer, Issue, Range


class Kept(Answer):
    """A kept version of a campaign; amounts are decimal text in ``currency``."""

    id: str
    name: str
    level: str
    template: str
    burst_on: str
    start: str
    end: str
    currency: str
    version: int
    made_at: str
    target: Amount | None
    budget: Amount | None
    streamers: list[str]
    phases: list[dict[str, Any]]
    sessions: list[dict[str, Any]]
    pitches: list[dict[str, Any]]
    rhythm: dict[str, Any]
    posts: list[dict[str, Any]]
    tasks: list[dict[str, Any]]
    guards: dict[str, Any]
    waves: list[dict[str, Any]]
    supplies: list[dict[str, Any]]
    drills: list[dict[str, Any]]


class Campaigns(Answer):
    """The campaigns there are."""

    campaigns: list[Kept]


class Versions(Answer):
    """The versions there are, oldest first."""

    versions: list[dict[str, Any]]


class Difference(Answer):
    """What differs; ``before`` null: it was not there, ``after`` null: it no longer is."""

    changes: list[dict[str, Any]]


class Templates(Answer):
    """The templates in force."""

    templates: list[dict[str, Any]]
    issues: list[Issue]


class Check(Answer):
    """One thing that stands or does not; ``due`` null: no last moment is known."""

    assurance: str
    subject: str
    done: bool
    blocks: bool
    owner: str
    owner_name: str
    due: str | None
    key: str
    message: str
    hint: str | None


class Assurance(Answer):
    """How much of an assurance stands; ``share`` null: there is nothing to do yet."""

    assurance: str
    name: str
    done: int
    total: int
    share: float | None
    first_gap: Check | None


class Readiness(Answer):
    """How ready a campaign is."""

    share: float | None
    share_once_unblocked: float | None
    done: int
    total: int
    assurances: list[Assurance]
    blockers: list[Check]
    late: list[Check]
    last_moment: str | None
    last_moment_of: Check | None
    checks: list[Check]


class Chance(Answer):
    """What sessions bring together; ``beyond``: the odds are only known to lie beyond that."""

    status: str
    reason: str | None
    currency: str
    target: Amount | None
    gmv: Range | None
    probability: float | None
    beyond: str | None
    sessions: int
    sessions_told: int
    sessions_held: int


class PhaseChance(Chance):
    """The chance of a phase."""

    phase: str
    name: str


class SessionChance(Chance):
    """The chance of a session."""

    session_id: str


class Day(Answer):
    """GMV from the first day to the end of one."""

    day: str
    so_far: Range


class Outlook(Chance):
    """What a campaign may bring; ``together``: how far sessions are lucky together."""

    level: float
    phases: list[PhaseChance]
    session_outlooks: list[SessionChance]
    days: list[Day]
    together: dict[str, Any] | None


class Offer(Answer):
    """A part of a proposal; ``reason``: why nothing can be proposed."""

    part: str
    name: str
    reasons: list[str]
    status: str
    reason: str | None
    changes: list[dict[str, Any]]
    run_sheets: list[dict[str, Any]]


class Proposal(Answer):
    """What the system would fill into a version."""

    version: int
    offers: list[Offer]
