"""Rows of the import centre's tables: what a column becomes, what a value was and will be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from caopan.facts.column_words import TABLE_WORDS, column_words
from caopan.facts.schema import EXTRA_PREFIX, TABLES, Kind
from caopan.units.clock import to_the_minute
from caopan.units.message import Language, Text
from caopan.units.money import Money
from caopan.units.number import MISSING, symbol
from caopan.workspace.look import LookedFile, ReplacedValue

KEY_WIDTH, VALUE_WIDTH = 160, 80
HANDLED: dict[Kind, Text] = {
    Kind.MONEY: Text(zh="元 → 分", en="amount → hundredths"),
    Kind.INSTANT: Text(zh="当地时间 → UTC", en="local time → UTC"),
    Kind.DAY: Text(zh="日期", en="day"),
    Kind.COUNT: Text(zh="整数", en="whole number"),
    Kind.NUMBER: Text(zh="数", en="number"),
    Kind.TEXT: Text(zh="文字", en="text"),
    Kind.WORDS: Text(zh="几个词", en="words"),
    Kind.CHOICE: Text(zh="选项", en="choice"),
    Kind.FLAG: Text(zh="是或否", en="yes or no"),
}


class ColumnUse(StrEnum):
    """What becomes of a known file's column."""

    AUTO = "auto"
    DERIVES = "derives"
    """Something stored is worked out from it."""
    KEPT = "kept"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnRow:
    """One column of a known file."""

    header: str
    samples: tuple[str, ...]
    use: ColumnUse
    to: Text | None
    handling: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One replaced value in words."""

    table: Text
    key: str
    column: Text
    old: str
    new: str


def columns(file: LookedFile) -> tuple[ColumnRow, ...]:
    """Return what becomes of every column of a known file, those that are stored first."""
    rows = [_column(part.table, header, part.targets[at], part.samples[at])
            for part in file.parts for at, header in enumerate(part.headers) if header]
    order = list(ColumnUse)
    return tuple(sorted(rows, key=lambda row: order.index(row.use)))


def changed(changes: Sequence[ReplacedValue], language: Language) -> tuple[ChangeRow, ...]:
    """Return replaced values as people read them."""
    return tuple(ChangeRow(
        table=TABLE_WORDS[each.table], column=column_words(each.column),
        key=" · ".join(shown(value, currency=None, kind=None, language=language)
                       for value in each.key.values())[:KEY_WIDTH],
        old=_value(each, each.old, language), new=_value(each, each.new, language))
        for each in changes)


def shown(value: object, *, kind: Kind | None, currency: str | None, language: Language) -> str:
    """Return a stored value exactly as it is, in words; unknown is a dash.

    >>> shown(120_400, kind=Kind.MONEY, currency="CNY", language="zh")
    '¥1,204.00'
    >>> shown(None, kind=Kind.COUNT, currency=None, language="zh")
    '—'
    """
    if value is None:
        return MISSING
    if kind is Kind.MONEY and isinstance(value, int):
        exact = Money(minor=value).major()
        return f"{symbol(currency or 'CNY')}{exact:,}"
    if isinstance(value, bool):
        return {"zh": ("否", "是"), "en": ("no", "yes")}[language][value]
    if isinstance(value, int | float):
        return f"{value:,}"
    if isinstance(value, datetime):
        return to_the_minute(value)
    return value.isoformat() if isinstance(value, date) else str(value)[:VALUE_WIDTH]


def _value(change: ReplacedValue, value: object, language: Language) -> str:
    table = TABLES[change.table]
    kind = table.column(change.column).kind if change.column in table.names else None
    return shown(value, kind=kind, currency=change.currency, language=language)


def _column(table: str, header: str, to: str | None, samples: tuple[str, ...]) -> ColumnRow:
    use, target, handling = ColumnUse.LEFT, None, None
    if to is not None and to.startswith(EXTRA_PREFIX):
        use = ColumnUse.KEPT
    elif to is not None and to in TABLES[table].names:
        use, target = ColumnUse.AUTO, column_words(to)
        handling = HANDLED[TABLES[table].column(to).kind]
    elif to is not None:
        use = ColumnUse.DERIVES
    return ColumnRow(header=header, samples=samples, use=use, to=target, handling=handling)
