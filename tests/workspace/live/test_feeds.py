"""Connectors of a desk: polled twice nothing is doubled, restarted nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from caopan import Workspace
from caopan.ingest.feeds import catalogue
from caopan.ingest.feeds.fault import Cause, FeedError
from caopan.ingest.feeds.feed import Call, Feed, Line, Need, Way
from caopan.ingest.feeds.reading import Gauge, Reading, Sold
from caopan.ingest.feeds.safe import Safe
from caopan.live.command import Command, Kind
from caopan.live.tally import LIKES, ORDERS
from caopan.store.live_writer import LiveBusyError
from caopan.units.message import Text
from caopan.workspace.live.desk import Desk
from caopan.workspace.live.feeding import Feeding
from caopan.workspace.live.feeds import Feeds

START, SECRET = datetime(2026, 11, 28, 12, tzinfo=UTC), "the-token-of-nobody"


@dataclass
class World:
    """A platform's totals as a test sets them, and the time it is."""

    now: datetime = START
    orders: int = 0
    minor: int = 0
    likes: int = 0
    fault: FeedError | None = None
    heard: tuple[str, ...] = ()

    def poll(self, now: datetime) -> Reading:
        if self.fault is not None:
            raise self.fault
        return Reading(at=now, totals={("like", "room"): self.likes},
                       sold=(Sold(orders=self.orders, minor=self.minor, product="p1"),),
                       gauges=(Gauge(kind="online", value=180),))

    def hear(self, about: str) -> None:
        self.heard += (about,)

    def close(self) -> None:
        pass


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    made = World()
    words = Text(zh="仿", en="fake")
    fake = Feed(name="fake", title=words, way=Way.POLL, live_id=words, period=10, gives=(),
                cannot=(), source="", begin=lambda _: made,
                needs=(Need(name="CAOPAN_FAKE_TOKEN", title=words),))
    monkeypatch.setitem(catalogue.FEEDS, "fake", fake)
    return made


Opened = Callable[[], Feeds]


@pytest.fixture
def opened(tmp_path: Path, world: World) -> Iterator[Opened]:
    """Return what opens the workspace, again after a restart."""
    with Workspace.open(tmp_path / "room") as workspace:
        desks: list[Desk] = []

        def again() -> Feeds:
            for desk in desks:
                desk.close()
            desk = Desk(workspace.store)
            desks.append(desk)
            return Feeds(desk=desk, safe=Safe({"CAOPAN_FAKE_TOKEN": SECRET}), runs=False,
                         clock=lambda: world.now, rng=lambda: np.random.default_rng(1))

        yield again
        desks[-1].close()


def on_air(feeds: Feeds) -> str:
    room = feeds.desk.make(title="夜场", streamer_id="小美", planned_start=START, now=START)
    feeds.desk.command(room.room.id, Command(id="s", kind=Kind.START, at=START, who="x")).result(9)
    return room.room.id


def totals(feeds: Feeds, room: str) -> dict[str, int]:
    return feeds.desk.room(room).tally.totals()


def begun(feeds: Feeds, room: str, **other: bool) -> Feeding:
    return feeds.start(room, "fake", live_id="7301", **other)


def test_polled_twice_a_total_is_told_once_and_what_is_new_as_what_came(
        opened: Opened, world: World) -> None:
    feeds = opened()
    room = on_air(feeds)
    feeding = begun(feeds, room)
    world.orders, world.minor, world.likes = 3, 17_971, 40

    feeding.step()
    feeding.step()
    world.now += timedelta(minutes=2)
    world.orders, world.minor = 5, 29_951
    feeding.step()

    found = totals(feeds, room)
    assert (found["orders"], found["gmv"], found["likes"]) == (5, 29_951, 40)
    rows = feeds.desk.room(room).tally.minutes
    assert [rows[at].counts[ORDERS] for at in sorted(rows)] == [3, 2]
    assert feeding.document("en", now=world.now)["stale"] is False


def test_a_restart_finds_the_marks_in_what_the_room_has_kept(opened: Opened,
                                                             world: World) -> None:
    feeds = opened()
    room = on_air(feeds)
    world.orders, world.minor, world.likes = 3, 18_000, 40
    begun(feeds, room).step()

    feeds = opened()
    world.orders, world.minor, world.likes = 4, 24_000, 41
    assert feeds.resume() == 1
    feeds.of(room)[0].step()

    found = totals(feeds, room)
    assert (found["orders"], found["gmv"], found["likes"]) == (4, 24_000, 41)


def test_half_of_a_sale_waits_for_its_other_half(opened: Opened, world: World) -> None:
    feeds = opened()
    room = on_air(feeds)
    feeding = begun(feeds, room)
    world.orders, world.minor = 2, 0

    feeding.step()
    waiting = feeding.waiting
    world.minor = 12_000
    feeding.step()

    assert waiting == ("p1",)
    assert totals(feeds, room)["gmv"] == 12_000
    assert feeding.waiting == ()


