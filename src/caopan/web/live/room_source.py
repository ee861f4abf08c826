"""``room:<id>``: a live room; its revision moves with every command and every batch of events."""

from __future__ import annotations

from dataclasses import dataclass

from caopan.units.message import Language
from caopan.web.live.topic import State
from caopan.workspace.live.desk import Desk, NoSuchRoomError


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomSource:
    """Where pages and streams hear of rooms."""

    desk: Desk
    watched: bool = True

    def state(self, name: str, languages: frozenset[Language]) -> State:
        """Return the room's revision; gone where nobody knows of it."""
        del languages
        try:
            held = self.desk.room(name)
        except NoSuchRoomError:
            return State(rev=0, gone=True)
        return State(rev=held.rev)
