"""The clock of a room (房间时钟): the wall's for a real one, the replay's for a rehearsal.

A rehearsal runs in room time: its events, its run sheet, its timers and its log stand in the time
the room would have, and a minute of it passes in a second at sixty-fold speed. Its clock never
runs ahead of what has been replayed: a slow machine makes a slow room, not a silent stream.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomClock:
    """Room time ``room`` was at wall time ``wall``; it passes ``speed`` times as fast as that.

    ``until``: the room time it stands still at until it is told of more.
    """

    wall: datetime
    room: datetime
    speed: float
    until: datetime

    def at(self, wall: datetime) -> datetime:
        """Return the room time at a wall time.

        >>> from datetime import UTC
        >>> noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
        >>> clock = RoomClock(wall=noon, room=noon, speed=60, until=noon + timedelta(minutes=5))
        >>> [clock.at(noon + timedelta(seconds=seconds)).minute for seconds in (0, 2, 5, 100)]
        [0, 2, 5, 5]
        """
        passed = max((wall - self.wall).total_seconds(), 0.0) * self.speed
        return min(self.room + timedelta(seconds=passed), self.until)

    def stopped(self) -> bool:
        """Return whether it was not told of more: room time stands still from the start.

        >>> noon = datetime(2026, 1, 1, 12)
        >>> RoomClock(wall=noon, room=noon, speed=1, until=noon).stopped()
        True
        """
        return self.until <= self.room


def standing(at: datetime, *, speed: float) -> RoomClock:
    """Return a clock that stands still: of a rehearsal that is over, or was cut off.

    >>> noon = datetime(2026, 1, 1, 12)
    >>> standing(noon, speed=60).at(noon + timedelta(hours=1)) == noon
    True
    """
    return RoomClock(wall=at, room=at, speed=speed, until=at)
