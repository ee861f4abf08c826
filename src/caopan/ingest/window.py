"""The date window that a platform writes above the header."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

_DAY = re.compile(r"(?<!\d)(20\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)")


def window(titles: Iterable[str]) -> tuple[date, date] | None:
    """Return the days a file covers as ``[from, to)``; None where no title names two days.

    The files name the last day itself; the result names the day after it.

    >>> window(["2026-03-16 ~ 2026-04-12"])
    (datetime.date(2026, 3, 16), datetime.date(2026, 4, 13))
    >>> window(["Date Start: 2026-04-04 - Date End: 2026-04-11"])[1]
    datetime.date(2026, 4, 12)
    """
    for title in titles:
        days = _days(title)
        if len(days) >= 2:  # noqa: PLR2004 - both ends
            return min(days[:2]), max(days[:2]) + timedelta(days=1)
    return None


def years(titles: Iterable[str]) -> set[int]:
    """Return the years that the titles name.

    >>> years(["[Date Range]: 2025-12-30 ~ 2026-01-05"])
    {2025, 2026}
    """
    return {day.year for title in titles for day in _days(title)}


def _days(title: str) -> list[date]:
    found = []
    for shape in (_DAY, _COMPACT):
        for year, month, day in shape.findall(title):
            try:
                found.append(date(int(year), int(month), int(day)))
            except ValueError:
                continue
        if found:
            break
    return found
