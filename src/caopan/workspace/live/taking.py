"""Taking events (收事件): ids that are new are summed, kept and answered in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from caopan.facts.buyer import hashed_name
from caopan.live import event as ev
from caopan.live.event import Batch, Known
from caopan.live.room import Status
from caopan.store.live_book import LiveBook
from caopan.store.live_writer import Work
from caopan.units.message import CaopanError, Message, Text
from caopan.workspace.live.accepted import Accepted
from caopan.workspace.live.held import Held, gauges_kept

KEPT: frozenset[type[ev.Event]] = frozenset({ev.Order, ev.Refund, ev.Price, ev.Warned})
"""Events that are kept one by one; of the others their sums are."""


class Taking:
    """One batch on its way into a room.

    Args:
        held: the room.
        batch: what came.
        salt: the key of the hash of buyer ids.
        words: whether the words of comments are kept.
        reload: reads the room anew from what is kept, after a fault.
        told: hears that the room has changed.
    """

    def __init__(self, held: Held, batch: Batch, *, salt: bytes, words: bool,
                 reload: Callable[[], None], told: Callable[[], None]) -> None:
        """Keep what is needed until the writer comes."""
        self._held, self._batch, self._salt = held, batch, salt
        self._words, self._reload, self._told = words, reload, told
        self._fresh: list[Known] = []
        self._rev = 0

    def work(self) -> Work:
        """Return it as the writer takes it."""
        return Work(write=self.write, settle=self.settle, spoil=self._reload)

    def write(self, book: LiveBook) -> None:
        """Keep the ids, the sums and the facts of what is new.

        Raises:
            RoomClosedError: the room was closed meanwhile.
        """
        held, events = self._held, self._batch.events
        if held.room.status is Status.CLOSED:
            raise RoomClosedError(held.room.id)
        new = book.new_ids(held.number, [event.id for event in events]) if events else frozenset()
        self._fresh = events if new is None else _once(events, new)
        self._rev = held.rev
        if not self._fresh:
            return
        with held.lock:
            touched = held.tally.add(self._fresh)
            minutes = [(at, held.tally.minutes[at].packed()) for at in touched]
            heard = gauges_kept(held.tally)
        held.rev = self._rev = held.rev + 1
        book.keep_minutes(held.number, minutes)
        facts = [self._fact(event) for event in self._fresh if event.__class__ in KEPT]
        if self._words:
            facts += [self._fact(event) for event in self._fresh
                      if isinstance(event, ev.Comment) and event.text]
        if facts:
            book.keep_facts(held.number, rev=self._rev, facts=facts)
        book.hear(held.number, rev=self._rev, heard=heard)

    def settle(self) -> Accepted:
        """Tell who listens, and return what the batch came to."""
        if self._fresh:
            self._told()
        taken = len(self._fresh)
        return Accepted(accepted=taken, duplicates=len(self._batch.events) - taken,
                        rejected=self._batch.rejected, rev=self._rev)

    def _fact(self, event: Known) -> dict[str, Any]:
        fact: dict[str, Any] = msgspec.to_builtins(event)
        fact["at"] = ev.milliseconds(event)
        if fact.get("buyer_id"):
            fact["buyer_id"] = hashed_name(fact["buyer_id"], salt=self._salt)
        return fact


def _once(events: list[Known], new: frozenset[str]) -> list[Known]:
    """Return the events whose ids are new, each id once."""
    first: dict[str, Known] = {}
    for event in events:
        if event.id in new:
            first.setdefault(event.id, event)
    return list(first.values())


class RoomClosedError(CaopanError):
    """Raised for what comes into a room that is closed."""

    def __init__(self, room_id: str) -> None:
        """Name the room."""
        super().__init__(Message(
            key="room_closed", values={"room": room_id},
            text=Text(zh="直播间 {room} 已下播，不再收事件",
                      en="the room {room} is closed and takes no more events"),
            hint=Text(zh="下一场请开新直播间", en="make a new room for the next session")))
