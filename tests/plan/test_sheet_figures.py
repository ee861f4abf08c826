from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from caopan.plan.item import Item, ItemType, LineClass, Target
from caopan.plan.run_sheet import RunSheet
from caopan.plan.sheet_figures import figures, lines, margin
from caopan.units.interval import Interval

EIGHT = datetime(2026, 11, 27, 12, tzinfo=UTC)
OPEN = Item(id="o", type=ItemType.OPEN, title="开场", seconds=600)
GIFT = Item(id="g", type=ItemType.WELFARE, title="毛巾", seconds=300, final_price=1000,
            unit_cost=1500, line_class=LineClass.WELFARE,
            target=Target(units=Interval(low=10, mid=20, high=30, level=0.8)))
HERO = Item(id="h", type=ItemType.PRODUCT, title="被子", seconds=900, live_price=10_000,
            unit_cost=6_000, line_class=LineClass.HERO, target=Target(
                units=Interval(low=5, mid=10, high=20, level=0.8),
                gmv=Interval(low=50_000, mid=100_000, high=200_000, level=0.8)))
SALE = Item(id="s", type=ItemType.FLASH, title="秒杀", seconds=60,
            anchor=EIGHT + timedelta(minutes=28))


def test_what_was_lengthened_pushes_what_follows_until_an_anchor_waits_no_more() -> None:
    before = RunSheet(items=(OPEN, GIFT, HERO, SALE))
    after = before.changed("o", lambda one: replace(one, seconds=720))

    told = lines(after, start=EIGHT, beside=before)

    assert [one.over for one in told] == [0, 120, 120, 120]
    assert [one.slot.late for one in told] == [0, 0, 0, 240]
    assert (told[-1].begins, told[-1].ends) == (1920, 1980)


def test_what_is_new_has_nothing_to_be_compared_with() -> None:
    assert [one.over for one in lines(RunSheet(items=(OPEN, HERO)), start=EIGHT,
                                      beside=RunSheet(items=(HERO,)))] == [None, 600]


def test_without_a_start_an_anchor_holds_nothing() -> None:
    assert [one.begins for one in lines(RunSheet(items=(OPEN, SALE)))] == [0, 600]


def test_the_sums_say_how_many_items_tell_them() -> None:
    told = figures(RunSheet(items=(OPEN, GIFT, HERO, SALE)), start=EIGHT)

    assert told.gmv.range == HERO.target.gmv
    assert (told.gmv.n, told.gmv.of) == (1, 2)
    # 10 to 30 towels at -5.00, 5 to 20 quilts at +40.00
    assert told.profit.range == Interval(low=5_000, mid=30_000, high=75_000, level=0.8)
    assert told.given.range == Interval(low=5_000, mid=10_000, high=15_000, level=0.8)
    assert told.shares == {LineClass.WELFARE: 0.25, LineClass.HERO: 0.75}
    assert told.seconds == 1860


def test_a_margin_needs_a_price_and_a_cost() -> None:
    assert margin(HERO) == 0.4
    assert margin(replace(HERO, unit_cost=None)) is None
    assert margin(replace(HERO, live_price=0)) is None
