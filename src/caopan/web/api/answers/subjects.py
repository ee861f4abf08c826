"""The answers of hosts, merchants and sessions."""

from __future__ import annotations

from datetime import date

from caopan.web.api.answers.basic import Amount, Answer, Both, Days, Range, Row, Share, Value


class Listed(Answer):
    """One host or merchant in one currency, over the last 30 days of the data."""

    id: str
    name: str
    of: str | None
    currency: str
    gmv: Amount | None
    gmv_before: Amount | None
    change: Amount | None
    sessions: int
    sessions_before: int
    sessions_ever: int | None
    last_seen: date | None


class Directory(Answer):
    """A page of the directory."""

    grain: str
    total: int
    everyone: int
    comparable: bool
    period: Days | None
    page: int
    size: int
    subjects: list[Listed]


class Subject(Answer):
    """Who this is; ``data`` are the days of all data."""

    grain: str
    id: str
    name: str
    of: str | None
    shop: str | None
    currency: str
    currencies: list[str]
    data: Days
    sessions: int
    first: date | None
    last: date | None


class Figure(Answer):
    """One number of the headline; ``weeks`` one value a week."""

    metric: str
    name: Both
    unit: str
    currency: str | None
    value: Value
    before: Value
    change: Value
    n: int
    n_before: int
    interval: Range | None
    weeks: list[Value]


class Stage(Answer):
    """The growth stage; ``rung`` is null where it cannot be told."""

    rung: int | None
    name: Both | None
    certain: bool
    currency: str
    monthly_gmv: Amount | None
    expected: Range | None
    low: Amount | None
    high: Amount | None
    limits: list[Amount]
    bottleneck: Both | None
    first_moves: Both | None
    gate: Both | None


class Profile(Answer):
    """The head of a profile."""

    subject: Subject
    currency: str
    period: Days
    compared_period: Days | None
    figures: list[Figure]
    stage: Stage
    counted: int
    aside: int
    mondays: list[date]


class Week(Answer):
    """One week of followers."""

    monday: date
    gained: float | None
    lost: float | None
    counted: float | None
    cost: Amount | None
    spend_each: Amount | None


class DayCount(Answer):
    """The followers of one day."""

    day: date
    followers: int


class Followers(Answer):
    """Followers over the last weeks."""

    currency: str
    weeks: list[Week]
    days: list[DayCount]
    definitions: dict[str, str]


class Curve(Answer):
    """The refunded share of one month's sales by days after payment."""

    month: date
    lines: int
    ripe: int
    shares: list[Share | None]


class Maturity(Answer):
    """How refunds ripen; months are compared at one same age."""

    curves: list[Curve]
    refusal: str | None
    read_at: int | None
    older: date | None
    newer: date | None


class Cell(Answer):
    """One month of one cohort."""

    buyers: int
    share: Share
    complete: bool


class Cohort(Answer):
    """The buyers of one month, by months since."""

    month: date
    size: int
    cells: list[Cell | None]


class Rate(Answer):
    """One repurchase rate."""

    metric: str
    name: Both
    value: Share | None
    n: int


class Repurchase(Answer):
    """Who comes back."""

    cohorts: list[Cohort]
    rates: list[Rate]


class SessionList(Answer):
    """A page of one subject's sessions: canonical columns, ``minutes``, ``aside``, ``rates``."""

    subject: Subject
    total: int
    page: int
    size: int
    sessions: list[Row]


class Step(Answer):
    """One step of a session beside its host's median."""

    metric: str
    name: Both
    unit: str
    currency: str | None
    value: Value
    median: Value
    n: int


class Named(Answer):
    """An id and its name."""

    id: str
    name: str


class Session(Answer):
    """One session and what hangs on it."""

    session: Row
    currency: str
    streamer: Named
    aside: Both | None
    steps: list[Step]
    minutes: list[Row]
    products: list[Row]
    ads: list[Row]
    batch: int | None
    earlier: str | None
    later: str | None
