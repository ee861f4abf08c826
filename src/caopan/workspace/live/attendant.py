"""The attendant (值守): looks at rooms on air while nobody does, and records those that closed.

Without it an alert would come up only where somebody looks. What cannot be done now (another
import is running, the disk is full) is done at a later turn.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event, Lock, Thread

from caopan.live.room import Status
from caopan.units.message import CaopanError
from caopan.workspace.live.held import Held

LOG = logging.getLogger("caopan.live")
EVERY_SECONDS = 5.0
ON_AIR = frozenset({Status.LIVE, Status.PAUSED})


@dataclass(slots=True, kw_only=True)
class Attendant:
    """One thread for all rooms of a desk.

    ``rooms`` are the desk's, ``look`` looks at one, ``record`` records one that is closed, and
    ``clock`` reads the time.
    """

    rooms: Callable[[], Iterable[Held]]
    look: Callable[[Held, datetime], object]
    record: Callable[[Held, datetime], object]
    clock: Callable[[], datetime]
    _recorded: set[str] = field(default_factory=set, repr=False)
    _wake: Event = field(default_factory=Event, repr=False)
    _ends: bool = False
    _turn: Lock = field(default_factory=Lock, repr=False)
    _thread: Thread | None = field(default=None, repr=False)

    def begin(self) -> None:
        """Begin to attend, in a thread."""
        self._thread = Thread(target=self._run, name="live-attendant", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Say that a room has closed."""
        self._wake.set()

    def close(self) -> None:
        """Attend no more; a turn that is under way is done to its end."""
        self._ends = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join()

    def turn(self, now: datetime) -> None:
        """Look at every room on air, and record those that closed."""
        with self._turn:
            for held in self.rooms():
                if held.room.status in ON_AIR:
                    self._do(self.look, held, now)
                elif (held.room.status is Status.CLOSED
                      and held.room.id not in self._recorded
                      and self._do(self.record, held, now)):
                    self._recorded.add(held.room.id)

    def _do(self, act: Callable[[Held, datetime], object], held: Held, now: datetime) -> bool:
        try:
            act(held, now)
        except CaopanError as refused:
            LOG.info("room %s: %s", held.room.id, refused.message.say("en"))
            return False
        except Exception:
            LOG.exception("room %s could not be attended to", held.room.id)
            return False
        return True

    def _run(self) -> None:
        while not self._ends:
            self._wake.wait(EVERY_SECONDS)
            self._wake.clear()
            if not self._ends:
                self.turn(self.clock())
