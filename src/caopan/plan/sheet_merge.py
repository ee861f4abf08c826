"""Two people at one run sheet (两人同改): what does not touch goes together, what does is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from caopan.plan.run_sheet import RunSheet
from caopan.plan.run_sheet_document import item_written
from caopan.plan.sheet_difference import ItemChange, difference
from caopan.plan.sheet_edit import FIRST, Do, Edit, edit_written, edited
from caopan.units.message import CaopanError, Message, Text

PLACE, WHOLE = "place", "item"
"""What stands for a field where two moved an item, or one took out what the other changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """One field of one item that two people gave different values.

    ``before``: as both found it; ``theirs``: as it is kept now; ``mine``: as asked. A place is the
    title of the item above, "" for the first; of an item that is gone ``WHOLE`` is None.
    ``mend``: the edit that brings mine about on the sheet as it is kept now.
    """

    item_id: str
    title: str
    field: str
    before: object
    theirs: object
    mine: object
    mend: Edit


def merged(base: RunSheet, now: RunSheet, edits: Iterable[Edit]) -> RunSheet:
    """Return the sheet as it is now with edits done that were made on an earlier version.

    >>> from caopan.plan.item import Item, ItemType
    >>> a = Item(id="a", type=ItemType.QA, title="问", seconds=60)
    >>> longer = edited(RunSheet(items=(a,)), Edit(do=Do.CHANGE, item_id="a",
    ...                                            fields={"seconds": 90}))
    >>> merged(RunSheet(items=(a,)), longer, [Edit(do=Do.CHANGE, item_id="a",
    ...                                            fields={"title": "答"})]).items[0].seconds
    90

    Raises:
        ClashError: both changed the same; nothing is done.
        CaopanError: an edit cannot be done at all.
    """
    asked = tuple(edits)
    changes = {one.item_id: one for one in difference(base, now).items}
    found = [one for edit in asked for one in _clashes(base, now, edit, changes.get(edit.item_id))]
    if found:
        raise ClashError(found, _rest(base, now, asked, found))
    sheet = now
    for edit in asked:
        ready = _rebased(base, sheet, edit)
        sheet = sheet if ready is None else edited(sheet, ready)
    return sheet


def _clashes(base: RunSheet, now: RunSheet, edit: Edit,
             change: ItemChange | None) -> Iterator[Clash]:
    """Yield what an edit and what came between give different values."""
    if change is None or change.was_at is None or edit.do in {Do.ADD, Do.COPY}:
        return
    item = base.items[change.was_at]
    was = item_written(item, base.currency)
    if change.is_at is None:
        if edit.do is not Do.REMOVE:
            above = base.items[change.was_at - 1].id if change.was_at else FIRST
            whole = {**was, **edit.fields, "fallback_id": None}
            yield Clash(item_id=item.id, title=item.title, field=WHOLE, before=item.title,
                        theirs=None, mine=whole["title"], mend=Edit(
                            do=Do.ADD, item_id=item.id, fields=whole,
                            after=_standing(base, now, above)))
    elif edit.do is Do.REMOVE:
        if change.fields:
            yield Clash(item_id=item.id, title=item.title, field=WHOLE, before=item.title,
                        theirs=now.items[change.is_at].title, mine=None, mend=edit)
    elif edit.do is Do.MOVE:
        if change.moved and _above(now, change.is_at) != edit.after:
            yield Clash(item_id=item.id, title=item.title, field=PLACE,
                        before=_title(base, _above(base, change.was_at)),
                        theirs=_title(now, _above(now, change.is_at)),
                        mine=_title(base, edit.after), mend=replace(
                            edit, after=_standing(base, now, edit.after)))
    else:
        theirs = item_written(now.items[change.is_at], now.currency)
        yield from (Clash(item_id=item.id, title=item.title, field=name, before=was[name],
                          theirs=theirs[name], mine=mine,
                          mend=replace(edit, fields={name: mine}))
                    for name, mine in _as_written(base, edit).items()
                    if was[name] != theirs[name] != mine)


def _as_written(base: RunSheet, edit: Edit) -> dict[str, Any]:
    """Return the changed fields as the sheet itself writes them, so that 59.9 is 59.90."""
    done = edited(base, edit)
    told = item_written(done.item(edit.item_id), done.currency)
    return {name: told[name] for name in edit.fields if name in told}


def _rebased(base: RunSheet, now: RunSheet, edit: Edit) -> Edit | None:
    """Return an edit as it is done on the sheet of now; None where it is done already."""
    there = {one.id for one in now.items}
    if edit.do is Do.COPY and edit.item_id not in there:
        item = base.item(edit.item_id)
        return Edit(do=Do.ADD, item_id=item.id, after=_standing(base, now, item.id),
                    fields={**item_written(item, base.currency), "fallback_id": None})
    if edit.do is Do.REMOVE and edit.item_id not in there:
        return None if any(one.id == edit.item_id for one in base.items) else edit
    return replace(edit, after=_standing(base, now, edit.after))


def _rest(base: RunSheet, now: RunSheet, edits: Iterable[Edit], clashes: Sequence[Clash]
          ) -> Iterator[Edit]:
    """Yield what of the edits touches nothing of the other's, as it is done on the sheet of now."""
    fields = {(one.item_id, one.field) for one in clashes}
    for edit in edits:
        if edit.do is not Do.CHANGE:
            clash = (edit.item_id, PLACE) in fields and edit.do is Do.MOVE
            ready = None if clash or (edit.item_id, WHOLE) in fields else _rebased(base, now, edit)
        else:
            left = {name: value for name, value in edit.fields.items()
                    if (edit.item_id, name) not in fields}
            ready = replace(edit, fields=left) if left and (edit.item_id, WHOLE) not in fields \
                else None
        if ready is not None:
            yield ready


def _standing(base: RunSheet, now: RunSheet, after: str | None) -> str | None:
    """Return the item below which to go: the one asked for, else the nearest above that stands."""
    there = {one.id for one in now.items}
    if after is None or after == FIRST or after in there or all(
            one.id != after for one in base.items):
        return after
    above = [one.id for one in base.items[:base.at(after)]]
    return next((one for one in reversed(above) if one in there), FIRST)


def _above(sheet: RunSheet, at: int) -> str:
    return sheet.items[at - 1].id if at else FIRST


def _title(sheet: RunSheet, item_id: str | None) -> str:
    return next((one.title for one in sheet.items if one.id == item_id), "")


class ClashError(CaopanError):
    """Raised where two people changed the same; ``clashes`` holds both values of each field.

    ``rest``: the edits that touch nothing of the other's, ready for the sheet as it is kept now.
    """

    def __init__(self, clashes: Sequence[Clash], rest: Iterable[Edit]) -> None:
        """Name the first item and every value."""
        self.clashes, self.rest = tuple(clashes), tuple(rest)
        super().__init__(Message(
            key="sheet_clash", values={
                "item": clashes[0].title, "n": len(clashes), "clashes": [
                    {"item": one.item_id, "title": one.title, "field": one.field,
                     "before": one.before, "theirs": one.theirs, "mine": one.mine,
                     "mend": edit_written(one.mend)} for one in clashes]},
            text=Text(zh="“{item}”刚被别人改过，和你改的是同一处（{n} 处）；"
                         "两个值都在，什么都没有丢",
                      en="somebody else just changed “{item}” where you did ({n} values); both are "
                         "here and nothing is lost"),
            hint=Text(zh="逐处选用谁的", en="choose one for each")))
