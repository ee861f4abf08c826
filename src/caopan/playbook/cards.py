"""Every contingency card of a workspace: those shipped, with its own laid over them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from caopan.facts.issue import Issue
from caopan.playbook.card import Card
from caopan.playbook.card_compiler import compiled_card
from caopan.playbook.overlaid import overlaid
from caopan.playbook.rule import Status

FOLDER = "contingency"
"""The folder of cards: among the shipped rules, and in a workspace's own playbook."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """The cards in force in the order of their list, and what is wrong with their files."""

    cards: tuple[Card, ...]
    issues: tuple[Issue, ...] = ()

    def card(self, id_: str) -> Card | None:
        """Return one card by id, None where there is none.

        >>> Cards(cards=()).card("stream_lost") is None
        True
        """
        return next((one for one in self.cards if one.id == id_), None)

    @property
    def active(self) -> tuple[Card, ...]:
        """Return the cards that are used."""
        return tuple(one for one in self.cards if one.status is Status.ACTIVE)


def cards(folder: Path | None = None) -> Cards:
    """Return the cards in force: a workspace's ``playbook/contingency`` laid over those shipped.

    A file names a card by its ``id``, which is the file's name, and holds only what changes; one
    that is not sound is an issue, and the card beneath stays as it was.

    Args:
        folder: the workspace's playbook; None: the shipped cards alone.

    >>> [one.id for one in cards().cards][:2]
    ['stream_lost', 'price_wrong']

    Raises:
        OSError: a file cannot be opened.
    """
    found = overlaid(FOLDER, compiled_card, folder=folder)
    ordered = sorted(found.pages.values(), key=lambda one: (one.number, one.id))
    return Cards(cards=tuple(ordered), issues=tuple(found.issues))
