from __future__ import annotations

from datetime import UTC, datetime

from caopan.plan.item import Item, ItemType, LineClass
from caopan.plan.run_sheet import RunSheet
from caopan.plan.sheet_figures import lines
from caopan.web.console.sheet_strip import strip

EVENING = datetime(2026, 11, 27, 15, 45, tzinfo=UTC)
SHEET = RunSheet(items=(
    Item(id="o", type=ItemType.OPEN, title="开场", seconds=600),
    Item(id="h", type=ItemType.PRODUCT, title="被子", seconds=3000, line_class=LineClass.HERO),
    Item(id="c", type=ItemType.CLOSE, title="收尾", seconds=30)))


def test_blocks_fill_the_strip_and_what_is_too_narrow_says_nothing() -> None:
    told = strip(lines(SHEET, start=EVENING), start=EVENING, minutes=None, language="zh")

    assert [one.word for one in told.blocks] == ["开场", "主推", ""]
    assert [one.letter for one in told.blocks] == ["开", "主", ""]
    assert [one.at for one in told.blocks] == ["23:45", "23:55", "00:45"]
    assert told.end is None
    assert round(sum(one.width for one in told.blocks), 1) == 100.0


def test_the_hours_are_those_of_the_clock_over_midnight() -> None:
    told = strip(lines(SHEET, start=EVENING), start=EVENING, minutes=60, language="en")

    assert [one.said for one in told.ticks] == ["23:45", "00:00", "00:15", "00:30", "00:45"]
    assert told.end is not None
    assert round(told.end, 1) == 99.2


def test_without_a_start_the_time_is_told_from_the_beginning() -> None:
    told = strip(lines(SHEET), start=None, minutes=None, language="zh")

    assert [one.at for one in told.blocks] == ["0:00", "0:10", "1:00"]
    assert told.ticks[0].said == "0:00"
