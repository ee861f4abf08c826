from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from caopan.live import event as ev
from caopan.live.alerts import Watch, watched
from caopan.live.background import Background, Calm, Usual
from caopan.live.command import Command, Kind
from caopan.live.conversion import conversion
from caopan.live.doing import done
from caopan.live.readings import readings
from caopan.live.room import Incident, Room
from caopan.live.tally import Tally
from caopan.plan.item import Item, ItemType, LineClass, StockBatch
from caopan.plan.run_sheet import RunSheet
from caopan.playbook.cards import cards

CARDS = cards().active
EIGHT = datetime(2026, 11, 27, 12, tzinfo=UTC)
ITEM = Item(id="a", type=ItemType.PRODUCT, title="苹果", product_id="p", seconds=3_600,
            live_price=5_990, unit_cost=3_000, stock_batches=(StockBatch(quantity=300),))
NEXT = Item(id="b", type=ItemType.FLASH, title="梨", product_id="q", seconds=600)


def on_air(*items: Item) -> Room:
    sheet = RunSheet(items=items or (ITEM, NEXT))
    room = Room(id="1", title="夜场", streamer_id="小美", planned_start=EIGHT, plan=sheet,
                sheet=sheet)
    return done(room, Command(id="1", kind=Kind.START, at=EIGHT))


def at(minutes: float) -> datetime:
    return EIGHT + timedelta(minutes=minutes)


def ms(minutes: float) -> int:
    return round(at(minutes).timestamp() * 1000)


def fed(*events: ev.Known) -> Tally:
    tally = Tally()
    tally.add(events)
    return tally


def each(kind: Callable[..., Any], minutes: range, **fields: object) -> list[Any]:
    return [kind(id=f"{kind.__name__}{minute}", at=ms(minute + 0.5), source="platform", **fields)
            for minute in minutes]


def orders(minutes: range, a_minute: int = 2) -> list[ev.Known]:
    return [ev.Order(id=f"o{minute}-{n}", at=ms(minute + 0.5), source="platform", order_id="x",
                     product_id="p", amount="59.90")
            for minute in minutes for n in range(a_minute)]


def told(room: Room, tally: Tally, minute: float, *, background: Background | None = None,
         before: Watch | None = None) -> dict[str, str]:
    background = background or Background()
    calm = background.calm
    found = watched(before or Watch(), readings(
        room, tally, now=at(minute), background=background,
        conversion=conversion(room, tally, calm, now=at(minute)) if calm else None),
        cards=CARDS, now=at(minute))
    return {one.card or "": one.message.say("en") for one in found.alerts}


def test_a_room_where_all_is_well_has_no_alert() -> None:
    tally = fed(*orders(range(10)), *each(ev.Click, range(10), product_id="p", count=40),
                ev.Heartbeat(id="h", at=ms(9.95), source="platform"),
                ev.Price(id="p", at=ms(0.1), source="platform", product_id="p", amount="59.90"))

    assert told(on_air(), tally, 10) == {}


def test_no_heartbeat_for_ten_seconds_is_a_lost_stream_and_one_that_never_was_is_not() -> None:
    tally = fed(ev.Heartbeat(id="h", at=ms(5), source="platform"))

    assert told(on_air(), tally, 5 + 9 / 60) == {}
    assert told(on_air(), tally, 5 + 12 / 60) == {
        "stream_lost": "no heartbeat for 12 s: the picture may be gone"}
    assert told(on_air(), Tally(), 5) == {}


@pytest.mark.parametrize(("amount", "fires"), [("59.90", False), ("49.90", True), ("69.90", True)])
def test_a_price_that_is_not_the_plan_s_is_named(amount: str, *, fires: bool) -> None:
    tally = fed(ev.Price(id="p", at=ms(1), source="observed", product_id="p", amount=amount))

    assert ("price_wrong" in told(on_air(), tally, 2)) is fires


def test_stock_that_lasts_shorter_than_the_item_is_named_once_it_has_sold_enough() -> None:
    room = on_air()
    busy = fed(*orders(range(10, 15), 4),
               ev.Stock(id="s", at=ms(15), source="platform", product_id="p", value=40))
    quiet = fed(*orders(range(14, 15), 2),
                ev.Stock(id="s", at=ms(15), source="platform", product_id="p", value=1))
    background = Background()

    first = watched(Watch(), readings(room, busy, now=at(15), background=background),
                    cards=CARDS, now=at(15))
    second = watched(first, readings(room, busy, now=at(15.6), background=background),
                     cards=CARDS, now=at(15.6))

    assert first.alerts == ()
    assert [one.card for one in second.alerts] == ["sell_out"]
    assert second.alerts[0].since == at(15)
    assert told(room, quiet, 16) == {}


def test_a_product_that_is_gone_is_named_at_once() -> None:
    tally = fed(ev.Stock(id="s", at=ms(3), source="platform", product_id="p", value=0))

    assert told(on_air(), tally, 3.1) == {"sell_out": "苹果 is sold out"}


def test_spend_is_held_against_the_plan_and_not_told_without_one() -> None:
    spent = fed(*each(ev.Spend, range(12), plan_id="x", amount="30"), *orders(range(12), 5))
    plan = Background(planned_spend=70_000.0)  # 700 yuan in 70 minutes

    assert told(on_air(), spent, 12) == {}
    assert told(on_air(), spent, 12, background=plan) == {
        "spend_runaway": "spend of ten minutes is 300% of the plan"}


