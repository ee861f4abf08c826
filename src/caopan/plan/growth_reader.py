"""One table of a growth plan's JSON on its way in: each call takes a field, faults are kept."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from caopan.plan.faulty import field_fault
from caopan.playbook.gate import BESIDES, Bound, Condition, comparable
from caopan.playbook.signal import Against
from caopan.playbook.vocabulary import Reading
from caopan.units.message import Message
from caopan.units.money import minor_of
from caopan.units.unit import Unit

MOST_TEXT, MOST_MONEY = 500, 10**12


def fault(where: str, value: object, en: str, zh: str) -> Message:
    """Return what is wrong with a field.

    >>> fault("stages[0].to", "2026", "a day", "一天").say("en")
    'stages[0].to is “2026”, it should be a day'
    """
    return field_fault("bad_growth_field", where, value, en=en, zh=zh)


class Reader:
    """One table, where it stands, and the faults found so far.

    >>> faults: list[Message] = []
    >>> Reader({"n": "x"}, "a", faults).number("n", most=9) is None, faults[0].values["where"]
    (True, 'a.n')
    """

    def __init__(self, entry: object, where: str, faults: list[Message]) -> None:
        """Name it where it is no table.

        Args:
            entry: what stands there.
            where: its place, "" for the whole.
            faults: what was found so far; more is added.
        """
        self._entry: Mapping[str, object] = entry if isinstance(entry, Mapping) else {}
        self._where, self._faults = where, faults
        if not isinstance(entry, Mapping):
            faults.append(fault(where or "document", entry, "an object", "一个对象"))

    def wrong(self, name: str, en: str, zh: str) -> None:
        """Add a fault of a field."""
        self._faults.append(fault(self._place(name), self._entry.get(name), en, zh))

    def parts(self, name: str, *, most: int, least: int = 0) -> list[Reader]:
        """Return the tables of a list; nothing where it is no such list."""
        value = self._entry.get(name, [])
        if not isinstance(value, list) or not least <= len(value) <= most:
            self.wrong(name, f"a list of {least} to {most}", f"{least} 到 {most} 项的列表")
            return []
        return [Reader(one, f"{self._place(name)}[{at}]", self._faults)
                for at, one in enumerate(value)]

    def part(self, name: str) -> Reader:
        """Return an inner table."""
        return Reader(self._entry.get(name), self._place(name), self._faults)

    def text(self, name: str, *, needed: bool = False, most: int = MOST_TEXT) -> str | None:
        """Return a text; None where none is said."""
        value = self._entry.get(name)
        if value is None and not needed:
            return None
        if isinstance(value, str) and 0 < len(value) <= most:
            return value
        self.wrong(name, f"a text of 1 to {most} letters", f"1 到 {most} 个字的文字")
        return None

    def choice(self, name: str, known: Sequence[str], *, needed: bool = False) -> str | None:
        """Return one of the known words."""
        value = self._entry.get(name)
        if value is None and not needed:
            return None
        if isinstance(value, str) and value in known:
            return str(value)
        few = ", ".join(known[:12])
        self.wrong(name, f"one of {few}", f"{few} 之一")
        return None

    def number(self, name: str, *, most: float, needed: bool = False) -> float | None:
        """Return a number above 0; None where none is said."""
        value = self._entry.get(name)
        if value is None and not needed:
            return None
        if _number(value) and 0 < float(str(value)) <= most:
            return float(str(value))
        self.wrong(name, f"a number above 0, at most {most:g}", f"大于 0、不超过 {most:g} 的数")
        return None

    def whole(self, name: str, *, most: int, least: int = 0) -> int | None:
        """Return a whole number; None where none is said."""
        value = self._entry.get(name)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self.wrong(name, f"a whole number from {least} to {most}", f"{least} 到 {most} 的整数")
        return None

    def day(self, name: str, *, needed: bool = False) -> date | None:
        """Return a day such as 2026-12-01."""
        value = self._entry.get(name)
        if value is None and not needed:
            return None
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.wrong(name, "a day such as 2026-12-01", "日期，例如 2026-12-01")
            return None

    def money(self, name: str, *, needed: bool = False) -> int | None:
        """Return an amount in minor units; None where none is said."""
        value = self._entry.get(name)
        if value is None and not needed:
            return None
        found = minor(value)
        if found is None:
            self.wrong(name, "an amount from 0 on, such as 300000", "不小于 0 的金额，例如 300000")
        return found

    def condition(self, known: Mapping[str, Reading]) -> Condition | None:
        """Return a condition on one of the known metrics."""
        metric = self.choice("metric", list(known), needed=True)
        against = self.choice("against", [one.value for one in BESIDES]) or Against.LEVEL.value
        told = [bound for bound in Bound if self._entry.get(bound.value) is not None]
        if len(told) != 1:
            self.wrong("at_least", "one limit: at_least or at_most", "at_least、at_most 里写一个")
            return None
        bound = told[0].value
        if metric is None:
            return None
        if against == Against.PREVIOUS and not comparable(metric):
            self.wrong("against", "level: this metric is not compared", "level：这个指标不和以前比")
            return None
        money = against == Against.LEVEL and known[metric].unit is Unit.MONEY
        value = minor(self._entry[bound]) if money else self._limit(bound)
        if value is None:
            self.wrong(bound, "a number from 0 on", "不小于 0 的数")
            return None
        return Condition(metric=metric, bound=told[0], value=float(value),
                         against=Against(against))

    def _limit(self, name: str) -> float | None:
        value = self._entry[name]
        return float(str(value)) if _number(value) and float(str(value)) >= 0 else None

    def _place(self, name: str) -> str:
        return f"{self._where}.{name}" if self._where else name


def minor(value: object) -> int | None:
    """Return an amount as minor units, None where it is none.

    >>> minor("59.90"), minor(-1), minor("x")
    (5990, None, None)
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return None
    return minor_of(amount) if amount.is_finite() and 0 <= amount < MOST_MONEY else None


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
