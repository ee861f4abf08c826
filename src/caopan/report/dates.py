"""Days and periods as people write them; the last day is written, not the first one after."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from caopan.units.clock import business_day
from caopan.units.message import Language
from caopan.units.period import Period

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def day(when: date, *, language: Language) -> str:
    """Return a day with its month.

    >>> day(date(2026, 11, 8), language="zh"), day(date(2026, 11, 8), language="en")
    ('11月8日', '8 Nov')
    """
    if language == "zh":
        return f"{when.month}月{when.day}日"
    return f"{when.day} {_MONTHS[when.month - 1]}"


def full_day(when: date, *, language: Language) -> str:
    """Return a day with its month and year.

    >>> full_day(date(2026, 11, 8), language="zh"), full_day(date(2026, 11, 8), language="en")
    ('2026年11月8日', '8 Nov 2026')
    """
    said = day(when, language=language)
    return f"{when.year}年{said}" if language == "zh" else f"{said} {when.year}"


def span(period: Period, *, language: Language) -> str:
    """Return a period with its year, its last day included.

    >>> span(Period(start=date(2026, 11, 8), end=date(2026, 11, 22)), language="zh")
    '2026年11月8日–21日'
    >>> span(Period(start=date(2026, 12, 25), end=date(2027, 1, 3)), language="en")
    '25 Dec 2026–2 Jan 2027'
    """
    first, last = period.start, period.end - timedelta(days=1)
    if first.year != last.year:
        return f"{full_day(first, language=language)}–{full_day(last, language=language)}"
    short = short_span(period, language=language)
    return f"{first.year}年{short}" if language == "zh" else f"{short} {first.year}"


def short_span(period: Period, *, language: Language) -> str:
    """Return a period without its year, its last day included.

    >>> short_span(Period(start=date(2026, 10, 25), end=date(2026, 11, 8)), language="zh")
    '10月25日–11月7日'
    >>> short_span(Period(start=date(2026, 11, 8), end=date(2026, 11, 22)), language="en")
    '8–21 Nov'
    """
    first, last = period.start, period.end - timedelta(days=1)
    if first == last:
        return day(first, language=language)
    if (first.year, first.month) != (last.year, last.month):
        return f"{day(first, language=language)}–{day(last, language=language)}"
    if language == "zh":
        return f"{first.month}月{first.day}日–{last.day}日"
    return f"{first.day}–{day(last, language=language)}"


def month(when: date, *, language: Language) -> str:
    """Return the month of a day.

    >>> month(date(2026, 11, 8), language="zh"), month(date(2026, 11, 8), language="en")
    ('11月', 'Nov')
    """
    return f"{when.month}月" if language == "zh" else _MONTHS[when.month - 1]


def moment(when: datetime, *, language: Language) -> str:
    """Return the business day an aware instant falls on.

    >>> from datetime import UTC
    >>> moment(datetime(2026, 11, 22, 17, 0, tzinfo=UTC), language="zh")
    '2026年11月23日'
    """
    return full_day(business_day(when), language=language)
