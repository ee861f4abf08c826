"""What the endpoint of contingency cards answers."""

from __future__ import annotations

from caopan.web.api.answers.basic import Answer, Both, Issue


class Case(Answer):
    """An example of a trigger."""

    kind: str
    value: float
    n: float
    seconds: float


class Trigger(Answer):
    """When a card comes up by itself."""

    reading: str
    name: Both
    unit: str
    above: float | None
    below: float | None
    minimum_n: float
    lasts_seconds: float
    says: Both | None
    examples: list[Case]


class Card(Answer):
    """One contingency card; ``tap``: when a person brings it up, ``line``: what the host says."""

    id: str
    number: int
    name: Both
    urgency: str
    owner: str
    says: Both
    first_action: Both
    checklist: list[Both]
    recover: Both
    tap: Both | None
    line: Both | None
    triggers: list[Trigger]
    source: Both
    confidence: str
    limits: Both
    status: str
    origin: str
    version: int


class CardList(Answer):
    """Every card in force, and what is wrong with their files."""

    cards: list[Card]
    issues: list[Issue]
