"""The hub (中枢): states are rendered once a topic and language, and shared by every page."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from caopan.units.message import Language
from caopan.web.live.message import Told, beat, epoch
from caopan.web.live.seat import Seat
from caopan.web.live.task import Health, supervised
from caopan.web.live.topic import Source, State, split
from caopan.web.live.wire import Push

MOST_SEATS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often the hub does what, in seconds."""

    watch: float = 0.5
    """Between two looks at what nobody tells of."""
    beat: float = 2.0
    """After so long a silence a page gets a sign of life."""
    gather: float = 0.1
    """Changes within this are told together."""


class Hub:
    """Everything that listens, and what it was last told.

    Its tasks run while somebody listens and cost nothing else. All but ``touch`` belongs to the
    event loop.

    Args:
        sources: where the topics of each kind come from.
        pace: how often it does what.
    """

    def __init__(self, sources: Mapping[str, Source], *, pace: Pace | None = None) -> None:
        """Begin with nobody listening."""
        self.sources = sources
        self.pace = pace or Pace()
        self.health = {name: Health() for name in ("publish", "watch", "beat")}
        self.seats: set[Seat] = set()
        self._told: dict[tuple[str, Language], Told] = {}
        self._new: dict[str, set[Seat]] = defaultdict(set)
        self._touched: set[str] = set()
        self._wake = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._checked: int | None = None

    @property
    def is_full(self) -> bool:
        """Return whether no further page can listen."""
        return len(self.seats) >= MOST_SEATS

    @asynccontextmanager
    async def seated(self, topics: frozenset[str], language: Language, *,
                     push: Push | None = None) -> AsyncIterator[Seat]:
        """Listen inside the block; the first thing told of each topic is its whole state."""
        self._begin()
        seat = Seat(frozenset(), language, now=self._now(), push=push)
        self.seats.add(seat)
        self.listen(seat, topics)
        try:
            yield seat
        finally:
            self.seats.discard(seat)
            for new in self._new.values():
                new.discard(seat)
            if not self.seats:
                self._end()

    def listen(self, seat: Seat, topics: frozenset[str]) -> None:
        """Change what a seat listens to; of what is new to it the whole state is told."""
        known = frozenset(topic for topic in topics if split(topic)[0] in self.sources)
        for topic in known - seat.topics:
            self._new[topic].add(seat)
            self._mark(topic)
        seat.topics = known

    def touch(self, topic: str) -> None:
        """Say that a topic has changed; from any thread, at any rate."""
        loop = self._loop
        if loop is None or topic in self._touched:
            return
        try:
            loop.call_soon_threadsafe(self._mark, topic)
        except RuntimeError:  # the loop has ended: nobody listens any more
            return

    def close(self) -> None:
        """End every task."""
        self._end()

    def _begin(self) -> None:
        if self._tasks:
            return
        self._loop, self._wake = asyncio.get_running_loop(), asyncio.Event()
        works = {"publish": self._publish, "watch": self._watch, "beat": self._beat}
        self._tasks = [asyncio.create_task(supervised(name, work, self.health[name]))
                       for name, work in works.items()]

    def _end(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._tasks, self._loop = [], None
        self._told.clear()
        self._new.clear()
        self._touched.clear()

    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    def _mark(self, topic: str) -> None:
        self._touched.add(topic)
        self._wake.set()

    async def _watch(self, health: Health) -> None:
        while True:
            await asyncio.sleep(self.pace.watch)
            for topic in {topic for seat in self.seats for topic in seat.topics}:
                if self.sources[split(topic)[0]].watched:
                    self._mark(topic)
            health.well()

    async def _beat(self, health: Health) -> None:
        while True:
            await asyncio.sleep(self.pace.beat / 4)
            sign, now = beat(self._checked), self._now()
            for seat in self.seats:
                if now - seat.told_at >= self.pace.beat:
                    seat.offer("", sign, now=now)
            health.well()

    async def _publish(self, health: Health) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            touched, self._touched = self._touched, set()
            for topic in sorted(self._spread(touched)):
                await self._tell(topic)
            health.well()
            await asyncio.sleep(self.pace.gather)

    def _spread(self, touched: set[str]) -> set[str]:
        """Return the topics with those below them (``room:1`` has ``room:1/desk`` below it)."""
        heard = {topic for seat in self.seats for topic in seat.topics}
        return touched | {one for one in heard if one.partition("/")[0] in touched}

    async def _tell(self, topic: str) -> None:
        """Tell every seat of a topic what is new to it."""
        seats = [seat for seat in self.seats if topic in seat.topics]
        new = self._new.pop(topic, set())
        languages = frozenset(seat.language for seat in seats)
        if not languages:
            return
        kind, name = split(topic)
        source = self.sources[kind]
        try:
            state = await asyncio.to_thread(source.state, name, languages)
        except BaseException:
            self._new[topic] |= new
            self._mark(topic)
            raise
        if source.watched:
            self._checked = epoch()
        for language in languages:
            self._share(topic, state, language, seats=seats, new=new)

    def _share(self, topic: str, state: State, language: Language, *, seats: list[Seat],
               new: set[Seat]) -> None:
        before = self._told.get((topic, language))
        told = Told(topic, state, language, before=before, checked=self._checked)
        same = before is not None and told.same(before)
        self._told[topic, language] = told
        now = self._now()
        for seat in seats:
            if seat.language != language:
                continue
            if seat in new or (not same and seat.is_behind(topic)):
                seat.offer(topic, told.whole, now=now)
            elif not same:
                seat.offer(topic, told.patch, now=now)
