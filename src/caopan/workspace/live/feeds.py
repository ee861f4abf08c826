"""The connectors of a desk (对接台): switched on and off by room, and on again after a restart."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b
from threading import Lock
from typing import TYPE_CHECKING, Any

from caopan.ingest.feeds.catalogue import FEEDS, feed_of
from caopan.ingest.feeds.feed import Line
from caopan.ingest.feeds.safe import Safe
from caopan.ingest.feeds.wire import Wire, carried
from caopan.live.room import Status
from caopan.units.message import CaopanError, Language, Message, Text
from caopan.workspace.live.desk import Desk
from caopan.workspace.live.feeding import Feeding
from caopan.workspace.live.taking import RoomClosedError

if TYPE_CHECKING:
    import numpy as np

KIND, VERSION = "room_feeds", 1
LONGEST_LIVE_ID, MOST_CALLS = 128, 10_000
EARLIER = timedelta(hours=1)
"""Before a room is said to be on air, the platform's session may have begun."""


@dataclass(slots=True, kw_only=True)
class Feeds:
    """Every connector that is on. What is on is kept as a document of the room; no secret is.

    ``clock`` reads the wall's; ``rng`` makes what spreads the calls; ``wire`` carries them.
    """

    desk: Desk
    safe: Safe
    clock: Callable[[], datetime]
    rng: Callable[[], np.random.Generator]
    wire: Wire = carried
    runs: bool = True
    _on: dict[tuple[str, str], Feeding] = field(default_factory=dict)
    _calls: OrderedDict[str, None] = field(default_factory=OrderedDict)
    _turn: Lock = field(default_factory=Lock, repr=False)

    def __post_init__(self) -> None:
        """Have the desk stop the connectors before it closes."""
        self.desk.ending.append(self.close)

    def start(self, room_id: str, name: str, *, live_id: str,
              counts_before: bool = True) -> Feeding:
        """Switch a connector on for a room; one that is on is switched off first.

        Raises:
            CaopanError: there is no such room or connector, the room is closed, or no live id.
        """
        feed, room = feed_of(name), self.desk.room(room_id).room
        if room.status is Status.CLOSED:
            raise RoomClosedError(room_id)
        live_id = live_id.strip()
        if not 0 < len(live_id) <= LONGEST_LIVE_ID:
            raise NoLiveIdError(live_id[:20])
        self.stop(room_id, name)
        on_at = self.clock()
        if counts_before:
            on_at = min(on_at, room.started_at or room.planned_start) - EARLIER
        made = self._begun(room_id, {
            "feed": feed.name, "live_id": live_id, "baseline": None,
            "counts_before": counts_before, "began": on_at.isoformat()})
        self._keep(room_id)
        return made

    def stop(self, room_id: str, name: str) -> bool:
        """Switch a connector off; return whether it was on.

        Raises:
            CaopanError: there is no such room or connector.
        """
        feed_of(name)
        self.desk.room(room_id)
        with self._turn:
            one = self._on.pop((room_id, name), None)
        if one is None:
            return False
        one.stop()
        one.wait()
        self._keep(room_id)
        return True

    def of(self, room_id: str) -> list[Feeding]:
        """Return the connectors that are on for a room.

        Raises:
            NoSuchRoomError: there is no such room.
        """
        self.desk.room(room_id)
        return [one for (room, _), one in self._on.copy().items() if room == room_id]

    def document(self, room_id: str, language: Language) -> dict[str, object]:
        """Return the connectors of a room: those that are on, and those there are."""
        on = self.of(room_id)
        names = {one.feed.name for one in on}
        return {"room": room_id, "on": [one.document(language, now=self.clock()) for one in on],
                "off": [one.document(language, safe=self.safe) for one in FEEDS.values()
                        if one.name not in names]}

    def resume(self) -> int:
        """Switch on again what was on before a restart; return how many there were."""
        kept: dict[str, Mapping[str, Any]] = {
            one.body["room"]: one.body for one in self.desk.store.documents(KIND)}
        begun = 0
        for room_id, body in kept.items():
            if not body["feeds"] or self.desk.room(room_id).room.status is Status.CLOSED:
                continue
            for one in body["feeds"]:
                if one["feed"] in FEEDS and (room_id, one["feed"]) not in self._on:
                    self._begun(room_id, one)
                    begun += 1
        return begun

    def called(self, name: str, body: bytes, headers: Mapping[str, str]) -> Mapping[str, Any]:
        """Take a platform's call; return what it is answered with.

        A call is only a hint of what to ask for: nothing that it says goes into a room.

        Raises:
            CaopanError: there is no such connector, it takes no calls, or the check fails.
        """
        feed = feed_of(name)
        if feed.check is None:
            raise NoCallsError(name)
        call = feed.check(body, headers, self.safe, self.clock())
        if call is not None and self._first(f"{name}/{call.id}"):
            with self._turn:
                rooms = [one for (_, on), one in self._on.items() if on == name]
            for one in rooms:
                one.hear(call.about)
        return feed.reply or {}

    def close(self) -> None:
        """Stop every connector; what is on stays on for the next start."""
        with self._turn:
            running, self._on = list(self._on.values()), {}
        for one in running:
            one.stop()
        for one in running:
            one.wait()

    def _begun(self, room_id: str, kept: Mapping[str, Any]) -> Feeding:
        line = Line(live_id=kept["live_id"], safe=self.safe, wire=self.wire,
                    began=datetime.fromisoformat(kept["began"]))
        made = Feeding(desk=self.desk, room_id=room_id, feed=feed_of(kept["feed"]), line=line,
                       clock=self.clock, rng=self.rng(),
                       counts_before=kept["counts_before"], baseline=kept.get("baseline"),
                       keep=lambda _: self._keep(room_id))
        with self._turn:
            self._on[room_id, made.feed.name] = made
        if self.runs:
            made.begin_running()
        return made

    def _keep(self, room_id: str) -> None:
        feeds = [{"feed": one.feed.name, "live_id": one.line.live_id,
                  "counts_before": one.counts_before, "began": one.line.began.isoformat(),
                  "baseline": one.baseline and dict(one.baseline)} for one in self.of(room_id)]
        self.desk.store.put_document(
            KIND, {"room": room_id, "feeds": feeds}, schema_version=VERSION, now=self.clock(),
            inputs_hash=blake2b(room_id.encode(), digest_size=16).hexdigest())

    def _first(self, call: str) -> bool:
        with self._turn:
            if call in self._calls:
                return False
            self._calls[call] = None
            if len(self._calls) > MOST_CALLS:
                self._calls.popitem(last=False)
            return True


class NoLiveIdError(CaopanError):
    """Raised for a connector without the platform's id of the live session."""

    def __init__(self, said: str) -> None:
        """Say what it was given."""
        super().__init__(Message(
            key="no_live_id", values={"said": said or "—"},
            text=Text(zh="直播编号（{said}）不能用", en="no live id: {said}"),
            hint=Text(zh="填平台后台的直播编号，1 到 128 个字",
                      en="enter the platform's id of the live session, 1 to 128 letters")))


class NoCallsError(CaopanError):
    """Raised for a call to a connector whose platform does not call."""

    def __init__(self, name: str) -> None:
        """Name it."""
        super().__init__(Message(
            key="no_calls", values={"name": name},
            text=Text(zh="{name} 不收平台回调", en="{name} takes no calls"),
            hint=Text(zh="只有快手会回调", en="Kuaishou alone calls")))
