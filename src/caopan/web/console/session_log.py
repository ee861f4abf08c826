"""What was decided and what came up in the live room that a session was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from caopan.units.message import CaopanError, Text
from caopan.web.console.room_numbers import TIERS
from caopan.web.console.room_stage import stage
from caopan.web.console.room_words import told, who
from caopan.web.visit import Visit
from caopan.workspace.live.alert_log import RAISED
from caopan.workspace.live.recording import recorded, room_of_session

ALERT = Text(zh="告警", en="alert")
GONE = Text(zh="已消除：{text}", en="gone: {text}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the log; ``who`` is the word for alerts where the room itself spoke."""

    at: datetime
    who: Text
    said: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLog:
    """The log of the room that a session was; ``tiers``: from whom its numbers are known."""

    room: str
    tiers: tuple[Text, ...]
    entries: tuple[Entry, ...]


def log_of(visit: Visit, session_id: str) -> SessionLog | None:
    """Return the log of the room that a session was; None for one that was none."""
    store, desk = visit.workspace.store, visit.house.desk
    room_id = room_of_session(store, session_id)
    if room_id is None:
        return None
    try:
        found = stage(desk, room_id, now=visit.now, language=visit.language)
        alerts = desk.alert_log(room_id)
    except CaopanError:  # another process has the rooms: they are shown there
        return None
    entries = [Entry(at=one.at, who=who(one.who), said=told(found, one)) for _, one in found.log]
    texts = {one["id"]: Text(zh=one["zh"], en=one["en"]) for one in alerts
             if one["kind"] == RAISED}
    entries += [_alert(one, texts) for one in alerts]
    known = recorded(store, room_id)
    return SessionLog(
        room=room_id, entries=tuple(sorted(entries, key=lambda one: one.at)),
        tiers=tuple(TIERS[name] for name in (known.evidence if known else ()) if name in TIERS))


def _alert(entry: dict[str, Any], texts: dict[str, Text]) -> Entry:
    text = texts.get(entry["id"], Text(zh=entry["id"], en=entry["id"]))
    if entry["kind"] != RAISED:
        text = Text(zh=GONE.zh.format(text=text.zh), en=GONE.en.format(text=text.en))
    return Entry(at=datetime.fromtimestamp(entry["at"] / 1000, UTC), who=ALERT, said=text)
