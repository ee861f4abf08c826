"""What differs between two versions of a run sheet (版本对比)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from caopan.plan.run_sheet import RunSheet
from caopan.plan.run_sheet_document import item_written


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field of an item, as it was and as it is, in the run sheet's JSON."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemChange:
    """What became of one item; places are 0-based, None where it is not there.

    ``moved``: whether it stands elsewhere among the items that both versions have.
    """

    item_id: str
    title: str
    was_at: int | None
    is_at: int | None
    moved: bool
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetDifference:
    """Every item that is not the same; ``seconds``: how much longer the whole has become."""

    items: tuple[ItemChange, ...]
    seconds: int


def difference(before: RunSheet, after: RunSheet) -> SheetDifference:
    """Return what changed from one version to another, in the order of the later one.

    As few items as can be are called moved: those outside the longest row that kept its order.

    >>> from caopan.plan.item import Item, ItemType
    >>> a, b, c = (Item(id=one, type=ItemType.QA, title=one, seconds=60) for one in "abc")
    >>> found = difference(RunSheet(items=(a, b, c)), RunSheet(items=(c, a, b)))
    >>> [(one.item_id, one.moved) for one in found.items], found.seconds
    ([('c', True)], 0)
    """
    old = {one.id: at for at, one in enumerate(before.items)}
    new = {one.id: at for at, one in enumerate(after.items)}
    kept = _longest([old[one.id] for one in after.items if one.id in old])
    found = []
    for at, item in enumerate(after.items):
        was = old.get(item.id)
        changed = () if was is None else _fields(before, was, after, at)
        moved = was is not None and was not in kept
        if was is None or moved or changed:
            found.append(ItemChange(item_id=item.id, title=item.title, was_at=was, is_at=at,
                                    moved=moved, fields=changed))
    found += [ItemChange(item_id=item.id, title=item.title, was_at=at, is_at=None, moved=False)
              for at, item in enumerate(before.items) if item.id not in new]
    return SheetDifference(items=tuple(found), seconds=after.seconds - before.seconds)


def _fields(before: RunSheet, was: int, after: RunSheet, at: int) -> tuple[FieldChange, ...]:
    old = item_written(before.items[was], before.currency)
    new = item_written(after.items[at], after.currency)
    return tuple(FieldChange(field=name, before=old[name], after=new[name])
                 for name in old if old[name] != new[name])


def _longest(places: Sequence[int]) -> frozenset[int]:
    """Return the longest ascending row within places, as a set."""
    rows: list[tuple[int, ...]] = []
    longest: tuple[int, ...] = ()
    for place in places:
        before: tuple[int, ...] = ()
        for row in rows:
            if row[-1] < place and len(row) > len(before):
                before = row
        rows.append((*before, place))
        longest = max(longest, rows[-1], key=len)
    return frozenset(longest)
