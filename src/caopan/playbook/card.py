"""A contingency card (突发预案): what may go wrong on air, who acts first, how, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caopan.playbook.rule import Confidence, Origin, Status
from caopan.playbook.trigger import Trigger
from caopan.units.message import Text

PLACEHOLDERS = ("value", "limit", "item")
"""What a card's sentence may hold: the reading, its limit, the item or product it is about."""


class Owner(StrEnum):
    """Whose a card is: the roles of a room."""

    OPERATOR = "operator"
    HOST = "host"
    FLOOR = "floor"
    DESK = "desk"
    TRAFFIC = "traffic"
    SERVICE = "service"


class Urgency(StrEnum):
    """How soon somebody must act."""

    CRITICAL = "critical"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One card. ``number``: its place in the list (1 first).

    ``says`` is the sentence of an alert and may hold ``PLACEHOLDERS``. ``tap`` says when a person
    brings the card up by hand; a card without triggers has one. ``line``: what the host may say.
    """

    id: str
    number: int
    name: Text
    urgency: Urgency
    owner: Owner
    says: Text
    first_action: Text
    checklist: tuple[Text, ...]
    recover: Text
    source: Text
    confidence: Confidence
    limits: Text
    author: str
    written_on: date
    triggers: tuple[Trigger, ...] = ()
    tap: Text | None = None
    line: Text | None = None
    status: Status = Status.ACTIVE
    version: int = 1
    origin: Origin = Origin.SHIPPED
    files: tuple[str, ...] = ()
