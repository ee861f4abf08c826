"""``/cards``: the contingency cards in force, with their triggers and what is wrong with files."""

from __future__ import annotations

from caopan.access.action import Action
from caopan.playbook.card_document import cards_document
from caopan.web.api.answers.cards import CardList
from caopan.web.api.call import Called
from caopan.web.api.endpoint import Endpoint


def cards(call: Called) -> dict[str, object]:
    """Return every card in the order of their list."""
    return cards_document(call.house.desk.cards(), language=call.language)


ENDPOINTS = (
    Endpoint(method="GET", path="/cards", action=Action.READ, call=cards, answer=CardList),
)
