"""A rule of the handbook: what it looks at, what it says, what it advises, what it misses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caopan.playbook.condition import Condition
from caopan.playbook.example import Example
from caopan.units.message import Text
from caopan.units.verdict import Verdict

_PLACE = re.compile(r"{[a-z_]+}")


class Topic(StrEnum):
    """What part of the business a rule is about."""

    TRAFFIC = "traffic"
    CONVERSION = "conversion"
    BASKET = "basket"
    GOODS = "goods"
    REFUND = "refund"
    REPURCHASE = "repurchase"
    FOLLOWERS = "followers"
    ADVERTISING = "advertising"
    SCHEDULE = "schedule"
    STOCK = "stock"
    DATA_QUALITY = "data_quality"


class Severity(StrEnum):
    """How loudly a rule speaks, loudest first; ``note`` is a calm remark."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NOTE = "note"


class Lens(StrEnum):
    """From which side a rule looks: the six GROWTH lenses (六维), or a plain pain (痛点)."""

    GOODS = "goods"
    RELATIONSHIP = "relationship"
    OPERATION = "operation"
    WHEEL = "wheel"
    TRAFFIC = "traffic"
    HARBOR = "harbor"
    PAIN = "pain"


class Confidence(StrEnum):
    """Where a rule's claim stands: a named source, a measurement, trade habit, one weak page."""

    STATED = "stated"
    MEASURED = "measured"
    TRADE = "trade"
    WEAK = "weak"


class Status(StrEnum):
    """Whether a rule is used (``active``), still being written (``draft``), or switched off."""

    ACTIVE = "active"
    DRAFT = "draft"
    OFF = "off"


class Origin(StrEnum):
    """Whose rule it is: as shipped, shipped and changed by the workspace, or added by it."""

    SHIPPED = "shipped"
    CHANGED = "changed"
    ADDED = "added"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule (规则) of the handbook.

    ``name`` is what a list calls it, without numbers; ``title`` is the sentence of a finding.
    ``title``, ``doubt``, ``advice`` and ``settle`` may hold the placeholders of
    ``vocabulary.PLACEHOLDERS``. ``doubt`` is the title where the verdict is ``cannot_tell``, and
    ``settle`` names the data that would end the doubt; both are there where the condition reports
    doubt. ``limits`` says what the rule misses. ``files`` are the files the rule was read from,
    the shipped one first.
    """

    id: str
    topic: Topic
    metric: str
    title: Text
    condition: Condition
    severity: Severity
    advice: Text
    lens: Lens
    source: Text
    confidence: Confidence
    author: str
    written_on: date
    limits: Text
    firing: tuple[Example, ...]
    quiet: tuple[Example, ...]
    name: Text | None = None
    doubt: Text | None = None
    settle: Text | None = None
    status: Status = Status.ACTIVE
    changed_on: date | None = None
    version: int = 1
    origin: Origin = Origin.SHIPPED
    files: tuple[str, ...] = ()

    @property
    def called(self) -> Text:
        """Return what a list calls it: its name, else its title with gaps for the numbers."""
        return self.name or Text(zh=_PLACE.sub("…", self.title.zh),
                                 en=_PLACE.sub("…", self.title.en))

    def headline(self, verdict: Verdict) -> Text:
        """Return the title that the verdict allows.

        In doubt that is ``doubt``; a rule without one never speaks in doubt.
        """
        return self.doubt if self.doubt and verdict is Verdict.CANNOT_TELL else self.title
