"""A run sheet as JSON: read with every problem named, written without loss."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from caopan.plan.faulty import FaultyDocumentError, field_fault
from caopan.plan.item import Item, ItemType, LineClass, StockBatch, Target
from caopan.plan.run_sheet import RunSheet
from caopan.units.interval import Interval
from caopan.units.message import Message, Text
from caopan.units.money import CURRENCIES, Money, minor_of

MOST_ITEMS, MOST_TEXT, MOST_SECONDS = 500, 500, 86_400
MONEY = ("daily_price", "live_price", "final_price", "coupon", "unit_cost")
WORDS = ("points", "banned_words", "conditions")
Value = TypeVar("Value")


class BadRunSheetError(FaultyDocumentError):
    """Raised for a run sheet with faults; every one is in ``problems``."""

    key = "bad_run_sheet"
    what = Text(zh="节目单", en="run sheet")


def read(document: object) -> RunSheet:
    """Return a run sheet from its JSON.

    >>> read({"items": [{"id": "a", "type": "open", "title": "开场", "seconds": 600}]}).seconds
    600

    Raises:
        BadRunSheetError: something in it cannot be read; every fault is named.
    """
    faults: list[Message] = []
    body = document if isinstance(document, Mapping) else {}
    entries = body.get("items")
    if not isinstance(entries, list) or len(entries) > MOST_ITEMS:
        raise BadRunSheetError([_fault("items", entries, f"a list of at most {MOST_ITEMS}",
                                       f"一个不超过 {MOST_ITEMS} 项的列表")])
    currency = body.get("currency", "CNY")
    if currency not in CURRENCIES:
        faults.append(_fault("currency", currency, "a currency such as CNY", "货币，例如 CNY"))
    version = body.get("version", 1)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        faults.append(_fault("version", version, "a whole number from 1 on", "从 1 起的整数"))
    items = [_Reader(entry, f"items[{at}]", faults).item() for at, entry in enumerate(entries)]
    _check_ids(items, faults)
    if faults:
        raise BadRunSheetError(faults)
    return RunSheet(items=tuple(items), currency=currency, version=version)


def written(sheet: RunSheet) -> dict[str, object]:
    """Return a run sheet as JSON; money is decimal text in major units.

    >>> written(RunSheet())
    {'version': 1, 'currency': 'CNY', 'items': []}
    """
    return {"version": sheet.version, "currency": sheet.currency,
            "items": [item_written(one, sheet.currency) for one in sheet.items]}


def item_written(item: Item, currency: str) -> dict[str, object]:
    """Return one item as JSON; what is not said is null."""
    money = {name: None if (minor := getattr(item, name)) is None
             else Money(minor=minor, currency=currency).written() for name in MONEY}
    return {
        "id": item.id, "type": item.type.value, "title": item.title, "seconds": item.seconds,
        "class": item.line_class and item.line_class.value, "product_id": item.product_id,
        "min_seconds": item.min_seconds,
        "anchor": item.anchor and item.anchor.isoformat(), **money,
        "stock_batches": [{"quantity": one.quantity, "when": one.when, "locked": one.locked}
                          for one in item.stock_batches],
        "target": {"gmv": _range_written(item.target.gmv, money=True),
                   "units": _range_written(item.target.units)},
        **{name: list(getattr(item, name)) for name in WORDS},
        "sample_ready": item.sample_ready, "fallback_id": item.fallback_id,
        "optional": item.optional}


def _range_written(one: Interval | None, *, money: bool = False) -> dict[str, object] | None:
    if one is None:
        return None
    ends = {name: getattr(one, name) for name in ("low", "mid", "high")}
    if money:
        ends = {name: Money(minor=round(value)).written() for name, value in ends.items()}
    return {**ends, "level": one.level}


def _check_ids(items: Sequence[Item], faults: list[Message]) -> None:
    seen: set[str] = set()
    for at, one in enumerate(items):
        if one.id in seen:
            faults.append(_fault(f"items[{at}].id", one.id, "an id no other item has",
                                 "不与别的项重复的编号"))
        seen.add(one.id)
    faults += [_fault(f"items[{at}].fallback_id", one.fallback_id, "the id of another item",
                      "另一项的编号")
               for at, one in enumerate(items) if one.fallback_id is not None
               and (one.fallback_id not in seen or one.fallback_id == one.id)]


def _fault(where: str, value: object, en: str, zh: str) -> Message:
    return field_fault("bad_item", where, value, en=en, zh=zh)


class _Reader:
    """One entry on its way to an item; what is wrong with it goes to ``faults``."""

    def __init__(self, entry: object, where: str, faults: list[Message]) -> None:
        self._entry = entry if isinstance(entry, Mapping) else {}
        self._where, self._faults = where, faults
        if not isinstance(entry, Mapping):
            self._faults.append(_fault(where, entry, "an object", "一个对象"))

    def item(self) -> Item:
        """Return the item; one with faults is never used."""
        seconds = self._whole("seconds", most=MOST_SECONDS)
        if seconds is None and self._entry.get("seconds") is None:
            self._wrong("seconds", "whole seconds, up to a day", "整秒数，最多一天")
        return Item(
            id=self._text("id", needed=True, most=64) or "",
            type=self._choice("type", ItemType) or self._needs_type(),
            title=self._text("title", needed=True) or "", seconds=seconds or 0,
            line_class=self._choice("class", LineClass), product_id=self._text("product_id"),
            min_seconds=self._whole("min_seconds", most=MOST_SECONDS),
            anchor=self._instant("anchor"),
            daily_price=self._money("daily_price"), live_price=self._money("live_price"),
            final_price=self._money("final_price"), coupon=self._money("coupon"),
            unit_cost=self._money("unit_cost"),
            stock_batches=self._batches(), target=self._target(),
            points=self._words("points"), banned_words=self._words("banned_words"),
            conditions=self._words("conditions"),
            sample_ready=self._flag("sample_ready"), fallback_id=self._text("fallback_id"),
            optional=bool(self._flag("optional")))

    def _needs_type(self) -> ItemType:
        if self._entry.get("type") is None:
            self._wrong("type", f"one of {', '.join(ItemType)}", f"{'、'.join(ItemType)} 之一")
        return ItemType.PRODUCT

    def _wrong(self, name: str, en: str, zh: str) -> None:
        self._faults.append(_fault(f"{self._where}.{name}", self._entry.get(name), en, zh))

    def _read(self, name: str, read: Callable[[object], Value | None], en: str,
              zh: str) -> Value | None:
        """Return what a field holds; a fault where it holds something that ``read`` refuses."""
        value = self._entry.get(name)
        if value is None:
            return None
        found = read(value)
        if found is None:
            self._wrong(name, en, zh)
        return found

    def _text(self, name: str, *, needed: bool = False, most: int = MOST_TEXT) -> str | None:
        if needed and self._entry.get(name) is None:
            self._wrong(name, "a text", "文字")
            return None
        return self._read(name, lambda value: value if isinstance(value, str)
                          and 0 < len(value) <= most else None,
                          f"a text of 1 to {most} letters", f"1 到 {most} 个字的文字")

    def _whole(self, name: str, *, most: int) -> int | None:
        return self._read(name, lambda value: _whole(value, most),
                          f"a whole number from 0 to {most}", f"0 到 {most} 的整数")

    def _choice(self, name: str, kinds: type[Choice]) -> Choice | None:
        return self._read(name, lambda value: next((one for one in kinds if one == value), None),
                          f"one of {', '.join(kinds)}", f"{'、'.join(kinds)} 之一")

    def _flag(self, name: str) -> bool | None:
        return self._read(name, lambda value: value if isinstance(value, bool) else None,
                          "true or false", "true 或 false")

    def _instant(self, name: str) -> datetime | None:
        return self._read(name, _instant, "a time with its offset, 2026-11-28T21:00:00+08:00",
                          "带时区的时间，例如 2026-11-28T21:00:00+08:00")

    def _money(self, name: str) -> int | None:
        return self._read(name, _minor, "an amount from 0 on, such as 59.90",
                          "不小于 0 的金额，例如 59.90")

    def _words(self, name: str) -> tuple[str, ...]:
        return self._read(name, _texts, "a list of texts", "文字的列表") or ()

    def _batches(self) -> tuple[StockBatch, ...]:
        return self._read("stock_batches", _batches, "a list of {{quantity, when, locked}}",
                          "{{quantity, when, locked}} 的列表") or ()

    def _target(self) -> Target:
        return self._read("target", _target, "{{gmv, units}} with low <= mid <= high",
                          "{{gmv, units}}，且 low <= mid <= high") or Target()


Choice = TypeVar("Choice", bound=StrEnum)


def _whole(value: object, most: int) -> int | None:
    good = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most
    return value if good and isinstance(value, int) else None


def _instant(value: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return found if found.tzinfo else None


def _minor(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return None
    return minor_of(amount) if amount.is_finite() and 0 <= amount < 10**12 else None


def _texts(value: object) -> tuple[str, ...] | None:
    if isinstance(value, list) and all(isinstance(one, str) and len(one) <= MOST_TEXT
                                       for one in value):
        return tuple(value)
    return None


def _batches(value: object) -> tuple[StockBatch, ...] | None:
    if not isinstance(value, list):
        return None
    found = []
    for one in value:
        quantity = _whole(one.get("quantity"), 10**9) if isinstance(one, Mapping) else None
        if quantity is None:
            return None
        when = one.get("when")
        found.append(StockBatch(quantity=quantity, when=None if when is None else str(when),
                                locked=one.get("locked") is True))
    return tuple(found)


def _target(value: object) -> Target | None:
    if not isinstance(value, Mapping):
        return None
    try:
        gmv, units = (_range(value.get(name)) for name in ("gmv", "units"))
    except (ValueError, TypeError, KeyError, AttributeError, InvalidOperation):
        return None
    return Target(gmv=gmv and gmv.scaled(100.0), units=units)


def _range(value: object) -> Interval | None:
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise TypeError(value)
    low, mid, high = (float(Decimal(str(value[name]))) for name in ("low", "mid", "high"))
    return Interval(low=low, mid=mid, high=high, level=float(value.get("level", 0.8)))
