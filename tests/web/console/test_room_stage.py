"""What a room's screens show of it, taken at one moment."""

from __future__ import annotations

from datetime import timedelta

from caopan.web.console.room_cards import shown
from caopan.web.console.room_chart import pacing
from caopan.web.console.room_numbers import figures
from caopan.web.console.room_stage import stage
from caopan.web.console.room_steps import steps
from caopan.web.console.room_words import told
from caopan.web.house import House
from tests.web.console.rooms import START, feed, on_air

AT = START + timedelta(minutes=20)


def test_numbers_carry_who_they_are_known_from_and_what_is_unknown_is_a_dash(
        empty_house: House) -> None:
    room = on_air(empty_house)
    feed(empty_house, room,
         {"kind": "order", "order_id": "1", "product_id": "p1", "amount": "239"},
         {"kind": "click", "product_id": "p1", "count": 20},
         {"kind": "online", "value": 900, "source": "observed"}, at=AT)

    seen = {one.id: one for one in figures(
        stage(empty_house.desk, room, now=AT, language="zh"), language="zh")}

    assert (seen["gmv"].said, seen["gmv"].tier, seen["gmv"].tone) == ("¥239", "platform", "loss")
    assert (seen["online"].said, seen["online"].tier) == ("900", "observed")
    assert (seen["pay"].said, seen["pay"].tier) == ("5.00%", "computed")
    assert seen["margin"].said == "¥119"
    assert (seen["spend"].said, seen["gpm"].said) == ("—", "—")


def test_the_price_on_air_is_held_against_the_plan(empty_house: House) -> None:
    room = on_air(empty_house)
    item = empty_house.desk.room(room).room.sheet.item("b")

    unseen = stage(empty_house.desk, room, now=AT, language="zh").wrong_price(item)
    feed(empty_house, room, {"kind": "price", "product_id": "p1", "amount": "239.00"}, at=AT)
    right = stage(empty_house.desk, room, now=AT, language="zh").wrong_price(item)
    feed(empty_house, room, {"kind": "price", "product_id": "p1", "amount": "23.90"},
         at=AT + timedelta(seconds=1))
    wrong = stage(empty_house.desk, room, now=AT, language="zh").wrong_price(item)

    assert (unseen, right, wrong) == (None, False, True)


def test_the_chart_ends_where_the_forecast_is_and_draws_nothing_of_the_future(
        empty_house: House) -> None:
    room = on_air(empty_house)
    feed(empty_house, room,
         {"kind": "order", "order_id": "1", "product_id": "p1", "amount": "5000"},
         at=START + timedelta(minutes=12))

    points = pacing(stage(empty_house.desk, room, now=AT, language="zh"), language="zh").points

    known = [one for one in points if one.actual is not None]
    assert (known[0].actual, known[-1].at, known[-1].actual) == (0.0, 1200, 500_000.0)
    assert points[-1].forecast is not None
    assert points[-1].forecast.mid == 1_100_000.0
    assert points[-1].plan == 1_100_000.0


def test_an_armed_card_lapses_by_itself_and_a_step_needs_something_to_sell(
        empty_house: House) -> None:
    room = on_air(empty_house)
    first = stage(empty_house.desk, room, now=AT, language="zh")

    assert not any(one.armed or one.fired for one in shown(first))
    assert [one.key for one in shown(first)][:2] == ["1", "2"]
    assert steps(first.room.sheet.item("a")) == ()
    assert steps(first.room.sheet.item("b")) == ("link", "price", "coupon", "stock", "pin", "off")
    assert told(first, first.log[0][1]).en == "next"
