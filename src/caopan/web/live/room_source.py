"""``room:<id>``: a live room's revision; ``room:<id>/<screen>``: the parts of one of its screens.

A room is rendered once a change, a screen and a language, whoever looks at it. What only time
changes (an offset that grows, an armed card that lapses) is looked at anew every few seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from caopan.units.clock import now
from caopan.units.message import Language
from caopan.web.live.topic import Parts, State
from caopan.workspace.live.desk import Desk, NoSuchRoomError
from caopan.workspace.live.held import Held

EVERY_SECONDS = 4
"""So often a screen is rendered anew where nothing has happened."""
MOST_KEPT = 400
Render = Callable[[Desk, str, str, Language, datetime], Parts | None]
"""Renders a screen of a room by its name; None for a screen there is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomSource:
    """Where pages and streams hear of rooms."""

    desk: Desk
    render: Render | None = None
    watched: bool = True
    _kept: dict[tuple[str, Language], tuple[tuple[int, int], Parts]] = field(
        default_factory=dict, repr=False)

    def state(self, name: str, languages: frozenset[Language]) -> State:
        """Return the room's revision and its screen's parts; gone where nobody knows of it."""
        room, _, screen = name.partition("/")
        try:
            held = self.desk.room(room)
        except NoSuchRoomError:
            return State(rev=0, gone=True)
        if not screen or self.render is None:
            return State(rev=held.rev)
        at, rev = now(), held.rev
        found = {language: self._parts(room, screen, language, rev, at) for language in languages}
        parts: Mapping[Language, Parts] = {
            language: one for language, one in found.items() if one is not None}
        return State(rev=rev, parts=parts, tick=_clock(held, at), gone=len(parts) < len(found))

    def _parts(self, room: str, screen: str, language: Language, rev: int,
               at: datetime) -> Parts | None:
        key = (f"{room}/{screen}", language)
        mark = (rev, int(at.timestamp()) // EVERY_SECONDS)
        kept = self._kept.get(key)
        if kept is not None and kept[0] == mark:
            return kept[1]
        made = self.render(self.desk, room, screen, language, at) if self.render else None
        if made is not None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = (mark, made)
        return made


def _clock(held: Held, wall: datetime) -> dict[str, object]:
    """Return a rehearsal's own time and its speed; nothing where the wall's is the room's."""
    if held.clock is None:
        return {}
    at = held.now(wall)
    return {"at": round(at.timestamp() * 1000),
            "speed": held.pace(wall)}
