"""Contingency cards as JSON carries them."""

from __future__ import annotations

from caopan.playbook.card import Card
from caopan.playbook.cards import Cards
from caopan.playbook.trigger import READINGS, Case, Trigger
from caopan.units.message import Language

Document = dict[str, object]


def cards_document(found: Cards, *, language: Language) -> Document:
    """Return every card in force and every issue.

    >>> from caopan.playbook.cards import cards
    >>> cards_document(cards(), language="en")["issues"]
    []
    """
    return {"cards": [card_document(one) for one in found.cards],
            "issues": [issue.document(language) for issue in found.issues]}


def card_document(card: Card) -> Document:
    """Return one card; every sentence in both languages.

    >>> from caopan.playbook.cards import cards
    >>> card_document(cards().cards[0])["owner"]
    'floor'
    """
    return {
        "id": card.id, "number": card.number, "name": card.name.document(),
        "urgency": card.urgency.value, "owner": card.owner.value, "says": card.says.document(),
        "first_action": card.first_action.document(),
        "checklist": [step.document() for step in card.checklist],
        "recover": card.recover.document(), "tap": card.tap and card.tap.document(),
        "line": card.line and card.line.document(),
        "triggers": [_trigger(one) for one in card.triggers],
        "source": card.source.document(), "confidence": card.confidence.value,
        "limits": card.limits.document(), "status": card.status.value,
        "origin": card.origin.value, "version": card.version}


def _trigger(one: Trigger) -> Document:
    words, unit = READINGS[one.reading]
    return {"reading": one.reading.value, "name": words.document(), "unit": unit.value,
            "above": one.above, "below": one.below, "minimum_n": one.minimum_n,
            "lasts_seconds": one.lasts_seconds, "says": one.says and one.says.document(),
            "examples": [*(_case("firing", case) for case in one.firing),
                         *(_case("quiet", case) for case in one.quiet)]}


def _case(kind: str, case: Case) -> Document:
    return {"kind": kind, "value": case.value, "n": case.n, "seconds": case.seconds}
