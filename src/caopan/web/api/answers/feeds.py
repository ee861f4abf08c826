"""What the endpoints of connectors answer."""

from __future__ import annotations

from datetime import datetime

from caopan.web.api.answers.basic import Answer
from caopan.web.api.answers.rooms import Taken


class Gives(Answer):
    """One thing a connector gives; ``seconds``: how old it is at most when told."""

    kind: str
    how: str
    seconds: int
    basis: str


class Need(Answer):
    """A setting a connector needs, and whether it is there; never its value."""

    name: str
    title: str
    optional: bool
    set: bool


class Feed(Answer):
    """A connector; ``verified``: unverified where it was never seen with the live platform."""

    feed: str
    title: str
    way: str
    verified: str
    verified_words: str
    live_id: str
    period_seconds: float
    stale_seconds: float
    source: str
    gives: list[Gives]
    cannot: list[str]
    needs: list[Need]


class Problem(Answer):
    """Why nothing came the last time."""

    key: str
    message: str
    hint: str | None


class On(Feed):
    """A connector that is on: ``heard_at`` its last reading, ``from_at`` the one before.

    ``refused``: events that the room did not take. ``waiting``: products whose orders or money
    the platform has not told yet. ``skew_seconds``: how far the platform's clock is ahead.
    """

    live: str
    state: str
    counts_before: bool
    heard_at: datetime | None
    age_seconds: float | None
    from_at: datetime | None
    failures: int
    taken: int
    refused: int
    stale: bool
    waiting: list[str]
    skew_seconds: float | None
    problem: Problem | None


class Known(Answer):
    """Every connector there is."""

    feeds: list[Feed]


class OfRoom(Answer):
    """A room's connectors."""

    room: str
    on: list[On]
    off: list[Feed]


class Stopped(Answer):
    """Whether the connector was on."""

    stopped: bool


class Column(Answer):
    """A heading of a pasted table and what it tells; null: not known, not used."""

    heading: str
    field: str | None


class RowFault(Problem):
    """What is wrong with a row, counted from 1 with the headings."""

    row: int
    heading: str


class Pasted(Answer):
    """What pasting a table does: the events by kind, and how many rows are known already.

    ``faults``: the first fifty of ``fault_count``. ``taken``: null in a preview.
    """

    kind: str
    rows: int
    columns: list[Column]
    events: dict[str, int]
    known: int
    fault_count: int
    faults: list[RowFault]
    taken: Taken | None
