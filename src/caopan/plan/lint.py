"""What is wrong with a run sheet before it goes on air (节目单检查), each with a fix."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from caopan.plan.item import Item, ItemType
from caopan.plan.lint_words import FIXES, LINTS
from caopan.plan.run_sheet import RunSheet
from caopan.plan.timing import slots
from caopan.playbook.lineup import LineUpRules
from caopan.units.message import Message, Text
from caopan.units.money import Money

HOLD = frozenset({ItemType.FLASH, ItemType.WELFARE})
"""Items in which stock is held back before it is released (憋单)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A change that mends it: fields of one item, in the run sheet's own JSON."""

    item_id: str
    changes: Mapping[str, object]
    text: Text
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lint:
    """One thing that is wrong: with which item, None: with the whole; how it is mended.

    ``fix`` is None where only a person can mend it.
    """

    key: str
    item_id: str | None
    message: Message
    fix: Fix | None = None


def lints(sheet: RunSheet, *, rules: LineUpRules, start: datetime | None = None,
          minutes: float | None = None) -> tuple[Lint, ...]:
    """Return everything that is wrong with a run sheet, in the order of its items.

    Args:
        sheet: the run sheet.
        rules: the handbook's limits.
        start: when the session begins; None: anchors are not looked at.
        minutes: how long it is planned to last; None: an over-run is not looked at.

    >>> from caopan.playbook.lineup import line_up_rules
    >>> item = Item(id="a", type=ItemType.PRODUCT, title="梨", seconds=60, sample_ready=False)
    >>> [one.key for one in lints(RunSheet(items=(item,)), rules=line_up_rules()[0])]
    ['sample']
    """
    found = [one for item in sheet.items for check in CHECKS for one in check(item, sheet, rules)]
    if start is not None:
        found += _late(sheet, start)
    if minutes is not None:
        found += _overrun(sheet, minutes)
    place = {item.id: at for at, item in enumerate(sheet.items)}
    return tuple(sorted(found, key=lambda one: place.get(one.item_id or "", len(place))))


def _prices(item: Item, sheet: RunSheet, _rules: LineUpRules) -> Iterator[Lint]:
    """Yield a live price above the daily or below the final one, and one product at two prices."""
    same = [one for one in sheet.items if one is item or (
        one.product_id is not None and one.product_id == item.product_id)]
    live, final = item.live_price, item.final_price
    daily = min((one.daily_price for one in same if one.daily_price is not None), default=None)
    if live is not None and daily is not None and live > daily:
        yield _lint("price_above_daily", item, _fix(item, "live_price", daily, sheet),
                    live=_said(live, sheet), daily=_said(daily, sheet))
    if live is not None and final is not None and final > live:
        yield _lint("final_above_live", item, _fix(item, "final_price", live, sheet),
                    live=_said(live, sheet), final=_said(final, sheet))
    cheapest = min((one for one in same if one.price is not None),
                   key=lambda one: one.price or 0, default=item)
    if item.price is not None and (cheapest.price or 0) < item.price:
        yield _lint("price_broken", item, _fix(item, "final_price", cheapest.price, sheet),
                    price=_said(item.price, sheet), other=cheapest.title,
                    promised=_said(cheapest.price or 0, sheet))


def _margin(item: Item, sheet: RunSheet, rules: LineUpRules) -> Iterator[Lint]:
    """Yield a price to hand that leaves less than the floor, unless it is given away on purpose."""
    price, cost = item.price, item.unit_cost
    if price is None or cost is None or item.line_class in {"welfare", "traffic"}:
        return
    least = round(cost / (1.0 - rules.margin_floor)) if rules.margin_floor < 1.0 else cost
    if price < least:
        field_name = "coupon" if item.coupon and item.final_price is None else "final_price"
        value = least if field_name == "final_price" else max(
            (item.live_price or 0) - least, 0)
        yield _lint("margin", item, _fix(item, field_name, value, sheet),
                    price=_said(price, sheet), least=_said(least, sheet))


