from __future__ import annotations

from datetime import UTC, datetime

from caopan.live import event as ev
from caopan.live.incident_script import Injected, Mishap
from caopan.live.replay import Replay, Script
from caopan.live.tally import Tally
from caopan.plan.item import Item, ItemType

EIGHT = datetime(2026, 11, 27, 12, tzinfo=UTC)
ITEM = Item(id="a", type=ItemType.PRODUCT, title="苹果", product_id="p", seconds=600,
            live_price=5_990)
MINUTE = {"online": 40, "entries": 31, "entries_private": 7, "clicks": 50, "orders": 5,
          "units": 10, "gmv": 29_950, "ad_spend": 777, "comments": 13}


def replayed(*incidents: Injected, minutes: int = 4) -> Tally:
    script = Script(title="x", streamer_id="y", run_sheet={}, minutes=[MINUTE] * minutes,
                    stock={"p": 100}, incidents=incidents)
    replay, tally = Replay(script=script, start=EIGHT), Tally()
    for tick in range(script.ticks):
        tally.add(replay.events(tick, on_air=ITEM))
    return tally


def test_a_replay_sums_to_the_minutes_it_came_from() -> None:
    tally = replayed()
    counts = tally.totals()

    assert sorted(tally.minutes) == [int(EIGHT.timestamp()) // 60 + at for at in range(4)]
    assert {name: counts[name] for name in MINUTE if name != "online"} == {
        name: value * 4 for name, value in MINUTE.items() if name != "online"} | {
        "entries_private": 28}
    assert (tally.online, tally.price["p"].value) == (40, 5_990)
    assert tally.stock["p"].value == 100 - 3 * 10


def test_all_events_are_synthetic_and_no_id_comes_twice() -> None:
    script = Script(title="x", streamer_id="y", run_sheet={}, minutes=[MINUTE] * 2)
    replay = Replay(script=script, start=EIGHT)
    events = [one for tick in range(script.ticks) for one in replay.events(tick, on_air=ITEM)]

    assert {one.source for one in events} == {"synthetic"}
    assert len({one.id for one in events}) == len(events)


def test_a_lost_stream_has_no_heartbeat_and_a_wrong_price_shows() -> None:
    calm = replayed()
    lost = replayed(Injected(kind=Mishap.STREAM_LOST, minute=1, seconds=60))
    wrong = replayed(Injected(kind=Mishap.PRICE_WRONG, minute=3, seconds=60))

    assert calm.total("beats") - lost.total("beats") == 12
    assert wrong.price["p"].value == 4_792


def test_a_cliff_leaves_a_part_of_the_orders_and_all_of_the_clicks() -> None:
    tally = replayed(Injected(kind=Mishap.CONVERSION_CLIFF, minute=0, seconds=240))

    assert (tally.total("orders"), tally.total("clicks")) == (3, 200)


def test_what_is_sold_out_sells_nothing() -> None:
    tally = replayed(Injected(kind=Mishap.SELL_OUT, minute=3, seconds=60))

    assert (tally.stock["p"].value, tally.total("orders")) == (0, 15)


def test_without_a_product_on_air_people_come_and_nothing_is_sold() -> None:
    script = Script(title="x", streamer_id="y", run_sheet={}, minutes=[MINUTE])
    replay = Replay(script=script, start=EIGHT)
    events = [one for tick in range(12) for one in replay.events(tick, on_air=None)]

    assert not [one for one in events if isinstance(one, ev.Order | ev.Click)]
    assert sum(one.count for one in events if isinstance(one, ev.Enter)) == 31
