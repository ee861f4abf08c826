"""What a command would change is said before it is done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from caopan.live.command import Command, Kind
from caopan.live.doing import done
from caopan.live.preview import Preview, preview
from caopan.live.room import Room
from caopan.plan.item import Item, ItemType, Target
from caopan.plan.run_sheet import RunSheet
from caopan.units.interval import Interval

AT = datetime(2026, 11, 27, 12, tzinfo=UTC)
AIM = Target(gmv=Interval(low=80.0, mid=100.0, high=130.0, level=0.8))


def item(name: str, **other: object) -> Item:
    return Item(**{"id": name, "type": ItemType.PRODUCT, "title": name, "seconds": 600,
                   "product_id": name, "target": AIM} | other)  # type: ignore[arg-type]


def room(*items: Item) -> Room:
    made = Room(id="r", title="夜场", streamer_id="小美", planned_start=AT,
                sheet=RunSheet(items=items))
    return done(made, Command(id="0", kind=Kind.START, at=AT))


def told(before: Room, kind: Kind, **body: object) -> Preview:
    after = done(before, Command(id="1", kind=kind, at=AT, body=body))
    return preview(before, after, now=AT)


def test_an_extension_moves_what_follows_and_may_bring_nothing() -> None:
    found = told(room(item("a"), item("b")), Kind.EXTEND, item_id="a", seconds=300)

    assert (found.ends_after - found.ends_before) == timedelta(seconds=300)
    assert [one.item.id for one in found.shifts] == ["b"]
    assert found.money == Interval(low=0.0, mid=25.0, high=65.0, level=0.8)


def test_an_item_taken_out_loses_its_target() -> None:
    found = told(room(item("a"), item("b"), item("c")), Kind.CUT, item_id="b")

    assert found.money == Interval(low=-130.0, mid=-100.0, high=-80.0, level=0.8)
    assert {one.item.id: one.after for one in found.shifts} == {
        "b": None, "c": AT + timedelta(seconds=600)}


def test_money_of_an_item_without_a_target_cannot_be_told() -> None:
    found = told(room(item("a"), item("b", target=Target())), Kind.CUT, item_id="b")

    assert found.money is None
    assert found.unknown == ("b",)


def test_a_promise_that_would_be_broken_says_by_how_much() -> None:
    promised = item("b", anchor=AT + timedelta(seconds=700))

    found = told(room(item("a"), promised), Kind.EXTEND, item_id="a", seconds=300)

    assert [(one.late_before, one.late_after) for one in found.shifts] == [(0.0, 200.0)]
