"""The answers about spend: what it brings, and the experiment that would settle it."""

from __future__ import annotations

from caopan.web.api.answers.basic import Answer


class Point(Answer):
    """What a spend brings a session more than none, decimal text."""

    spend: str
    low: str
    mid: str
    high: str


class Marginal(Answer):
    """What one yuan more brings at a spend."""

    at_spend: str
    low: float
    mid: float
    high: float
    level: float


class Attributed(Answer):
    """The platform's own claim, never the effect."""

    value: float | None
    n: int
    label: str


class Cost(Answer):
    """Sales forgone by learning, decimal text."""

    low: str
    mid: str
    high: str
    level: float


class Experiment(Answer):
    """A spend ladder: how many sessions draw their spend, its power, and its cost."""

    rungs: list[int]
    sessions: int
    power: float
    detect: float
    spend: str
    cost: Cost


class Host(Answer):
    """What can be said of one host."""

    streamer_id: str
    n: int
    n_drawn: int
    status: str
    key: str | None
    reason: str | None
    marginal: Marginal | None


class AdRows(Answer):
    """How far ad rows reach sessions: found by host and time, and without any."""

    rows: int
    by_time: int
    without_session: int
    spend_without_session: str


class Response(Answer):
    """What spend brings; curve and marginal are empty under ``cannot_tell``."""

    synthetic: bool
    streamer_id: str | None
    status: str
    reason: str | None
    key: str | None
    currency: str
    n: int
    n_drawn: int
    spend_unknown: int
    elsewhere: int
    ad_rows: AdRows
    curve: list[Point]
    marginal: Marginal | None
    tried_to: str | None
    attributed_roi: Attributed | None
    experiment: Experiment | None
    settles: str | None
    hosts: list[Host]
