"""Every contingency card of a workspace: those shipped, with its own laid over them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from caopan.facts.issue import Issue
from caopan.playbook.card import Card
from caopan.playbook.card_compiler import compiled_card
from caopan.playbook.complaint import complaint
from caopan.playbook.overlay import merged
from caopan.playbook.reader import read_sources, shipped
from caopan.playbook.rule import Origin, Status
from caopan.playbook.source import Source

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
    sources, issues = read_sources(shipped().joinpath(FOLDER))
    found: dict[str, Card] = {}
    known: dict[str, Source] = {}
    for source in sources:
        known[source.file] = source
        _take(source, found, issues)
    own = folder / FOLDER if folder is not None else None
    if own is not None and own.is_dir():
        edits, wrong = read_sources(own)
        issues += wrong
        for edit in edits:
            base = known.get(edit.file)
            laid = edit if base is None else Source(
                file=edit.file, text=edit.text, data=merged(base.data, edit.data))
            _take(laid, found, issues, files=() if base is None else (base.file,),
                  origin=Origin.ADDED if base is None else Origin.CHANGED)
    ordered = sorted(found.values(), key=lambda one: (one.number, one.id))
    return Cards(cards=tuple(ordered), issues=tuple(issues))


def _take(source: Source, found: dict[str, Card], issues: list[Issue], *,
          origin: Origin = Origin.SHIPPED, files: tuple[str, ...] = ()) -> None:
    card, wrong = compiled_card(source, origin=origin, files=files)
    issues += wrong
    if card is None:
        return
    if source.file != f"{card.id}.toml":
        issues.append(complaint("id_not_file", file=source.file, row=source.line(("id",)),
                                field="id", value=card.id))
        return
    found[card.id] = card
