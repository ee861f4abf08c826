"""What a workspace knows of a room before it is on air: own past sessions, planned spend.

It takes seconds to read, so that it is read once a room in a thread of its own; until then, and
where there is too little of it, what rests on it is not told.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from caopan.live.background import Background
from caopan.live.room import Room

if TYPE_CHECKING:
    from caopan.workspace.live.pacing import Pacing


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known; ``sessions``: past ones with minutes that it rests on."""

    background: Background = field(default_factory=Background)
    pacing: Pacing | None = None
    sessions: int = 0
    status: str = "ready"

    def document(self) -> dict[str, Any]:
        """Return on what alarms and forecast rest, as JSON carries it."""
        known = self.background
        return {"status": self.status, "sessions": self.sessions,
                "usual": known.usual.n if known.usual else None,
                "conversion": known.calm.n if known.calm else None,
                "traffic": known.calm.traffic if known.calm else None,
                "planned_spend": known.planned_spend is not None,
                "pacing": self.pacing.n if self.pacing else None}


class Knowing:
    """Reads what is known of each room once, one after the other, in a thread.

    Args:
        read: reads it.
    """

    def __init__(self, read: Callable[[Room], Known]) -> None:
        """Read nothing yet."""
        self._read = read
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="room-known")
        self._found: dict[str, Future[Known]] = {}

    def of(self, room: Room) -> Known:
        """Return what is known so far; it is being read where the status says so.

        What cannot be read is as unknown, and the status says that too.
        """
        found = self._found.get(room.id)
        if found is None:
            found = self._found[room.id] = self._pool.submit(self._read, room)
        if not found.done():
            return Known(status="reading")
        return Known(status="failed") if found.exception() else found.result()

    def wait(self, room: Room, *, seconds: float) -> Known:
        """Return what is known once it is read, or after so many seconds as far as it is."""
        self.of(room)
        wait([self._found[room.id]], timeout=seconds)
        return self.of(room)

    def close(self) -> None:
        """Read nothing more; what is being read is read to its end."""
        self._pool.shutdown(wait=True, cancel_futures=True)
