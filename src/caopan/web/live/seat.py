"""A seat (席位): one page that listens; it holds the latest of each topic and nothing older."""

from __future__ import annotations

import asyncio

from caopan.units.message import Language
from caopan.web.live.wire import Push


class Seat:
    """One listening page.

    A page that reads slowly finds one message a topic waiting, never a queue: what a newer one
    overtakes is dropped, and the whole state stands in for the patches that went with it.

    Args:
        topics: what it listens to.
        language: in which words.
        now: the loop's clock, in seconds.
        push: the short way to the page, where it has one.
    """

    def __init__(self, topics: frozenset[str], language: Language, *, now: float,
                 push: Push | None = None) -> None:
        """Begin with nothing waiting."""
        self.topics = topics
        self.language = language
        self.told_at = now
        """When it was last offered something, in the loop's seconds."""
        self._waiting: dict[str, str] = {}
        self._push = push
        self._owes = False
        """Whether the long way still has something: nothing newer may overtake it."""
        self._ready = asyncio.Event()
        self._left = False

    def is_behind(self, topic: str) -> bool:
        """Return whether an earlier message of a topic was not taken yet."""
        return topic in self._waiting

    def offer(self, topic: str, text: str, *, now: float) -> None:
        """Tell a message at once, or leave it in the place of the one before."""
        self.told_at = now
        if self._push is not None and not self._owes and self._push(text):
            return
        self._owes = True
        self._waiting[topic] = text
        self._ready.set()

    async def take(self) -> str:
        """Wait for something and return all that waits, one JSON message a line.

        Nothing is returned, at once, when the page has left. Who asks again has told what it
        took before.
        """
        self._owes = bool(self._waiting)
        await self._ready.wait()
        if self._left:
            return ""
        self._ready.clear()
        taken, self._waiting = self._waiting, {}
        return "\n".join(taken.values())

    def close(self) -> None:
        """Say that the page has left."""
        self._left = True
        self._ready.set()
