"""The contingency cards on a room's screens: which are armed, which run, since when."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from caopan.live.doing import ARMED_SECONDS, lapsed
from caopan.live.room import Incident
from caopan.playbook.card import Card
from caopan.playbook.cards import Cards, cards
from caopan.web.console.room_stage import Stage, milliseconds

ICONS = {
    "stream_lost": "radio", "price_wrong": "ruler", "sell_out": "package",
    "violation_warning": "triangle-alert", "viewers_collapse": "users",
    "traffic_spike": "arrow-up-right", "conversion_cliff": "chart-line",
    "spend_runaway": "sliders-horizontal", "ad_idle": "pause", "trolls": "users-round",
    "host_absent": "user", "sample_missing": "circle-dashed", "payment_outage": "store",
    "supplier_delay": "clock-alert", "negative_margin": "minus",
}
KEYS = 9
"""So many cards have a key of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A card and how it stands in this room; ``number`` is its place, and its key up to ``KEYS``.

    ``until``: when an armed card lapses, epoch milliseconds.
    """

    card: Card
    number: int
    incident: Incident | None = None
    until: int | None = None

    @property
    def icon(self) -> str:
        """Return its sign."""
        return ICONS.get(self.card.id, "circle-alert")

    @property
    def key(self) -> str:
        """Return its key; none for the later ones."""
        return f"{self.number}" if self.number <= KEYS else ""

    @property
    def armed(self) -> bool:
        """Return whether the first press was made and the second is awaited."""
        return self.until is not None

    @property
    def fired(self) -> bool:
        """Return whether it runs now."""
        return self.incident is not None and self.incident.fired_at is not None


def shown(stage: Stage) -> tuple[Shown, ...]:
    """Return every card as it stands now."""
    active = in_force(stage.playbook).active
    return tuple(_shown(stage, card, number) for number, card in enumerate(active, start=1))


def running(stage: Stage) -> tuple[Shown, ...]:
    """Return the cards that were fired and are not yet over."""
    return tuple(one for one in shown(stage) if one.fired)


@cache
def in_force(playbook: Path) -> Cards:
    """Return the cards of a workspace, as they were when a room was first shown."""
    return cards(playbook)


def _shown(stage: Stage, card: Card, number: int) -> Shown:
    incident = next((one for one in stage.room.incidents
                     if one.card == card.id and one.recovered_at is None), None)
    if incident is None or lapsed(incident, stage.now, speed=stage.room.speed):
        return Shown(card=card, number=number)
    until = None
    if incident.fired_at is None:
        until = milliseconds(incident.armed_at) + round(ARMED_SECONDS * stage.room.speed * 1000)
    return Shown(card=card, number=number, incident=incident, until=until)