def test_an_ad_that_does_not_spend_is_named_after_ten_minutes_and_a_minute_more() -> None:
    room, plan = on_air(), Background(planned_spend=70_000.0)
    first = watched(Watch(), readings(room, Tally(), now=at(10), background=plan),
                    cards=CARDS, now=at(10))
    later = watched(first, readings(room, Tally(), now=at(11), background=plan),
                    cards=CARDS, now=at(11))

    assert first.alerts == ()
    assert [one.card for one in later.alerts] == ["ad_idle"]
    assert told(room, Tally(), 9.5, background=plan) == {}


def test_spend_that_does_not_come_back_is_named() -> None:
    tally = fed(*each(ev.Spend, range(30), plan_id="x", amount="200"), *orders(range(30), 1))
    room = on_air()
    before = watched(Watch(), readings(room, tally, now=at(30), background=Background()),
                     cards=CARDS, now=at(30))

    assert "spend_runaway" in told(room, tally, 31, before=before)


def test_clicks_without_an_order_for_five_minutes_are_named_where_orders_were_due() -> None:
    clicks = each(ev.Click, range(20), product_id="p", count=40)

    assert "payment_outage" in told(on_air(), fed(*clicks, *orders(range(14))), 20)
    assert "payment_outage" not in told(on_air(), fed(*clicks, *orders(range(18))), 20)
    few = each(ev.Click, range(20), product_id="p", count=2)
    assert "payment_outage" not in told(on_air(), fed(*few, *orders(range(0, 14, 7), 1)), 20)


def test_a_warning_stands_until_its_card_has_recovered() -> None:
    tally = fed(ev.Warned(id="w", at=ms(5), source="hand"))
    room = on_air()
    cleared = replace(room, incidents=(Incident(card="violation_warning", armed_at=at(5.5),
                                                fired_at=at(5.6), recovered_at=at(6)),))

    assert "violation_warning" in told(room, tally, 6)
    assert told(cleared, tally, 6.1) == {}
    assert told(room, tally, 16) == {}


def test_orders_that_no_longer_follow_the_clicks_are_a_cliff() -> None:
    calm = Calm(traffic="clicks", rate=0.05, size=20.0, limit=4.0, n=50)
    background = Background(calm=calm)
    clicks = each(ev.Click, range(40), product_id="p", count=80)
    broken = fed(*clicks, *orders(range(30), 4))
    quiet_traffic = fed(*each(ev.Click, range(30), product_id="p", count=80),
                        *orders(range(30), 4))

    assert "conversion_cliff" in told(on_air(), broken, 40, background=background)
    assert "conversion_cliff" not in told(on_air(), quiet_traffic, 40, background=background)
    assert "conversion_cliff" not in told(on_air(), broken, 40)


def test_a_room_below_its_own_low_is_named_after_three_minutes() -> None:
    usual = Usual(online_low=np.full(120, 100.0), entries_high=np.full(120, 50.0), n=20)
    background = Background(usual=usual)
    tally = fed(*each(ev.Online, range(30), value=60), *each(ev.Enter, range(30), count=10))
    room = on_air()
    before = watched(Watch(), readings(room, tally, now=at(20), background=background),
                     cards=CARDS, now=at(20))

    assert before.alerts == ()
    assert set(told(room, tally, 23, background=background, before=before)) == {
        "viewers_collapse"}


def test_a_sample_that_is_not_there_is_named_ten_minutes_before() -> None:
    item = replace(NEXT, sample_ready=False)

    assert told(on_air(ITEM, item), Tally(), 45) == {}
    assert "sample_missing" in told(on_air(ITEM, item), Tally(), 52)


def test_a_price_below_cost_is_named_but_a_welfare_item_may_lose() -> None:
    loss = replace(ITEM, unit_cost=7_000)

    assert "negative_margin" in told(on_air(loss), Tally(), 1)
    assert told(on_air(replace(loss, line_class=LineClass.WELFARE)), Tally(), 1) == {}


def test_an_alert_keeps_its_id_while_it_lasts_and_gets_another_when_it_comes_again() -> None:
    room = on_air()
    lost = fed(ev.Heartbeat(id="h", at=ms(5), source="platform"))
    back = fed(ev.Heartbeat(id="h", at=ms(8), source="platform"))

    def look(before: Watch, tally: Tally, minute: float) -> Watch:
        return watched(before, readings(room, tally, now=at(minute), background=Background()),
                       cards=CARDS, now=at(minute))

    first = look(Watch(), lost, 6)
    second = look(first, lost, 7)
    well = look(second, back, 8.1)
    again = look(well, back, 9)

    assert first.alerts[0].id == second.alerts[0].id
    assert (well.alerts, well.since) == ((), {})
    assert again.alerts[0].id != first.alerts[0].id


def test_nothing_is_told_of_a_room_that_is_paused_or_closed() -> None:
    tally = fed(ev.Heartbeat(id="h", at=ms(5), source="platform"))
    paused = done(on_air(), Command(id="2", kind=Kind.PAUSE, at=at(6)))

    assert told(paused, tally, 7) == {}
    assert told(done(paused, Command(id="3", kind=Kind.CLOSE, at=at(8))), tally, 9) == {}
