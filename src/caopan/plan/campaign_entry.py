"""One entry of a campaign's JSON on its way to a record: what is wrong with it is named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from caopan.plan.faulty import FaultyDocumentError, field_fault
from caopan.units.message import Message, Text
from caopan.units.money import minor_of

MOST_ENTRIES, MOST_TEXT, MOST_WORDS = 500, 500, 100
MOST_MINOR = 10**14
Wanted = tuple[str, str]
"""What should stand there: English, Chinese."""
Value = TypeVar("Value")
Choice = TypeVar("Choice", bound=StrEnum)
NO_DAY, NO_INSTANT = date(1, 1, 1), datetime(1, 1, 2, tzinfo=UTC)
"""Stand in for what is missing: a fault stands beside them."""
DAY = ("a date such as 2026-11-28", "日期，例如 2026-11-28")
INSTANT = ("a time with its offset, 2026-11-28T21:00:00+08:00",
           "带时区的时间，例如 2026-11-28T21:00:00+08:00")
AMOUNT = ("an amount from 0 on, such as 59.90", "不小于 0 的金额，例如 59.90")


class BadCampaignError(FaultyDocumentError):
    """Raised for a campaign with faults; every one is in ``problems``."""

    key = "bad_campaign"
    what = Text(zh="活动", en="campaign")


def fault(where: str, value: object, wanted: Wanted) -> Message:
    """Return what is wrong: where, what stands there, what should.

    >>> fault("level", "X", ("one of S, A, B", "S、A、B 之一")).say("en")
    'level is “X”, it should be one of S, A, B'
    """
    return field_fault("bad_entry", where, value, en=wanted[0], zh=wanted[1])


class Entry:
    """One object; what it cannot read goes to ``faults`` with its place."""

    def __init__(self, body: object, where: str, faults: list[Message]) -> None:
        """Hold the object; one that is none is a fault itself."""
        self._body = body if isinstance(body, Mapping) else {}
        self._where, self._faults = where, faults
        if not isinstance(body, Mapping):
            faults.append(fault(where, body, ("an object", "一个对象")))

    def wrong(self, name: str, wanted: Wanted) -> None:
        """Add a fault about a field."""
        self._faults.append(fault(self._place(name), self._body.get(name), wanted))

    def needs(self, name: str, value: Value | None) -> Value | None:
        """Return a value; a fault where the field is not there at all."""
        if self._body.get(name) is None:
            self.wrong(name, ("there", "有的"))
        return value

    def text(self, name: str, *, most: int = MOST_TEXT) -> str | None:
        """Return a text; an empty one is none."""
        return self._read(name, lambda value: value.strip() or None if isinstance(value, str)
                          and len(value) <= most else None,
                          (f"a text of up to {most} letters", f"不超过 {most} 个字的文字"),
                          empty=True)

    def whole(self, name: str, *, most: int) -> int | None:
        """Return a whole number from 0 on."""
        return self._read(name, lambda value: _whole(value, most),
                          (f"a whole number from 0 to {most}", f"0 到 {most} 的整数"))

    def number(self, name: str, *, most: float) -> float | None:
        """Return a number from 0 on."""
        return self._read(
            name, lambda value: float(value) if isinstance(value, int | float)
            and not isinstance(value, bool) and 0 <= value <= most else None,
            (f"a number from 0 to {most:g}", f"0 到 {most:g} 的数"))

    def money(self, name: str) -> int | None:
        """Return an amount in minor units."""
        return self._read(name, _minor, AMOUNT)

    def flag(self, name: str) -> bool | None:
        """Return yes or no."""
        return self._read(name, lambda value: value if isinstance(value, bool) else None,
                          ("true or false", "true 或 false"))

    def choice(self, name: str, kinds: type[Choice]) -> Choice | None:
        """Return one of a closed list."""
        return self._read(name, lambda value: next((one for one in kinds if one == value), None),
                          _among(kinds))

    def needs_choice(self, name: str, kinds: type[Choice], otherwise: Choice) -> Choice:
        """Return one of a closed list; where none is said that is a fault."""
        if self._body.get(name) is None:
            self.wrong(name, _among(kinds))
        return self.choice(name, kinds) or otherwise

    def day(self, name: str) -> date | None:
        """Return a business day."""
        return self._read(name, _day, DAY)

    def needs_day(self, name: str) -> date:
        """Return a business day; where none is said that is a fault."""
        if self._body.get(name) is None:
            self.wrong(name, DAY)
        return self.day(name) or NO_DAY

    def instant(self, name: str) -> datetime | None:
        """Return an aware instant."""
        return self._read(name, _instant, INSTANT)

    def needs_instant(self, name: str) -> datetime:
        """Return an aware instant; where none is said that is a fault."""
        if self._body.get(name) is None:
            self.wrong(name, INSTANT)
        return self.instant(name) or NO_INSTANT

    def words(self, name: str) -> tuple[str, ...]:
        """Return a list of texts."""
        return self._read(name, _words, (f"a list of at most {MOST_WORDS} texts",
                                         f"不超过 {MOST_WORDS} 段文字的列表")) or ()

    def pairs(self, name: str, *, most: int) -> tuple[tuple[str, str], ...]:
        """Return texts by name; the empty ones are left out."""
        return self._read(name, lambda value: _pairs(value, most),
                          (f"texts of up to {most} letters by name",
                           f"按名字写的、各不超过 {most} 个字的文字")) or ()

    def entry(self, name: str) -> Entry:
        """Return an inner object; where it is missing that is a fault."""
        return Entry(self._body.get(name), self._place(name), self._faults)

    def entries(self, name: str) -> tuple[Entry, ...]:
        """Return the objects of a list; one that is not there is empty."""
        value = self._body.get(name, [])
        if not isinstance(value, list) or len(value) > MOST_ENTRIES:
            self.wrong(name, (f"a list of at most {MOST_ENTRIES}",
                              f"不超过 {MOST_ENTRIES} 项的列表"))
            return ()
        return tuple(Entry(one, f"{self._place(name)}[{at}]", self._faults)
                     for at, one in enumerate(value))

    def _place(self, name: str) -> str:
        return f"{self._where}.{name}" if self._where else name

    def _read(self, name: str, read: Callable[[object], Value | None], wanted: Wanted, *,
              empty: bool = False) -> Value | None:
        value = self._body.get(name)
        if value is None or (empty and isinstance(value, str) and not value.strip()):
            return None
        found = read(value)
        if found is None:
            self.wrong(name, wanted)
        return found


def _among(kinds: type[Choice]) -> Wanted:
    return f"one of {', '.join(kinds)}", f"{'、'.join(kinds)} 之一"


def _whole(value: object, most: int) -> int | None:
    good = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most
    return value if good and isinstance(value, int) else None


def _minor(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return None
    return minor_of(amount) if amount.is_finite() and 0 <= amount * 100 < MOST_MINOR else None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _instant(value: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return found if found.tzinfo else None


def _words(value: object) -> tuple[str, ...] | None:
    if isinstance(value, list) and len(value) <= MOST_WORDS and all(
            isinstance(one, str) and len(one) <= MOST_TEXT for one in value):
        return tuple(one.strip() for one in value if one.strip())
    return None


def _pairs(value: object, most: int) -> tuple[tuple[str, str], ...] | None:
    if isinstance(value, Mapping) and len(value) <= MOST_WORDS and all(
            isinstance(name, str) and isinstance(one, str) and len(one) <= most
            for name, one in value.items()):
        return tuple((name, one.strip()) for name, one in value.items() if one.strip())
    return None
