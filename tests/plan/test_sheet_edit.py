from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caopan.plan.item import Item, ItemType
from caopan.plan.run_sheet import RunSheet
from caopan.plan.sheet_edit import (
    DO_WORDS,
    FIRST,
    Do,
    Edit,
    edit_written,
    edited,
    edited_all,
    edits_read,
)
from caopan.units.message import CaopanError

OPEN = Item(id="open", type=ItemType.OPEN, title="开场", seconds=300)
PEAR = Item(id="pear", type=ItemType.PRODUCT, title="梨", seconds=600, live_price=5990,
            fallback_id="plum")
PLUM = Item(id="plum", type=ItemType.PRODUCT, title="李", seconds=600)
SHEET = RunSheet(items=(OPEN, PEAR, PLUM), currency="IDR", version=4)


def ids(sheet: RunSheet) -> list[str]:
    return [one.id for one in sheet.items]


def test_one_field_is_changed_and_the_rest_stays() -> None:
    done = edited(SHEET, Edit(do=Do.CHANGE, item_id="pear", fields={"live_price": "49.9"}))

    assert done.item("pear").live_price == 4990
    assert (done.items[0], done.items[2], done.currency) == (OPEN, PLUM, "IDR")
    assert done.item("pear").fallback_id == "plum"


def test_an_id_cannot_be_changed() -> None:
    assert ids(edited(SHEET, Edit(do=Do.CHANGE, item_id="pear", fields={"id": "x"}))) == ids(SHEET)


@pytest.mark.parametrize(("after", "order"), [
    (FIRST, ["pear", "open", "plum"]), ("open", ["open", "pear", "plum"]),
    ("plum", ["open", "plum", "pear"]), (None, ["open", "plum", "pear"]),
    ("pear", ["open", "pear", "plum"])])
def test_an_item_is_moved_below_another(after: str | None, order: list[str]) -> None:
    assert ids(edited(SHEET, Edit(do=Do.MOVE, item_id="pear", after=after))) == order


def test_a_copy_stands_below_with_an_id_of_its_own() -> None:
    twice = edited_all(SHEET, [Edit(do=Do.COPY, item_id="pear")] * 2)

    assert ids(twice) == ["open", "pear", "pear~3", "pear~2", "plum"]
    assert twice.item("pear~3").live_price == 5990


def test_what_is_taken_out_is_nobodys_fallback_any_more() -> None:
    done = edited(SHEET, Edit(do=Do.REMOVE, item_id="plum"))

    assert ids(done) == ["open", "pear"]
    assert done.item("pear").fallback_id is None


def test_an_item_is_added_where_it_is_asked_for() -> None:
    done = edited(SHEET, Edit(do=Do.ADD, after="open", fields={"type": "qa", "title": "答疑"}))

    assert ids(done) == ["open", "item", "pear", "plum"]
    assert done.item("item").seconds == 600


@pytest.mark.parametrize("edit", [
    Edit(do=Do.CHANGE, item_id="gone", fields={"title": "x"}),
    Edit(do=Do.CHANGE, item_id="pear", fields={"live_price": "-1"}),
    Edit(do=Do.MOVE, item_id="pear", after="gone"), Edit(do=Do.ADD, fields={"type": "dance"})])
def test_what_cannot_be_done_is_refused_in_words(edit: Edit) -> None:
    with pytest.raises(CaopanError) as refused:
        edited(SHEET, edit)

    assert refused.value.message.say("zh") != refused.value.message.say("en")


@given(st.permutations(["open", "pear", "plum"]))
def test_moves_reach_every_order_and_lose_nothing(order: list[str]) -> None:
    done = edited_all(SHEET, [Edit(do=Do.MOVE, item_id=one, after=FIRST)
                              for one in reversed(order)])

    assert ids(done) == order
    assert set(done.items) == set(SHEET.items)


def test_an_edit_comes_back_from_its_json() -> None:
    edit = Edit(do=Do.MOVE, item_id="pear", after=FIRST)

    assert edits_read([edit_written(edit)]) == (edit,)


@pytest.mark.parametrize("document", [
    None, [], [1], [{"do": "dance", "item": "a"}], [{"do": "change", "item": "a"}],
    [{"do": "move", "item": ""}], [{"do": "move", "item": "a", "after": 3}],
    [{"do": "change", "item": "a", "fields": [1]}], [{"do": "remove", "item": ["a"]}]])
def test_what_is_no_edit_is_refused(document: object) -> None:
    with pytest.raises(CaopanError) as refused:
        edits_read(document)

    assert refused.value.message.key == "bad_edit"
    assert refused.value.message.advise("en")


def test_every_kind_has_its_word() -> None:
    assert set(DO_WORDS) == set(Do)
