from __future__ import annotations

import pytest

from caopan.plan.item import Item, ItemType
from caopan.plan.run_sheet import RunSheet
from caopan.plan.sheet_edit import FIRST, Do, Edit, edited
from caopan.plan.sheet_merge import PLACE, WHOLE, Clash, ClashError, merged

A, B, C, D = (Item(id=one, type=ItemType.PRODUCT, title=f"品{one}", seconds=600, live_price=5990)
              for one in "abcd")
BASE = RunSheet(items=(A, B, C, D))


def change(item: str, **fields: object) -> Edit:
    return Edit(do=Do.CHANGE, item_id=item, fields=fields)


def move(item: str, after: str) -> Edit:
    return Edit(do=Do.MOVE, item_id=item, after=after)


def clashes(theirs: Edit, mine: Edit) -> list[Clash]:
    with pytest.raises(ClashError) as refused:
        merged(BASE, edited(BASE, theirs), [mine])
    return list(refused.value.clashes)


def ids(sheet: RunSheet) -> str:
    return "".join(one.id for one in sheet.items)


def test_edits_of_two_items_go_together() -> None:
    both = merged(BASE, edited(BASE, change("a", seconds=90)), [change("b", title="新品")])

    assert (both.item("a").seconds, both.item("b").title) == (90, "新品")


def test_two_fields_of_one_item_go_together() -> None:
    both = merged(BASE, edited(BASE, change("a", seconds=90)), [change("a", live_price="49.90")])

    assert (both.item("a").seconds, both.item("a").live_price) == (90, 4990)


def test_the_same_value_from_both_is_no_clash() -> None:
    theirs = edited(BASE, change("a", live_price="49.90"))

    assert merged(BASE, theirs, [change("a", live_price="49.9")]) == theirs


def test_the_same_field_shows_both_values_and_mine_can_still_be_had() -> None:
    theirs = edited(BASE, change("a", live_price="39.90"))

    one, = clashes(change("a", live_price="39.90"), change("a", live_price="49.9", seconds=60))

    assert (one.field, one.before, one.theirs, one.mine) == (
        "live_price", "59.90", "39.90", "49.90")
    assert merged(theirs, theirs, [one.mend]).item("a").live_price == 4990


def test_moves_of_two_items_go_together() -> None:
    assert ids(merged(BASE, edited(BASE, move("d", FIRST)), [move("a", "c")])) == "dbca"


def test_one_item_moved_by_both_is_a_clash_of_places() -> None:
    one, = clashes(move("a", "d"), move("a", "b"))

    assert (one.field, one.before, one.theirs, one.mine) == (PLACE, "", "品d", "品b")
    assert ids(edited(edited(BASE, move("a", "d")), one.mend)) == "bacd"


def test_a_move_and_a_change_of_one_item_go_together() -> None:
    both = merged(BASE, edited(BASE, change("a", seconds=90)), [move("a", "d")])

    assert (ids(both), both.item("a").seconds) == ("bcda", 90)


def test_a_move_below_what_is_gone_goes_below_what_stood_above_it() -> None:
    left = merged(BASE, edited(BASE, Edit(do=Do.REMOVE, item_id="c")), [move("d", "c")])

    assert [one.id for one in left.items] == ["a", "b", "d"]


def test_what_one_changed_and_the_other_took_out_can_be_put_back_with_the_change() -> None:
    gone = edited(BASE, Edit(do=Do.REMOVE, item_id="b"))

    one, = clashes(Edit(do=Do.REMOVE, item_id="b"), change("b", seconds=90))

    assert (one.field, one.theirs, one.mine) == (WHOLE, None, "品b")
    back = edited(gone, one.mend)
    assert (ids(back), back.item("b").seconds, back.item("b").live_price) == ("abcd", 90, 5990)


def test_taking_out_what_the_other_changed_asks_first() -> None:
    one, = clashes(change("b", seconds=90), Edit(do=Do.REMOVE, item_id="b"))

    assert (one.field, one.theirs, one.mine) == (WHOLE, "品b", None)


def test_what_both_took_out_is_gone() -> None:
    gone = edited(BASE, Edit(do=Do.REMOVE, item_id="b"))

    assert merged(BASE, gone, [Edit(do=Do.REMOVE, item_id="b")]) == gone


def test_a_copy_of_what_is_gone_is_made_all_the_same() -> None:
    gone = edited(BASE, Edit(do=Do.REMOVE, item_id="b"))

    both = merged(BASE, gone, [Edit(do=Do.COPY, item_id="b")])

    assert ids(both) == "abcd"
    assert both.item("b").live_price == 5990


def test_the_refusal_names_the_item_in_both_languages() -> None:
    with pytest.raises(ClashError) as refused:
        merged(BASE, edited(BASE, change("a", seconds=90)), [change("a", seconds=60)])

    assert all("品a" in refused.value.message.say(language) for language in ("zh", "en"))
    assert refused.value.message.values["clashes"][0]["mine"] == 60  # type: ignore[index]
