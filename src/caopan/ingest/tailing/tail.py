"""A file followed into a room (追文件进房): what was acknowledged is not sent again.

The room takes a batch or says when to come again; until it has taken one the next is not read, so
that the file itself is the queue.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from caopan.ingest.feeds.fault import Cause, FeedError
from caopan.ingest.feeds.wire import Ask, Wire, carried, read
from caopan.ingest.tailing.following import Block, Following, keep
from caopan.ingest.tailing.line import body_of
from caopan.units.message import CaopanError, Message, Text

LONGEST_WAIT, SOON, GOOD = 30.0, 0.5, 200
WAITING = frozenset({Cause.UNREACHABLE, Cause.LIMITED})


@dataclass(slots=True, kw_only=True)
class Tail:
    """A file on its way into a room.

    ``places``: where the place is kept. ``pause``: waits so many seconds. ``heard``: what a batch
    came to, as the room said; a bad line is among its ``rejected``.
    """

    following: Following
    places: Path
    base: str
    room: str
    token: str = field(repr=False)
    source: str = "observed"
    wire: Wire = carried
    pause: Callable[[float], None]
    heard: Callable[[dict[str, Any]], None] = lambda _: None
    gap: Callable[[], None] = lambda: None

    def run(self, *, once: bool = False) -> int:
        """Follow the file until interrupted; with ``once`` to its end. Return what was taken.

        Raises:
            CaopanError: the room is not there or closed, or does not let us in.
        """
        taken = 0
        while True:
            block = self.following.block()
            if block is None:
                if once:
                    return taken
                self.pause(SOON)
                continue
            if block.gap:
                self.gap()
            taken += self._deliver(block)
            keep(self.places, block.place)

    def _deliver(self, block: Block) -> int:
        """Send a block until the room has it; return how many events were new to it."""
        body, wait = body_of(block, source=self.source), SOON
        if not body:
            return 0
        while True:
            try:
                told = self._sent(body)
            except FeedError as fault:
                if fault.cause not in WAITING:
                    raise
                self.pause(max(fault.retry_seconds or 0.0, wait))
                wait = min(wait * 2, LONGEST_WAIT)
                continue
            self.heard(told)
            return int(told["accepted"])

    def _sent(self, body: bytes) -> dict[str, Any]:
        answer = self.wire(Ask(
            base=self.base, path=f"/api/rooms/{self.room}/events", body=body,
            headers={"authorization": f"Bearer {self.token}",
                     "content-type": "application/x-ndjson"}))
        told = read(answer)
        if answer.status != GOOD:
            raise TailRefusedError(answer.status, str(told.get("title") or ""))
        return told


class TailRefusedError(CaopanError):
    """Raised where the room takes nothing, and will not later."""

    def __init__(self, status: int, told: str) -> None:
        """Say what the console said."""
        super().__init__(Message(
            key="tail_refused", values={"status": status, "told": told or "—"},
            text=Text(zh="直播间不收（{status}）：{told}",
                      en="the room takes nothing ({status}): {told}"),
            hint=Text(zh="核对房间、地址和令牌；没收的还在文件里，再运行会从停下的地方接着发",
                      en="check the room, the address and the token; what was not taken is still "
                         "in the file, and the next run goes on from there")))