def _stock(item: Item, _sheet: RunSheet, rules: LineUpRules) -> Iterator[Lint]:
    """Yield stock that does not cover the upper end of what the item should sell."""
    units, stock = item.target.units, item.stock
    if units is None or stock is None or stock >= rules.cover * units.high:
        return
    needed = -int(-rules.cover * units.high // 1)
    batches = [{"quantity": one.quantity, "when": one.when, "locked": one.locked}
               for one in item.stock_batches]
    more = {"quantity": needed - stock, "when": None, "locked": False}
    yield _lint("stock", item, Fix(item_id=item.id, changes={"stock_batches": [*batches, more]},
                                   text=FIXES["stock_batches"], values={"n": needed - stock}),
                stock=stock, high=round(units.high), short=needed - stock)


def _sample(item: Item, _sheet: RunSheet, _rules: LineUpRules) -> Iterator[Lint]:
    """Yield a product whose sample is not there; a fallback goes in its place."""
    if item.sample_ready is False:
        yield _lint("sample", item, Fix(item_id=item.id, changes={"sample_ready": True},
                                        text=FIXES["sample_ready"]))


def _words(item: Item, _sheet: RunSheet, rules: LineUpRules) -> Iterator[Lint]:
    """Yield points that hold a word which must not be said: the item's own, or the handbook's."""
    barred = [*item.banned_words, *rules.banned]
    said = [(point, word) for point in item.points for word in barred if word and word in point]
    if not said:
        return
    clean = []
    for point in item.points:
        text = point
        for word in barred:
            text = text.replace(word, "") if word else text
        clean += [text.strip()] if text.strip() else []
    yield _lint("banned", item, Fix(item_id=item.id, changes={"points": clean},
                                    text=FIXES["points"]),
                word=said[0][1], point=said[0][0])


def _hold(item: Item, _sheet: RunSheet, rules: LineUpRules) -> Iterator[Lint]:
    """Yield a hold-and-release that goes on longer than it may."""
    holds = any(one.when is not None or one.locked for one in item.stock_batches)
    if holds and item.type in HOLD | {ItemType.PRODUCT} and item.seconds > rules.hold_seconds:
        yield _lint("hold", item, Fix(
            item_id=item.id, text=FIXES["seconds"], values={"seconds": rules.hold_seconds},
            changes={"seconds": rules.hold_seconds} | (
                {} if item.min_seconds is None or item.min_seconds <= rules.hold_seconds
                else {"min_seconds": rules.hold_seconds})),
            minutes=round(item.seconds / 60, 1), most=round(rules.hold_seconds / 60, 1))


def _late(sheet: RunSheet, start: datetime) -> Iterator[Lint]:
    """Yield anchors that the items before them do not let be kept."""
    times = slots(sheet.items, start=start)
    for at, slot in enumerate(times):
        if slot.late <= 0:
            continue
        longest = max(sheet.items[:at], key=lambda one: one.seconds - one.least, default=None)
        room = 0 if longest is None else longest.seconds - longest.least
        fix = None if longest is None or room <= 0 else Fix(
            item_id=longest.id, text=FIXES["shorter"],
            changes={"seconds": longest.seconds - min(room, int(slot.late))},
            values={"item": longest.title, "minutes": round(min(room, slot.late) / 60, 1)})
        yield _lint("late", slot.item, fix, minutes=round(slot.late / 60, 1))


def _overrun(sheet: RunSheet, minutes: float) -> Iterator[Lint]:
    """Yield that the whole is longer than planned."""
    over = sheet.seconds - minutes * 60.0
    if over <= 0:
        return
    spare = [one for one in sheet.items if one.optional]
    longest = max(sheet.items, key=lambda one: one.seconds - one.least, default=None)
    room = 0 if longest is None else longest.seconds - longest.least
    fix = None if longest is None or room <= 0 else Fix(
        item_id=longest.id, text=FIXES["shorter"],
        changes={"seconds": longest.seconds - min(room, int(over))},
        values={"item": longest.title, "minutes": round(min(room, over) / 60, 1)})
    yield Lint(key="overrun", item_id=None, fix=fix, message=_message(
        "overrun", minutes=round(over / 60, 1), planned=round(minutes, 1),
        optional=len(spare)))


CHECKS: tuple[Callable[[Item, RunSheet, LineUpRules], Iterator[Lint]], ...] = (
    _prices, _margin, _stock, _sample, _words, _hold)


def _lint(key: str, item: Item, fix: Fix | None, **values: object) -> Lint:
    return Lint(key=key, item_id=item.id, fix=fix, message=_message(key, item=item.title,
                                                                    **values))


def _message(key: str, **values: object) -> Message:
    text, hint = LINTS[key]
    return Message(key=f"lint_{key}", text=text, hint=hint, values=values)


def _fix(item: Item, name: str, minor: int | None, sheet: RunSheet) -> Fix:
    said = _said(minor or 0, sheet)
    return Fix(item_id=item.id, changes={name: said}, text=FIXES[name], values={"value": said})


def _said(minor: int, sheet: RunSheet) -> str:
    return Money(minor=minor, currency=sheet.currency).written()
