"""Alerts (告警): readings held against the cards; what stands keeps its id and its beginning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from caopan.live.alert import Alert, Severity
from caopan.live.readings import Read
from caopan.live.role import Role
from caopan.playbook.card import Card, Urgency
from caopan.playbook.trigger import READINGS, Trigger
from caopan.units.message import Message
from caopan.units.unit import Unit

Key = tuple[str, str, str]
_ORDER = {Severity.CRITICAL: 0, Severity.WARNING: 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What a room is watched by from one look to the next: the alerts, and what stands since when.

    ``since``: by card, reading and item, also of what has not stood long enough.
    """

    alerts: tuple[Alert, ...] = ()
    since: Mapping[Key, datetime] = field(default_factory=dict)


def watched(before: Watch, read: Iterable[Read], *, cards: Iterable[Card],
            now: datetime) -> Watch:
    """Return what stands now: the loudest first, one alert for a card and an item.

    Args:
        before: the last look; what still stands keeps its id and its beginning.
        read: what was read off the room.
        cards: those in force.
        now: the present.

    >>> watched(Watch(), [], cards=(), now=datetime(2026, 1, 1)).alerts
    ()
    """
    since: dict[Key, datetime] = {}
    alerts: dict[tuple[str, str], Alert] = {}
    known = list(read)
    for card, trigger, one in _standing(cards, known):
        key = (card.id, one.reading.value, one.item_id or "")
        begun = before.since.get(key) or one.since or now
        since[key] = begun
        if (now - begun).total_seconds() >= trigger.lasts_seconds:
            alerts.setdefault((card.id, one.item_id or ""),
                              _alert(card, trigger, one, since=begun))
    ordered = sorted(alerts.values(), key=lambda one: (_ORDER[one.severity], one.since, one.id))
    return Watch(alerts=tuple(ordered), since=since)


def _standing(cards: Iterable[Card], read: list[Read]) -> Iterator[tuple[Card, Trigger, Read]]:
    for card in cards:
        for trigger in card.triggers:
            for one in read:
                if one.reading is trigger.reading and trigger.holds(one.value, n=one.n):
                    yield card, trigger, one


def _alert(card: Card, trigger: Trigger, read: Read, *, since: datetime) -> Alert:
    unit = READINGS[read.reading][1]
    urgent = card.urgency is Urgency.CRITICAL
    return Alert(
        id=":".join((card.id, read.item_id or "", str(round(since.timestamp())))),
        severity=Severity.CRITICAL if urgent else Severity.WARNING,
        message=Message(key=f"alert_{card.id}", text=trigger.says or card.says,
                        hint=card.first_action,
                        values={"value": said(read.value, unit), "item": read.name,
                                "limit": said(trigger.limit, unit)}),
        since=since, card=card.id, owner=Role(card.owner.value), item_id=read.item_id)


def said(value: float, unit: Unit) -> str:
    """Return a reading as an alert says it; the same in both languages.

    >>> said(12.4, Unit.SECONDS), said(0.256, Unit.RATIO), said(1.26, Unit.TIMES)
    ('12 s', '26%', '1.3')
    """
    if unit is Unit.SECONDS:
        return f"{value:.0f} s"
    if unit is Unit.RATIO:
        return f"{value * 100:.0f}%"
    return f"{value:.1f}" if unit is Unit.TIMES else f"{value:.0f}"
