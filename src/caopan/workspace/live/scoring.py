"""How a rehearsal went (演练评分): which alerts came, after how long, who did what about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from caopan.live.alert import Alert
from caopan.live.incident_script import GRACE_SECONDS, Injected
from caopan.live.room import Incident, Room


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """An alert of a rehearsal: when it was first seen, in room time, and when it was gone."""

    alert: Alert
    seen_at: datetime
    gone_at: datetime | None = None


def score(room: Room, raised: Sequence[Raised], injected: Sequence[Injected]) -> dict[str, Any]:
    """Return how a rehearsal went as JSON carries it.

    Seconds are of the room; ``person_seconds`` are of the wall: what the crew needed, which has
    no speed. An alert counts for an incident where it names its card and was first seen while it
    went on or shortly after.
    """
    start = room.started_at or room.planned_start
    own: dict[int, Raised] = {}
    for at, one in enumerate(injected):
        found = next((seen for seen in raised if _answers(seen, one, start)
                      and seen not in own.values()), None)
        if found is not None:
            own[at] = found
    rows = [_row(one, own.get(at), room, start) for at, one in enumerate(injected)]
    others = [one for one in raised if one not in own.values()]
    return {
        "incidents": rows, "injected": len(rows), "detected": len(own),
        "handled": sum(row["fired_after"] is not None for row in rows),
        "others": [{"card": one.alert.card, "at_second": _seconds(one.seen_at, start),
                    "lasted": None if one.gone_at is None else _seconds(one.gone_at, one.seen_at),
                    "during": [each.kind.value for each in injected
                               if each.on(_seconds(one.seen_at, start))]}
                   for one in others]}


def _answers(seen: Raised, one: Injected, start: datetime) -> bool:
    begun = start + timedelta(seconds=one.minute * 60)
    over = begun + timedelta(seconds=one.seconds + GRACE_SECONDS)
    return seen.alert.card == one.kind.value and begun <= seen.seen_at <= over


def _row(one: Injected, seen: Raised | None, room: Room, start: datetime) -> dict[str, Any]:
    begun = start + timedelta(seconds=one.minute * 60)
    used = next((used for used in room.incidents if seen is not None
                 and used.card == one.kind.value and used.armed_at >= seen.seen_at), None)
    return {**one.document(), "card": one.kind.value, "detected": seen is not None,
            "after_seconds": None if seen is None else _seconds(seen.seen_at, begun),
            **_used(used, seen, room.speed)}


def _used(used: Incident | None, seen: Raised | None, speed: float) -> dict[str, Any]:
    """Return what the crew did after the alert: took the card up, fired it, was done with it."""
    times: dict[str, datetime | None] = dict.fromkeys(("acknowledged", "fired", "recovered"))
    if used is not None:
        times = {"acknowledged": used.armed_at, "fired": used.fired_at,
                 "recovered": used.recovered_at}
    found: dict[str, Any] = {}
    for name, at in times.items():
        after = None if at is None or seen is None else _seconds(at, seen.seen_at)
        found[f"{name}_after"] = after
        found[f"{name}_person_seconds"] = None if after is None else round(after / speed, 1)
    return found | {"steps": 0 if used is None else len(used.done)}


def _seconds(at: datetime, since: datetime) -> float:
    return round((at - since).total_seconds(), 1)
