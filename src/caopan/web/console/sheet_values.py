"""The fields of an item in a person's words: in a table, beside another version, in a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal

from caopan.plan.item import CLASS_WORDS, TYPE_WORDS, Item, ItemType, LineClass
from caopan.plan.run_sheet_document import MONEY, WORDS
from caopan.plan.sheet_words import FIELD_WORDS
from caopan.units import number
from caopan.units.clock import BUSINESS_ZONE
from caopan.units.message import Language, Message, Text
from caopan.units.money import minor_of

YES_NO = {"zh": {True: "是", False: "否"}, "en": {True: "yes", False: "no"}}
SPANS = ("seconds", "min_seconds")


def span(seconds: float) -> str:
    """Return a length as it is typed and read: minutes, or minutes and seconds.

    >>> span(600), span(630), span(4000)
    ('10', '10:30', '66:40')
    """
    whole = round(seconds)
    return f"{whole // 60}" if whole % 60 == 0 else f"{whole // 60}:{whole % 60:02d}"


def offset(seconds: float) -> str:
    """Return how much later or earlier, signed.

    >>> offset(120), offset(-30), offset(0), offset(3725)
    ('+2:00', '−0:30', '0:00', '+1:02:05')
    """
    size = abs(round(seconds))
    sign = "" if not size else "+" if seconds > 0 else number.MINUS
    hours = f"{size // 3600}:{size // 60 % 60:02d}" if size >= 3600 else f"{size // 60}"  # noqa: PLR2004 - an hour
    return f"{sign}{hours}:{size % 60:02d}"


def time_of(anchor: datetime) -> str:
    """Return the time of day an item was promised for, with seconds where it has any.

    >>> from datetime import UTC
    >>> time_of(datetime(2026, 11, 27, 12, 30, tzinfo=UTC))
    '20:30'
    """
    local = anchor.astimezone(BUSINESS_ZONE)
    return f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"


def said(field: str, value: object, *, language: Language, currency: str = "CNY",
         titles: Mapping[str, str] | None = None) -> str:
    """Return a field's value of the run sheet's JSON as a person reads it.

    >>> said("live_price", "59.90", language="zh"), said("class", "hero", language="zh")
    ('¥59.90', '主推款')
    >>> said("seconds", 630, language="en"), said("points", [], language="en")
    ('10:30', '—')
    """
    if value is None or value in ("", [], {}):
        return number.MISSING
    if field in MONEY:
        return number.money(minor_of(Decimal(str(value))), currency=currency, language=language)
    if field == "fallback_id":
        return (titles or {}).get(str(value), str(value))
    if isinstance(value, bool):
        return YES_NO[language][value]
    tell = _TOLD.get(field)
    return str(value) if tell is None else tell(value, language)


def _batches(value: object, _language: Language) -> str:
    rows = value if isinstance(value, list) else []
    return " + ".join(f"{one['quantity']}" + (f" ({one['when']})" if one["when"] else "")
                      + (" 🔒" if one["locked"] else "") for one in rows)


def _target(value: object, language: Language) -> str:
    ranges = value if isinstance(value, Mapping) else {}
    return " · ".join(f"{AIMS[name].say(language)} {one['low']} / {one['mid']} / {one['high']}"
                      for name, one in ranges.items() if isinstance(one, Mapping)
                      ) or number.MISSING


def _words(value: object, _language: Language) -> str:
    return " · ".join(str(one) for one in value) if isinstance(value, list) else str(value)


AIMS = {"gmv": Text(zh="成交", en="GMV"), "units": Text(zh="件数", en="units")}
_TOLD: dict[str, Callable[[object, Language], str]] = {
    **dict.fromkeys(SPANS, lambda value, _: span(float(str(value)))),
    **dict.fromkeys(WORDS, _words), "stock_batches": _batches, "target": _target,
    "type": lambda value, language: TYPE_WORDS[ItemType(str(value))].say(language),
    "class": lambda value, language: CLASS_WORDS[LineClass(str(value))].say(language),
    "anchor": lambda value, _: time_of(datetime.fromisoformat(str(value)))}


def fault(problem: Message, *, language: Language) -> str:
    """Return a fault of a run sheet with the field by its name, not by its place in the JSON.

    >>> from caopan.units.message import Text
    >>> fault(Message(key="bad_item", values={"where": "items[3].coupon", "value": "x"},
    ...               text=Text(zh="{where}是{value}", en="{where} is {value}")), language="zh")
    '券是x'
    """
    where = str(problem.values.get("where", "")).rsplit(".", 1)[-1]
    words = FIELD_WORDS.get(where)
    values = problem.values if words is None else {**problem.values, "where": words.say(language)}
    return problem.text.say(language, **values)


def titles_of(items: tuple[Item, ...]) -> dict[str, str]:
    """Return what the items of a sheet are called, by id.

    >>> titles_of(())
    {}
    """
    return {one.id: one.title for one in items}
