"""A mend (一处改法): what can be written in the place of a bad cell, where that is clear."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

from caopan.facts.issue import Issue, Level
from caopan.facts.schema import NULLABLE_REQUIRED, TABLES
from caopan.units.message import Text
from caopan.workspace.correcting import column_at
from caopan.workspace.look import LookedPart

SUGGESTED = 6
"""Values that are offered to be chosen."""
YEARLESS = frozenset({"no_year", "year_assumed"})
"""What is said where dates carry no year: the year is said once for the whole file."""
_TYPED: dict[str, Text] = {
    "damaged_id": Text(zh="填原来的编号", en="type the id as it was"),
    "missing": Text(zh="补上", en="fill it in"),
}
_VALUE = Text(zh="改成", en="write instead")
_KEYS = frozenset({
    "damaged_id", "missing", "unreadable_number", "unreadable_time", "unreadable_duration",
    "unreadable_flag", "unknown_choice", "too_fine", "not_finite", "not_whole", "negative",
    "too_large", "impossible_date", "ambiguous_date", "future", "too_early", "ends_before_start",
    "unknown_currency"})
_DATE = re.compile(r"\s*(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(.*)", re.DOTALL)
_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """What is asked of one bad cell: the words before the field, values to choose, empty or not."""

    ask: Text
    suggestions: tuple[str, ...]
    may_be_empty: bool


def mend(issue: Issue, part: LookedPart | None) -> Mend | None:
    """Return how the cell of a problem can be mended here; None where it cannot."""
    if issue.level is not Level.ERROR or issue.message.key not in _KEYS:
        return None
    if part is None or issue.row is None or issue.column is None:
        return None
    at = column_at(part, issue.column)
    if at is None:
        return None
    empty = issue.message.key != "missing" and _may_be_empty(part, at)
    return Mend(ask=_TYPED.get(issue.message.key, _VALUE), may_be_empty=empty,
                suggestions=suggested(issue.message.key, value=issue.value or "",
                                      choices=str(issue.message.values.get("expected", ""))))


def suggested(key: str, *, value: str, choices: str = "") -> tuple[str, ...]:
    """Return the values that a bad cell probably stands for.

    >>> suggested("too_fine", value="1.234"), suggested("ambiguous_date", value="3/4/2026 19:30")
    (('1.23',), ('2026-03-04 19:30', '2026-04-03 19:30'))
    """
    if key == "unknown_choice":
        return tuple(each for each in choices.split(", ") if each)[:SUGGESTED]
    if key == "unreadable_flag":
        return "true", "false"
    if key == "too_fine":
        return _rounded(value)
    return _both_ways(value) if key == "ambiguous_date" else ()


def _rounded(value: str) -> tuple[str, ...]:
    try:
        return (str(Decimal(value.strip()).quantize(Decimal("0.01"), rounding=ROUND_HALF_EVEN)),)
    except InvalidOperation:
        return ()


def _both_ways(value: str) -> tuple[str, ...]:
    found = _DATE.fullmatch(value)
    if found is None:
        return ()
    first, second, year, rest = found.groups()
    pairs = dict.fromkeys([(first, second), (second, first)])
    return tuple(f"{year}-{int(month):02}-{int(day):02}{rest}" for month, day in pairs
                 if 1 <= int(month) <= _MONTHS)


def _may_be_empty(part: LookedPart, at: int) -> bool:
    """Return whether the column a header fills may be unknown in a row."""
    to, table = part.targets[at], TABLES[part.table]
    if to is None or to not in table.names:
        return True
    return not table.column(to).required or (part.table, to) in NULLABLE_REQUIRED
