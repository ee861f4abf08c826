"""What a report is made of: diagnoses, and where the facts came from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from caopan.diagnose.diagnosis import Diagnosis
from caopan.facts.issue import Issue, Level
from caopan.units.message import Language, Message, Text
from caopan.units.period import Period
from caopan.units.unit import Unit

if TYPE_CHECKING:
    from caopan.report.ahead import Ahead
    from caopan.report.orders import OrdersSaid

EXAMPLES = 3
"""Issues kept as examples in a group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedFile:
    """One file that was read: what it is and why it was taken for that."""

    file: str
    layout: str
    """Stable id of the layout, ``douyin.sessions``."""
    title: Text | None = None
    """The layout's name for people; None: the id is shown."""
    reasons: tuple[Text, ...] = ()
    rows: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedFile:
    """One file that was not read, and why."""

    file: str
    reason: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueGroup:
    """All issues of one key: how many, and the first few as they were found."""

    key: str
    level: Level
    count: int
    examples: tuple[Issue, ...]


def said_document(
    files: Iterable[ImportedFile], skipped: Iterable[SkippedFile], issues: Iterable[IssueGroup],
    joins: Iterable[Text], *, language: Language,
) -> dict[str, object]:
    """Return what imports said as JSON; an issue group carries its first examples.

    >>> said_document((), (), (), (Text(zh="都对上了", en="all joined"),), language="en")["joins"]
    [{'zh': '都对上了', 'en': 'all joined'}]
    """
    return {
        "files": [{"file": one.file, "layout": one.layout, "rows": one.rows,
                   "title": one.title and one.title.document(),
                   "reasons": [reason.plain(language) for reason in one.reasons]}
                  for one in files],
        "skipped": [{"file": one.file, **one.reason.document(language)} for one in skipped],
        "issues": [{"key": group.key, "level": group.level.value, "count": group.count,
                    "examples": [issue.document(language) for issue in group.examples]}
                   for group in issues],
        "joins": [join.document() for join in joins]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """A subject's product total beside its session total (对账); minor units.

    ``ratio`` is product over session total, None where the session total is zero or missing.
    """

    subject: str
    product_total: int | None
    session_total: int | None
    ratio: float | None
    within: bool
    currency: str = "CNY"
    witness: str = "session_products"
    """The table whose GMV is held against the sessions."""
    sessions: int | None = None
    """Sessions compared."""
    period: Period | None = None
    """The days the witness covers; None where it is linked session by session."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSummary:
    """Where the facts came from, and how much of them can be trusted.

    ``refunds_as_of`` is the moment up to which refunds are known; None where none were imported.
    ``synthetic`` data are labelled in every section.
    """

    workspace: str
    made_at: datetime
    imported: tuple[ImportedFile, ...] = ()
    skipped: tuple[SkippedFile, ...] = ()
    issues: tuple[IssueGroup, ...] = ()
    reconciliation: tuple[Reconciliation, ...] = ()
    span: Period | None = None
    synthetic: bool = False
    sources: tuple[Text, ...] = ()
    joins: tuple[Text, ...] = ()
    """How much of one table found its partner in another, one finished sentence each."""
    orders: int | None = None
    sessions: int | None = None
    refunds_as_of: datetime | None = None
    refunds_undated: bool = False
    """Whether refunds are known without the day of any of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A metric as it is printed beside its value (口径)."""

    id: str
    name: Text
    formula: Text
    unit: Unit
    basis: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything one report shows; ``full`` subjects at most get their own section."""

    diagnoses: tuple[Diagnosis, ...]
    imports: ImportSummary
    definitions: tuple[Definition, ...] = ()
    full: int = 16
    orders: tuple[OrdersSaid, ...] = ()
    """What the orders say, a currency each; shown where there is nothing to diagnose."""
    ahead: tuple[Ahead, ...] = ()
    """What the next sessions may bring, a host and outcome each."""
    ahead_note: Text | None = None
    planned: tuple[tuple[Text, ...], ...] = ()
    """Lines on the plan's stock, and on its money."""


_ORDER = (Level.ERROR, Level.FUTURE_ERROR, Level.WARNING)


def grouped(issues: Iterable[Issue]) -> tuple[IssueGroup, ...]:
    """Return the issues by level and key, errors first, then the most frequent.

    >>> message = Message(key="late", text=Text(zh="晚", en="late"))
    >>> [(group.key, group.count) for group in
    ...  grouped([Issue(level=Level.WARNING, message=message)] * 5)]
    [('late', 5)]
    """
    found: dict[tuple[Level, str], list[Issue]] = {}
    for issue in issues:
        found.setdefault((issue.level, issue.message.key), []).append(issue)
    groups = [IssueGroup(key=key, level=level, count=len(members),
                         examples=tuple(members[:EXAMPLES]))
              for (level, key), members in found.items()]
    return tuple(sorted(groups, key=lambda group: (_ORDER.index(group.level), -group.count)))
