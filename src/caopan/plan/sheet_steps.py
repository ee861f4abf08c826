"""The edits that lead from one run sheet to another (改动清单), of a workbook or a proposal."""

from __future__ import annotations

from collections.abc import Iterator

from caopan.plan.run_sheet import RunSheet
from caopan.plan.run_sheet_document import item_written
from caopan.plan.sheet_difference import difference
from caopan.plan.sheet_edit import FIRST, Do, Edit


def edits_between(before: RunSheet, after: RunSheet) -> tuple[Edit, ...]:
    """Return edits that turn one run sheet into another: out, then in and moved, then changed.

    >>> from caopan.plan.item import Item, ItemType
    >>> a, b = (Item(id=one, type=ItemType.QA, title=one, seconds=60) for one in "ab")
    >>> [(one.do.value, one.item_id) for one in edits_between(RunSheet(items=(a, b)),
    ...                                                       RunSheet(items=(b,)))]
    [('remove', 'a')]
    """
    changes = difference(before, after).items
    out = [Edit(do=Do.REMOVE, item_id=one.item_id) for one in changes if one.is_at is None]
    return (*out, *_placed(after, {one.item_id: one.was_at is None for one in changes
                                   if one.is_at is not None and (one.moved or one.was_at is None)}),
            *_changed(before, after))


def _placed(after: RunSheet, places: dict[str, bool]) -> Iterator[Edit]:
    """Yield what comes in and what moves, each below what stands above it in the end.

    ``places``: whether an item is new, by its id.
    """
    above = FIRST
    for item in after.items:
        if item.id in places:
            fields = {**item_written(item, after.currency), "fallback_id": None}
            yield (Edit(do=Do.ADD, item_id=item.id, fields=fields, after=above)
                   if places[item.id] else Edit(do=Do.MOVE, item_id=item.id, after=above))
        above = item.id


def _changed(before: RunSheet, after: RunSheet) -> Iterator[Edit]:
    """Yield the fields that differ once everything stands in its place."""
    old = {one.id: item_written(one, before.currency) for one in before.items}
    for item in after.items:
        new = item_written(item, after.currency)
        was = old.get(item.id, {**new, "fallback_id": None})
        fields = {name: value for name, value in new.items() if was[name] != value}
        if fields:
            yield Edit(do=Do.CHANGE, item_id=item.id, fields=fields)
