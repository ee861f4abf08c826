"""The answers of kept diagnoses and of questions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from caopan.web.api.answers.basic import Answer, Both, Days, Range, Value

Diagnosis = Annotated[dict[str, Any], Field(
    description="one subject as in report.json: subject, currency, headline, unknown, stage, "
                "change, trees, funnel, findings, notes, figures")]


class Moment(Answer):
    """The last business day of the data, and whether they still are what was diagnosed."""

    until: date | None
    made_at: datetime
    covered: bool
    seconds: float


class State(Answer):
    """Kept results; all null where none were worked out. ``job`` is the work under way."""

    mark: str | None
    moment: Moment | None
    grains: dict[str, dict[str, int]]
    job: str | None


class Ranked(Answer):
    """One subject of the ranked list; ``way`` is loss, gain or unknown."""

    grain: str
    id: str
    name: str
    currency: str | None
    unit: str
    way: str
    at_stake: Value
    headline: Both
    unknown: Both | None
    stage: Both | None
    supported: int
    cannot_tell: int
    before: Value
    after: Value
    interval: Range | None
    period: Days


class Ranking(Answer):
    """A page of the subjects of one grain and currency, most money at stake first."""

    mark: str
    moment: Moment
    grain: str
    currency: str
    ways: dict[str, int]
    total: int
    page: int
    size: int
    subjects: list[Ranked]


class Kept(Answer):
    """One kept diagnosis."""

    moment: Moment
    currencies: list[str]
    diagnosis: Diagnosis


class Diagnoses(Answer):
    """Diagnoses worked out for this call."""

    synthetic: bool
    subjects: list[Diagnosis]


class Levels(Answer):
    """The ratio of sums of both sides."""

    before: Value
    after: Value


class Behind(Answer):
    """One session behind a reading; ``side`` is before or after."""

    session_id: str
    started_at: datetime
    day: date
    side: str
    counts: bool
    numerator: Value
    denominator: Value
    value: Value


class Evidence(Answer):
    """The sessions behind a reading; ``currency`` is that of every amount."""

    metric: str
    unit: str | None
    currency: str
    numerator: str
    denominator: str
    levels: Levels
    rows: list[Behind]
