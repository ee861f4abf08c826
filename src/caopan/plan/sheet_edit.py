"""Edits (改动) of a run sheet as data: each is done to a sheet and stands as JSON beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from caopan.plan.run_sheet import RunSheet
from caopan.plan.run_sheet_document import read, written
from caopan.units.message import CaopanError, Message, Text

MOST_EDITS = 500
FIRST = ""
"""The place ``after`` names that is before every item."""


class Do(StrEnum):
    """What an edit does."""

    CHANGE = "change"
    ADD = "add"
    COPY = "copy"
    REMOVE = "remove"
    MOVE = "move"


DO_WORDS: dict[Do, Text] = {
    Do.CHANGE: Text(zh="改", en="changed"), Do.ADD: Text(zh="加", en="added"),
    Do.COPY: Text(zh="复制", en="copied"), Do.REMOVE: Text(zh="删", en="took out"),
    Do.MOVE: Text(zh="移", en="moved")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One edit; what it does not need is empty.

    ``item_id``: of the item it is about; of one that is added an id may be said. ``fields``: of a
    change or an addition, in the run sheet's own JSON. ``after``: the item below which it goes, of
    a move or an addition; ``FIRST`` is before all, None is at the end.
    """

    do: Do
    item_id: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    after: str | None = None


def edited(sheet: RunSheet, edit: Edit) -> RunSheet:
    """Return the sheet after one edit.

    >>> from caopan.plan.item import Item, ItemType
    >>> a, b = (Item(id=one, type=ItemType.QA, title=one, seconds=60) for one in "ab")
    >>> done = edited(RunSheet(items=(a, b)), Edit(do=Do.MOVE, item_id="b", after=FIRST))
    >>> [one.id for one in done.items]
    ['b', 'a']

    Raises:
        NoSuchItemError: it is about an item that is not there.
        BadRunSheetError: a field cannot hold what it is given.
    """
    document = written(sheet)
    rows: list[dict[str, Any]] = [dict(one) for one in _rows(document)]
    if edit.do is Do.ADD:
        rows.insert(_place(sheet, edit.after), {
            "seconds": 600, **edit.fields, "id": _new_id(sheet, edit.item_id or "item")})
        return read({**document, "items": rows})
    at = sheet.at(edit.item_id)
    row = rows[at]
    if edit.do is Do.CHANGE:
        rows[at] = {**row, **edit.fields, "id": row["id"]}
    elif edit.do is Do.COPY:
        rows.insert(at + 1, {**row, "id": _new_id(sheet, edit.item_id)})
    elif edit.do is Do.REMOVE:
        rows = [{**one, "fallback_id": None} if one["fallback_id"] == edit.item_id else one
                for one in rows if one["id"] != edit.item_id]
    else:
        place = _place(sheet, edit.after)
        del rows[at]
        rows.insert(place - (place > at), row)
    return read({**document, "items": rows})


def edited_all(sheet: RunSheet, edits: Iterable[Edit]) -> RunSheet:
    """Return the sheet after edits in their order.

    >>> edited_all(RunSheet(), []).items
    ()

    Raises:
        CaopanError: as of one edit.
    """
    for one in edits:
        sheet = edited(sheet, one)
    return sheet


def _rows(document: Mapping[str, object]) -> Sequence[Mapping[str, Any]]:
    items = document["items"]
    return items if isinstance(items, list) else []


def _place(sheet: RunSheet, after: str | None) -> int:
    if after is None:
        return len(sheet.items)
    return 0 if after == FIRST else sheet.at(after) + 1


def _new_id(sheet: RunSheet, like: str) -> str:
    taken = {one.id for one in sheet.items}
    if like not in taken:
        return like[:64]
    stem = like.rsplit("~", 1)[0][:56]
    return next(name for at in range(2, len(taken) + 3)
                if (name := f"{stem}~{at}") not in taken)


def edits_read(document: object) -> tuple[Edit, ...]:
    """Return edits from their JSON: a list of ``{do, item, fields, after}``.

    >>> edits_read([{"do": "remove", "item": "a"}])[0].do
    <Do.REMOVE: 'remove'>

    Raises:
        BadEditError: something in it is no edit.
    """
    if not isinstance(document, list) or not 0 < len(document) <= MOST_EDITS:
        raise BadEditError(where="edits", value=document)
    return tuple(_read(one, at) for at, one in enumerate(document))


def _read(entry: object, at: int) -> Edit:
    found = entry if isinstance(entry, Mapping) else {}
    do, item, fields, after = (found.get(name) for name in ("do", "item", "fields", "after"))
    if do not in set(Do):
        raise BadEditError(where=f"edits[{at}].do", value=do)
    if not isinstance(item or "", str) or not (item or do == Do.ADD):
        raise BadEditError(where=f"edits[{at}].item", value=item)
    if not isinstance(fields or {}, Mapping) or (do == Do.CHANGE and not fields):
        raise BadEditError(where=f"edits[{at}].fields", value=fields)
    if after is not None and not isinstance(after, str):
        raise BadEditError(where=f"edits[{at}].after", value=after)
    return Edit(do=Do(do), item_id=item or "", fields=dict(fields or {}), after=after)


def edit_written(edit: Edit) -> dict[str, Any]:
    """Return an edit as JSON; ``edits_read`` reads it back.

    >>> edit_written(Edit(do=Do.REMOVE, item_id="a"))
    {'do': 'remove', 'item': 'a', 'fields': {}, 'after': None}
    """
    return {"do": edit.do.value, "item": edit.item_id, "fields": dict(edit.fields),
            "after": edit.after}


class BadEditError(CaopanError):
    """Raised for what is no edit."""

    def __init__(self, *, where: str, value: object) -> None:
        """Name the place."""
        super().__init__(Message(
            key="bad_edit", values={"where": where, "value": str(value)[:80]},
            text=Text(zh="{where} 是“{value}”，不是一处改动",
                      en="{where} is “{value}”, which is no edit"),
            hint=Text(zh="写成 {{do, item, fields, after}}，"
                         "do 是 change、add、copy、remove、move 之一",
                      en="write {{do, item, fields, after}}, with do one of change, add, copy, "
                         "remove, move")))


