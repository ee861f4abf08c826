"""One connector of one room (对接线程): asks, tells the room, waits; says how it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

import msgspec

from caopan.ingest.feeds.fault import LASTING, Cause, FeedError
from caopan.ingest.feeds.feed import Feed, Line, Poller
from caopan.ingest.feeds.increment import Marks, Told, found, prefix, told
from caopan.ingest.feeds.pace import LASTING_SECONDS, wait
from caopan.ingest.feeds.reading import Reading
from caopan.ingest.feeds.safe import Safe
from caopan.live import event as ev
from caopan.live.room import Status
from caopan.store.live_book import LiveBook
from caopan.units.message import CaopanError, Language, Message

if TYPE_CHECKING:
    import numpy as np

    from caopan.workspace.live.desk import Desk

PATIENCE, AT_ONCE = 30.0, 5_000
SKEW_SECONDS = 60.0


@dataclass(slots=True, kw_only=True)
class Feeding:
    """A connector at work. ``counts_before``: what came before it was on is told too.

    ``baseline``: the totals it does not tell, where it does not. ``keep``: keeps them.
    """

    desk: Desk
    room_id: str
    feed: Feed
    line: Line
    clock: Callable[[], datetime]
    rng: np.random.Generator
    counts_before: bool = True
    baseline: Mapping[str, int] | None = None
    keep: Callable[[Marks], None] = lambda _: None
    state: str = "begun"
    heard_at: datetime | None = None
    from_at: datetime | None = None
    failures: int = 0
    taken: int = 0
    refused: int = 0
    skew_seconds: float | None = None
    waiting: tuple[str, ...] = ()
    problem: Message | None = None
    _marks: Marks | None = None
    _poller: Poller | None = None
    _stop: Event = field(default_factory=Event, repr=False)
    _wake: Event = field(default_factory=Event, repr=False)
    _turn: Lock = field(default_factory=Lock, repr=False)
    _thread: Thread | None = field(default=None, repr=False)

    @property
    def safe(self) -> Safe:
        """Return where its secrets are."""
        return self.line.safe

    def step(self) -> float:
        """Ask once and tell the room; return the seconds until it is asked again."""
        with self._turn:
            try:
                self._tell(self._poll())
            except FeedError as fault:
                return self._failed(fault)
            except CaopanError as busy:  # the room is full, the disk is full, the file is open
                self.failures += 1
                self._marks, self.problem, self.state = None, busy.message, "waiting"
                return wait(1.0, failures=self.failures, rng=self.rng)
            self.failures, self.problem, self.state = 0, None, "on"
            return wait(self.feed.period, failures=0, rng=self.rng)

    def hear(self, about: str) -> None:
        """Take note of what the platform has called about, and ask at once."""
        if self._poller is None:
            self._poller = self.feed.begin(self.line)
        self._poller.hear(about)
        self._wake.set()

    def run(self) -> None:
        """Ask until it is stopped or the room is closed."""
        while not self._stop.is_set():
            if self.desk.room(self.room_id).room.status is Status.CLOSED:
                break
            seconds = self.step()
            self._wake.wait(seconds)
            self._wake.clear()
        self.state = "stopped"
        if self._poller is not None:
            self._poller.close()

    def begin_running(self) -> None:
        """Run in a thread."""
        self._thread = Thread(target=self._run, daemon=True,
                              name=f"feed-{self.feed.name}-{self.room_id}")
        self._thread.start()

    def stop(self) -> None:
        """Ask no more."""
        self._stop.set()
        self._wake.set()

    def wait(self) -> None:
        """Return once its thread has ended; at once where it has none."""
        if self._thread is not None:
            self._thread.join(PATIENCE)

    def document(self, language: Language, *, now: datetime) -> dict[str, object]:
        """Return how it stands as JSON carries it; nothing of a secret is in it."""
        age = None if self.heard_at is None else (now - self.heard_at).total_seconds()
        return {**self.feed.document(language, safe=self.safe), "live": self.line.live_id,
                "state": self.state, "counts_before": self.counts_before,
                "heard_at": self.heard_at, "age_seconds": None if age is None else round(age, 1),
                "from_at": self.from_at, "failures": self.failures, "taken": self.taken,
                "stale": self.state != "stopped" and (age is None or age > self.feed.stale_seconds),
                "refused": self.refused, "waiting": list(self.waiting),
                "skew_seconds": self.skew_seconds,
                "problem": self.problem and self.problem.document(language)}

    def _run(self) -> None:
        try:
            self.run()
        except BaseException:
            self.state = "failed"
            raise

    def _poll(self) -> Reading:
        missing = self.feed.missing(self.safe)
        if missing:
            raise FeedError(Cause.UNSET, ", ".join(missing))
        if self._poller is None:
            self._poller = self.feed.begin(self.line)
        return self._poller.poll(self.clock())

    def _tell(self, reading: Reading) -> None:
        marks = self._known()
        since = self._since()
        made = told(reading, marks, feed=self.feed.name, live_id=self.line.live_id, since=since)
        if not self.counts_before and self.baseline is None:
            self.baseline = made.marks
            self.keep(made.marks)
            made = Told(events=[one for one in made.events if isinstance(
                one, ev.Online | ev.Stock | ev.Price | ev.Heartbeat)], marks=made.marks)
        for first in range(0, len(made.events), AT_ONCE):
            body = msgspec.json.encode(made.events[first:first + AT_ONCE])
            accepted = self.desk.take(self.room_id, ev.read(body)).result(PATIENCE)
            self.taken += accepted.accepted
            self.refused += len(accepted.rejected)
        self._marks, self.waiting = made.marks, made.waiting
        self.from_at, self.heard_at = self.heard_at or since, reading.at
        self._look_at_clock(reading)

    def _known(self) -> Marks:
        """Return how far each total was told: by what the room has kept, after a restart too."""
        if self._marks is None:
            held = self.desk.room(self.room_id)
            head = prefix(self.feed.name, self.line.live_id)
            with self.desk.store.ledger.reading() as connection:
                kept = found(LiveBook(connection).ids_from(held.number, head))
            base = dict(self.baseline or {})
            self._marks = {key: max(base.get(key, 0), kept.get(key, 0)) for key in base | kept}
        return self._marks

    def _since(self) -> datetime:
        room = self.desk.room(self.room_id).room
        return room.started_at or min(room.planned_start, self.clock())

    def _look_at_clock(self, reading: Reading) -> None:
        if reading.clock is not None:
            skew = (reading.clock - reading.at).total_seconds()
            self.skew_seconds = round(skew, 1) if abs(skew) > SKEW_SECONDS else None

    def _failed(self, fault: FeedError) -> float:
        """Keep why nothing came, without a secret in it, and say how long to wait."""
        self.failures += 1
        self.state = fault.cause.value.removeprefix("feed_")
        told_ = self.safe.hide(fault.told, names=self.feed.secrets)
        self.problem = FeedError(fault.cause, told_).message
        if fault.cause in LASTING:
            return wait(LASTING_SECONDS, failures=0, rng=self.rng,
                        retry_seconds=fault.retry_seconds)
        return wait(self.feed.period, failures=self.failures, rng=self.rng,
                    longest=self.feed.longest, retry_seconds=fault.retry_seconds)
