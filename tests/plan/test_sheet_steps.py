from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from caopan.plan.item import Item, ItemType
from caopan.plan.run_sheet import RunSheet
from caopan.plan.sheet_edit import Do, edited_all
from caopan.plan.sheet_steps import edits_between

POOL = tuple(Item(id=one, type=ItemType.PRODUCT, title=one, seconds=600) for one in "abcdefg")
SHEETS = st.lists(st.sampled_from(POOL), unique_by=lambda one: one.id, max_size=7).flatmap(
    lambda items: st.tuples(*(st.builds(
        replace, st.just(one), seconds=st.sampled_from([600, 900]),
        fallback_id=st.sampled_from([None, *(each.id for each in items if each is not one)]))
        for one in items)).map(lambda told: RunSheet(items=told)))


@settings(max_examples=60, deadline=None)
@given(SHEETS, SHEETS)
def test_the_edits_lead_to_the_other_sheet_exactly(before: RunSheet, after: RunSheet) -> None:
    gone = {one.id for one in before.items} - {one.id for one in after.items}
    edits = edits_between(before, after)

    assert edited_all(before, edits) == after
    assert {one.item_id for one in edits if one.do is Do.REMOVE} == gone


def test_nothing_is_asked_of_the_same_sheet() -> None:
    assert edits_between(RunSheet(items=POOL), RunSheet(items=POOL)) == ()
