from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from caopan.plan.item import Item, ItemType, LineClass, StockBatch, Target
from caopan.plan.lint import Lint, lints
from caopan.plan.lint_words import FIXES, LINTS
from caopan.plan.run_sheet import RunSheet
from caopan.plan.run_sheet_document import item_written, read, written
from caopan.playbook.lineup import line_up_rules
from caopan.units.interval import Interval

RULES, _ = line_up_rules()
EIGHT = datetime(2026, 11, 27, 12, tzinfo=UTC)
PEAR = Item(id="a", type=ItemType.PRODUCT, title="梨", seconds=600, product_id="p1",
            line_class=LineClass.HERO, live_price=5990, daily_price=7990, unit_cost=3000)
UNITS = Target(units=Interval(low=10, mid=20, high=30, level=0.8))


def found(*items: Item, start: datetime | None = EIGHT,
          minutes: float | None = None) -> tuple[Lint, ...]:
    return lints(RunSheet(items=items), rules=RULES, start=start, minutes=minutes)


def mended(lint: Lint, *items: Item) -> tuple[Item, ...]:
    """Return the items once the fix was done, through the run sheet's own JSON."""
    assert lint.fix is not None
    sheet = RunSheet(items=items)
    document = written(sheet)
    rows = [item_written(one, sheet.currency) | (
        dict(lint.fix.changes) if one.id == lint.fix.item_id else {}) for one in items]
    return read(document | {"items": rows}).items


def test_a_sound_item_gives_no_lint() -> None:
    assert found(replace(PEAR, stock_batches=(StockBatch(quantity=40),), target=UNITS)) == ()


@pytest.mark.parametrize(("key", "item"), [
    ("price_above_daily", replace(PEAR, live_price=8990)),
    ("final_above_live", replace(PEAR, final_price=6990)),
    ("margin", replace(PEAR, coupon=4000)),
    ("margin", replace(PEAR, final_price=2000)),
    ("stock", replace(PEAR, target=UNITS, stock_batches=(StockBatch(quantity=12),))),
    ("sample", replace(PEAR, sample_ready=False)),
    ("banned", replace(PEAR, points=("甜", "全网最低价"))),
    ("banned", replace(PEAR, points=("包治百病",), banned_words=("包治",))),
    ("hold", replace(PEAR, stock_batches=(StockBatch(quantity=50, when="在线≥500"),))),
])
def test_a_fault_is_named_and_its_fix_mends_it(key: str, item: Item) -> None:
    item = item if key != "hold" else replace(item, seconds=900)

    lint, = found(item)

    assert (lint.key, lint.item_id) == (key, "a")
    assert "梨" in lint.message.say("zh")
    assert lint.message.advise("en")
    assert found(*mended(lint, item)) == ()


def test_one_product_at_two_prices_is_a_conflict() -> None:
    dear, cheap = replace(PEAR, id="b"), replace(PEAR, live_price=4990, title="返场梨")

    lint, = found(dear, cheap)

    assert (lint.key, lint.item_id) == ("price_broken", "b")
    assert "返场梨" in lint.message.say("en")
    assert found(*mended(lint, dear, cheap)) == ()


def test_a_live_price_above_anothers_daily_price_is_named() -> None:
    other = replace(PEAR, id="b", live_price=None, daily_price=4990)

    assert [one.key for one in found(PEAR, other)] == ["price_above_daily"]


def test_what_is_given_away_on_purpose_has_no_margin_floor() -> None:
    assert found(replace(PEAR, line_class=LineClass.WELFARE, final_price=100)) == ()


def test_a_promise_that_cannot_be_kept_is_named_with_what_to_shorten() -> None:
    first = replace(PEAR, seconds=900, min_seconds=300)
    sale = Item(id="s", type=ItemType.FLASH, title="闪购", seconds=60,
                anchor=EIGHT + timedelta(minutes=10))

    lint, = found(first, sale)

    assert (lint.key, lint.item_id) == ("late", "s")
    assert lint.fix is not None
    assert lint.fix.changes == {"seconds": 600}
    assert found(*mended(lint, first, sale)) == ()


def test_an_over_run_is_told_against_the_planned_minutes() -> None:
    item = replace(PEAR, seconds=900, min_seconds=600)

    lint, = found(item, minutes=12)

    assert (lint.key, lint.item_id) == ("overrun", None)
    assert found(*mended(lint, item), minutes=12) == ()
    assert found(item, minutes=15) == ()


def test_every_sentence_stands_in_both_languages() -> None:
    assert all(text.zh and text.en and hint.zh and hint.en for text, hint in LINTS.values())
    assert all(text.zh and text.en for text in FIXES.values())
