from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from starlette.datastructures import FormData

from caopan.plan.item import Item, ItemType, LineClass, StockBatch, Target
from caopan.plan.run_sheet import RunSheet
from caopan.plan.sheet_edit import Do, Edit, edited
from caopan.units.interval import Interval
from caopan.units.message import CaopanError
from caopan.web.console.sheet_form import changed, filled, typed

EIGHT = datetime(2026, 11, 27, 12, tzinfo=UTC)
FULL = Item(
    id="a", type=ItemType.FLASH, title="秒杀", seconds=630, line_class=LineClass.HERO,
    product_id="p1", min_seconds=300, anchor=EIGHT + timedelta(seconds=90), daily_price=7990,
    live_price=5990, final_price=4990, coupon=1000, unit_cost=3000,
    stock_batches=(StockBatch(quantity=30), StockBatch(quantity=20, when="在线≥500", locked=True)),
    target=Target(gmv=Interval(low=100_000, mid=200_000, high=300_000, level=0.9),
                  units=Interval(low=1, mid=2.123456789, high=3, level=0.8)),
    points=("甜", "脆"), banned_words=("最",), conditions=("样品到",), sample_ready=False,
    fallback_id="b", optional=True)
SHEET = RunSheet(items=(FULL, Item(id="b", type=ItemType.CLOSE, title="收尾", seconds=60)))


def posted(**said: object) -> FormData:
    """Return the form of the item as a browser sends it, with some fields typed anew."""
    form = {**filled(FULL, "CNY"), **said}
    return FormData([(name, one.replace("\n", "\r\n")) for name, value in form.items()
                     for one in (value if isinstance(value, list) else [str(value)])])


def fields(**said: object) -> dict[str, object]:
    return changed(typed(posted(**said)), filled(FULL, "CNY"), near=EIGHT)


def test_a_form_sent_back_as_it_was_changes_nothing() -> None:
    assert fields() == {}


@pytest.mark.parametrize(("said", "told"), [
    ({"title": "返场"}, {"title": "返场"}), ({"class": ""}, {"class": None}),
    ({"seconds": "12"}, {"seconds": 720}), ({"seconds": "12:05"}, {"seconds": 725}),
    ({"seconds": "1：02：05"}, {"seconds": 3725}), ({"min_seconds": ""}, {"min_seconds": None}),
    ({"anchor": "20:30"}, {"anchor": "2026-11-27T20:30:00+08:00"}),
    ({"anchor": "00:15"}, {"anchor": "2026-11-28T00:15:00+08:00"}),
    ({"anchor": ""}, {"anchor": None}), ({"live_price": "¥1,059.9"}, {"live_price": "1059.9"}),
    ({"coupon": ""}, {"coupon": None}), ({"points": "甜\n\n糯 "}, {"points": ["甜", "糯"]}),
    ({"sample_ready": "yes"}, {"sample_ready": True}),
    ({"sample_ready": ""}, {"sample_ready": None}), ({"optional": ""}, {"optional": False}),
    ({"fallback_id": ""}, {"fallback_id": None})])
def test_only_what_was_typed_anew_is_changed(said: dict[str, str],
                                             told: dict[str, object]) -> None:
    assert fields(**said) == told
    assert edited(SHEET, Edit(do=Do.CHANGE, item_id="a", fields=told)).items[1] == SHEET.items[1]


def test_a_batch_is_added_and_an_empty_row_is_none() -> None:
    told = fields(batch_quantity=["30", "20", "15", ""], batch_when=["", "在线≥500", "", ""],
                  batch_locked=["", "yes", "", ""])

    assert told["stock_batches"] == [
        {"quantity": 30, "when": None, "locked": False},
        {"quantity": 20, "when": "在线≥500", "locked": True},
        {"quantity": 15, "when": None, "locked": False}]


def test_a_target_keeps_how_sure_it_is() -> None:
    done = edited(SHEET, Edit(do=Do.CHANGE, item_id="a", fields=fields(gmv_high="4000")))

    assert done.items[0].target.gmv == Interval(low=100_000, mid=200_000, high=400_000, level=0.9)


@pytest.mark.parametrize("said", [
    {"seconds": "ten"}, {"seconds": "1:2:3:4"}, {"seconds": "²"}, {"anchor": "soon"},
    {"live_price": "-1"}, {"batch_quantity": ["x", "20"]}, {"gmv_low": "9999"}, {"title": ""},
    {"type": "dance"}])
def test_what_cannot_be_read_is_refused_in_both_languages(said: dict[str, object]) -> None:
    with pytest.raises(CaopanError) as refused:
        edited(SHEET, Edit(do=Do.CHANGE, item_id="a", fields=fields(**said)))

    assert refused.value.message.say("zh") != refused.value.message.say("en")
    assert refused.value.message.advise("en")


def test_a_promised_time_needs_a_start() -> None:
    with pytest.raises(CaopanError) as refused:
        changed(typed(posted(anchor="21:00")), filled(FULL, "CNY"), near=None)

    assert refused.value.message.key == "no_start"
