"""The answers of data quality."""

from __future__ import annotations

from datetime import datetime

from caopan.web.api.answers.basic import Amount, Answer, Both, Days, Issue, Share


class ReadFile(Answer):
    """One file that was read."""

    file: str
    layout: str
    rows: int
    title: Both | None
    reasons: list[str]


class SkippedFile(Answer):
    """One file that was not read, and why."""

    file: str
    key: str
    message: str
    hint: str | None


class IssueGroup(Answer):
    """All problems of one kind, and the first few."""

    key: str
    level: str
    count: int
    examples: list[Issue]


class Reconciliation(Answer):
    """A subject's product total beside its session total."""

    subject: str
    witness: str
    currency: str
    product_total: Amount | None
    session_total: Amount | None
    ratio: Share | None
    within: bool
    sessions: int | None
    period: Days | None


class Told(Answer):
    """What imports said."""

    files: list[ReadFile]
    skipped: list[SkippedFile]
    issues: list[IssueGroup]
    joins: list[Both]


class Quality(Told):
    """Where the facts came from, what was wrong, which totals agree."""

    workspace: str
    made_at: datetime
    synthetic: bool
    span: Days | None
    sessions: int | None
    orders: int | None
    refunds_as_of: datetime | None
    refunds_undated: bool
    reconciliation: list[Reconciliation]


class Covered(Answer):
    """How many rows of a table carry each column."""

    table: str
    rows: int
    known: dict[str, int]


class Coverage(Answer):
    """Every table that has rows."""

    tables: list[Covered]


class Source(Answer):
    """One source: its latest moment and how many business days that is behind."""

    source: str
    name: Both
    moment: datetime | None
    days: int | None
    age: str


class Freshness(Answer):
    """How old every source is."""

    sources: list[Source]
