"""A line-up proposed for a sheet that is there (排期建议): each change by itself, with its gain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from caopan.plan.item import Item
from caopan.plan.lineup_gain import gain
from caopan.plan.run_sheet import RunSheet
from caopan.plan.sheet_edit import FIRST, Do, Edit, edit_written, edited_all
from caopan.plan.sheet_steps import edits_between
from caopan.report.document import amount, interval
from caopan.units.interval import Interval
from caopan.workspace.lineup import LineUpResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is proposed for one item; ``gain``: of this change alone, minor units, its middle."""

    item_id: str
    title: str
    edits: tuple[Edit, ...]
    gain: float
    was_at: int | None
    is_at: int
    seconds: tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Changes that lead to the proposed order; ``gain``: of all together.

    ``known``: whether history tells the demand of every product; the gain is a range then.
    """

    result: LineUpResult
    changes: tuple[Change, ...]
    gain: Interval
    known: bool

    def document(self) -> dict[str, object]:
        """Return it as JSON."""
        currency = self.result.sheet.currency
        return {
            "value": amount(self.result.value, currency=currency),
            "bound": amount(self.result.bound, currency=currency), "currency": currency,
            "unit": "profit" if self.result.basis.profit else "gmv",
            "gain": interval(self.gain, currency=currency) if self.known else None,
            "gain_mid": amount(self.gain.mid, currency=currency),
            "changes": [{"item": one.item_id, "title": one.title,
                         "gain": amount(one.gain, currency=currency), "was_at": one.was_at,
                         "is_at": one.is_at, "edits": [edit_written(each) for each in one.edits]}
                        for one in self.changes]}


def proposal(sheet: RunSheet, result: LineUpResult) -> Proposal:
    """Return what a proposed line-up changes of a sheet: its products' order and lengths.

    What is no product stays where it stands among the others.
    """
    wanted = _wanted(sheet, result.sheet)
    edits = edits_between(sheet, wanted)
    by: dict[str, list[Edit]] = {}
    old = {one.id: at for at, one in enumerate(sheet.items)}
    for one in edits:
        by.setdefault(one.item_id, []).append(_alone(one, old, wanted))
    changes = [Change(
        item_id=name, title=wanted.item(name).title, edits=tuple(mine),
        gain=_gain(sheet, edited_all(sheet, mine), result).mid, was_at=old.get(name),
        is_at=wanted.at(name), seconds=_seconds(sheet, wanted, name)) for name, mine in by.items()]
    return Proposal(
        result=result, gain=_gain(sheet, wanted, result),
        known=result.basis.known == result.basis.n,
        changes=tuple(sorted(changes, key=lambda one: -one.gain)))


def _alone(edit: Edit, old: Mapping[str, int], wanted: RunSheet) -> Edit:
    """Return an edit that can be done by itself: below an item that stands already."""
    if edit.after is None or edit.after == FIRST or edit.after in old:
        return edit
    above = [one.id for one in wanted.items[:wanted.at(edit.after)]]
    return replace(edit, after=next((one for one in reversed(above) if one in old), FIRST))


def _gain(before: RunSheet, after: RunSheet, result: LineUpResult) -> Interval:
    return gain(before, after, goods=result.goods, show=result.evening, rules=result.basis.rules)


def _seconds(before: RunSheet, after: RunSheet, name: str) -> tuple[int, int] | None:
    if all(one.id != name for one in before.items):
        return None
    was, now = before.item(name).seconds, after.item(name).seconds
    return None if was == now else (was, now)


def _wanted(sheet: RunSheet, proposed: RunSheet) -> RunSheet:
    """Return the sheet with its products in the proposed order and lengths; new ones at the end."""
    mine: dict[str, list[Item]] = {}
    for one in sheet.items:
        if one.product_id is not None and one.anchor is None:
            mine.setdefault(one.product_id, []).append(one)
    placed: list[Item] = []
    added: list[Item] = []
    for one in proposed.items:
        if one.product_id is None:
            continue
        if mine.get(one.product_id):
            own = mine[one.product_id].pop(0)
            placed.append(replace(own, seconds=one.seconds, min_seconds=_least(own, one.seconds)))
        elif all(each.product_id != one.product_id for each in sheet.items):
            added.append(replace(one, id=f"new-{one.id}"))
    known = {one.id for one in placed}
    rows = iter(placed)
    items = [next(rows) if one.id in known else one for one in sheet.items]
    end = len(items) - (1 if items and items[-1].type == "close" else 0)
    return replace(sheet, items=(*items[:end], *added, *items[end:]))


def _least(item: Item, seconds: int) -> int | None:
    return None if item.min_seconds is None else min(item.min_seconds, seconds)


def ticked(changes: Sequence[Change]) -> list[bool]:
    """Return which changes are worth taking by themselves.

    >>> ticked(())
    []
    """
    return [one.gain > 0 or any(each.do is Do.ADD for each in one.edits) for one in changes]