def test_a_total_that_falls_counts_nothing_until_it_is_passed_again(opened: Opened,
                                                                    world: World) -> None:
    feeds = opened()
    room = on_air(feeds)
    feeding = begun(feeds, room)
    for likes in (10, 7, 9, 12):
        world.likes = likes
        feeding.step()

    assert totals(feeds, room)["likes"] == 12


def test_what_was_entered_by_hand_before_is_not_counted_again_if_so_asked(
        opened: Opened, world: World) -> None:
    feeds = opened()
    room = on_air(feeds)
    world.orders, world.minor, world.likes = 30, 180_000, 400
    begun(feeds, room, counts_before=False).step()

    feeds = opened()
    feeds.resume()
    world.orders, world.minor = 31, 186_000
    feeds.of(room)[0].step()

    found = totals(feeds, room)
    assert (found["orders"], found["gmv"], found["likes"]) == (1, 6_000, 0)
    assert feeds.desk.room(room).tally.online == 180


def test_what_came_before_the_first_reading_lies_where_the_room_began(opened: Opened,
                                                                      world: World) -> None:
    feeds = opened()
    room = on_air(feeds)
    world.now += timedelta(minutes=30)
    world.likes = 7

    begun(feeds, room).step()

    minutes = feeds.desk.room(room).tally.minutes
    assert minutes[round(START.timestamp()) // 60].counts[LIKES] == 7


def test_a_secret_in_what_a_platform_says_is_never_told(opened: Opened, world: World) -> None:
    feeds = opened()
    room = on_air(feeds)
    feeding = begun(feeds, room)
    world.fault = FeedError(Cause.REFUSED, f"bad token {SECRET}")

    feeding.step()

    told = str(feeding.document("en", now=world.now)) + str(feeds.document(room, "zh"))
    kept = str([one.body for one in feeds.desk.store.documents("room_feeds")])
    assert "bad token •••" in told
    assert SECRET not in told + kept + repr(feeding.line) + repr(feeding.problem)


def test_it_asks_less_often_the_longer_it_fails_and_never_before_it_may(
        opened: Opened, world: World) -> None:
    feeds = opened()
    feeding = begun(feeds, on_air(feeds))
    world.fault = FeedError(Cause.UNREACHABLE, "HTTP 502")
    failing = [feeding.step() for _ in range(4)]
    world.fault = FeedError(Cause.LIMITED, "HTTP 429", retry_seconds=900)
    limited = feeding.step()
    world.fault = None
    well = feeding.step()

    assert failing == sorted(failing)
    assert failing[-1] > 100
    assert limited >= 900
    assert 9 <= well <= 11
    assert feeding.problem is None


def test_a_full_room_is_asked_again_and_nothing_is_lost(
        opened: Opened, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    feeds = opened()
    room = on_air(feeds)
    feeding = begun(feeds, room)
    world.likes = 5
    take = Desk.take

    def full(*_: object) -> None:
        raise LiveBusyError

    monkeypatch.setattr(Desk, "take", full)
    soon = feeding.step()
    assert feeding.state == "waiting"
    monkeypatch.setattr(Desk, "take", take)
    feeding.step()

    assert soon < 3
    assert totals(feeds, room)["likes"] == 5


def test_a_setting_that_is_missing_is_named_and_silence_is_stale(opened: Opened,
                                                                 world: World) -> None:
    feeds = opened()
    feeds.safe = Safe({})
    room = on_air(feeds)
    feeding = begun(feeds, room)

    feeding.step()

    told = feeding.document("en", now=world.now + timedelta(minutes=5))
    assert (told["state"], told["stale"]) == ("unset", True)
    assert "CAOPAN_FAKE_TOKEN" in str(told["problem"])


def test_a_platforms_call_is_heard_once_by_the_rooms_that_are_on(
        opened: Opened, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    feeds = opened()
    checked = Call(id="e1", about="order-7", at=START)
    monkeypatch.setitem(catalogue.FEEDS, "fake", replace(
        catalogue.FEEDS["fake"], check=lambda *_: checked, reply={"result": 1}))
    begun(feeds, on_air(feeds))

    answers = [feeds.called("fake", b"x", {}) for _ in range(2)]

    assert answers == [{"result": 1}] * 2
    assert world.heard == ("order-7",)


def test_a_thread_asks_until_its_room_is_closed(opened: Opened, world: World) -> None:
    feeds = opened()
    room = on_air(feeds)
    world.likes = 3
    feeds.runs = True
    feeding = begun(feeds, room)
    while totals(feeds, room)["likes"] < 3:
        pass

    feeds.desk.command(room, Command(id="c", kind=Kind.CLOSE, at=START, who="x")).result(9)
    feeding.hear("wake")
    feeding.wait()

    assert feeding.state == "stopped"


def test_a_line_shows_nothing_of_its_safe() -> None:
    line = Line(live_id="1", safe=Safe({"CAOPAN_X": SECRET}), wire=lambda _: None, began=START)  # type: ignore[arg-type,return-value]

    assert SECRET not in repr(line)
