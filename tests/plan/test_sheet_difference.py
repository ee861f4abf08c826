from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from caopan.plan.item import Item, ItemType
from caopan.plan.run_sheet import RunSheet
from caopan.plan.sheet_difference import difference

LETTERS = "abcdef"


def sheet(names: str) -> RunSheet:
    return RunSheet(items=tuple(Item(id=one, type=ItemType.QA, title=one, seconds=60)
                                for one in names))


def test_an_item_that_is_new_gone_or_longer_is_named() -> None:
    before, after = sheet("abc"), sheet("abe")
    after = after.changed("b", lambda one: replace(one, seconds=90, live_price=990))

    found = difference(before, after)

    assert [(one.item_id, one.was_at, one.is_at, one.moved) for one in found.items] == [
        ("b", 1, 1, False), ("e", None, 2, False), ("c", 2, None, False)]
    assert [(one.field, one.before, one.after) for one in found.items[0].fields] == [
        ("seconds", 60, 90), ("live_price", None, "9.90")]
    assert found.seconds == 30


@given(st.permutations(LETTERS))
def test_only_items_outside_the_longest_row_are_called_moved(order: list[str]) -> None:
    found = difference(sheet(LETTERS), sheet("".join(order)))

    moved = {one.item_id for one in found.items}
    assert all(one.moved for one in found.items)
    kept = [one for one in order if one not in moved]
    assert kept == sorted(kept)
    assert (not moved) == (order == list(LETTERS))


@given(st.lists(st.sampled_from(LETTERS), unique=True))
def test_a_sheet_does_not_differ_from_itself(names: list[str]) -> None:
    assert difference(sheet("".join(names)), sheet("".join(names))).items == ()
