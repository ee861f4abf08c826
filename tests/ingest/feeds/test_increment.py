"""However totals are read, a room ends at what the platform last said, and counts nothing twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from caopan.ingest.feeds.increment import Marks, found, prefix, told
from caopan.ingest.feeds.reading import Reading, Sold
from caopan.live import event as ev
from caopan.live.tally import Tally

START = datetime(2026, 11, 28, 12, tzinfo=UTC)
STEPS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), st.booleans(), st.booleans()),
                 min_size=1, max_size=12)


class Room:
    """A room that takes an id once."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.tally = Tally()

    def take(self, events: list[ev.Known]) -> None:
        new = [one for one in events if one.id not in self.ids]
        self.ids += [one.id for one in new]
        self.tally.add(new)


@given(STEPS)
def test_restarts_and_lost_answers_neither_double_nor_miss(
        steps: list[tuple[int, int, bool, bool]]) -> None:
    room, marks, orders, likes, unsure = Room(), Marks(), 0, 0, False
    for number, (more, liked, restarts, lost) in enumerate(steps):
        orders, likes = orders + more, likes + liked
        reading = Reading(
            at=START + timedelta(minutes=number), totals={("like", "room"): likes},
            sold=(Sold(orders=orders, minor=orders * 5_990, product="p1"),))
        if restarts or unsure:
            marks = found(room.ids)
        made = told(reading, marks, feed="fake", live_id="1", since=START)
        room.take(made.events)
        room.take(made.events)
        marks, unsure = made.marks, lost

    totals = room.tally.totals()
    assert (totals["orders"], totals["gmv"], totals["likes"]) == (orders, orders * 5_990, likes)


@given(st.lists(st.integers(0, 500), min_size=1, max_size=10))
def test_a_total_that_goes_up_and_down_comes_to_its_highest(said: list[int]) -> None:
    room, marks = Room(), Marks()
    for number, likes in enumerate(said):
        made = told(Reading(at=START + timedelta(minutes=number),
                            totals={("like", "room"): likes}), marks, feed="fake", live_id="1",
                    since=START)
        room.take(made.events)
        marks = made.marks

    assert room.tally.total("likes") == max(said)


@given(orders=st.integers(1, 40), minor=st.integers(1, 10_000_000))
def test_the_money_of_orders_adds_up_to_the_last_fen(orders: int, minor: int) -> None:
    reading = Reading(at=START, sold=(Sold(orders=orders, minor=minor),))

    events = told(reading, {}, feed="fake", live_id="1", since=START).events

    assert sum(ev.minor(one.amount) for one in events if isinstance(one, ev.Order)) == minor
    assert len({one.id for one in events}) == orders


def test_the_ids_of_two_sessions_of_a_platform_do_not_meet() -> None:
    assert prefix("fake", "1") != prefix("fake", "2")
