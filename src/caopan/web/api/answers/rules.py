"""The handbook's answers."""

from __future__ import annotations

from datetime import date, datetime

from caopan.web.api.answers.basic import Amount, Answer, Both, Issue, Value


class Signal(Answer):
    """One reading of an example."""

    metric: str
    against: str
    value: Value
    comparison: Value
    currency: str | None
    n: int
    n_comparison: int
    p_value: float | None
    percentile: float | None
    verdict: str


class Example(Answer):
    """A case the rule must get right; ``expected`` is null where it must be quiet."""

    kind: str
    expected: str | None
    signals: list[Signal]


class Rule(Answer):
    """One rule of the handbook; ``condition`` says in words when it speaks."""

    id: str
    topic: str
    lens: str
    metric: str
    severity: str
    status: str
    origin: str
    confidence: str
    name: Both
    title: Both
    doubt: Both | None
    advice: Both
    settle: Both | None
    source: Both
    limits: Both
    condition: str
    author: str
    written_on: date
    changed_on: date | None
    version: int
    examples: list[Example]


class Rung(Answer):
    """One stage of growth."""

    id: str
    name: Both
    bottleneck: Both
    first_moves: Both
    gate: Both


class Ladder(Answer):
    """The growth ladder; ``limits`` by currency: the monthly GMV where the next rung begins."""

    rungs: list[Rung]
    limits: dict[str, list[Amount]]
    source: Both
    confidence: str


class Handbook(Answer):
    """The handbook in force."""

    rules: list[Rule]
    ladder: Ladder
    issues: list[Issue]


class Edition(Answer):
    """One version of the workspace's own page; ``text`` is null where it was taken back."""

    made_at: datetime
    text: str | None


class Page(Answer):
    """A rule with the file it was shipped as, the workspace's own page, and every version."""

    rule: Rule
    shipped: str | None
    own: str | None
    editions: list[Edition]


class Editions(Answer):
    """Every version of the workspace's own page, the latest first."""

    rule: str
    editions: list[Edition]


class RuleDraft(Answer):
    """What a text would make of a rule, and every problem with its line."""

    sound: bool
    rule: Rule | None
    issues: list[Issue]


class TakenBack(Answer):
    """The rule that is as shipped again; null where the workspace had added it."""

    taken_back: str
    rule: Rule | None
