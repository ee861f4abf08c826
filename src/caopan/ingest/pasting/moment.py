"""When a pasted row was (时刻): a time of day, a date and time, or a minute of the session."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_OF_DAY = re.compile(r"(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?(?:\s*[-~—–至到].*)?")
_NUMBER = re.compile(r"(\d{1,4})\s*(?:分钟?|min|m|')?", re.IGNORECASE)
_MARKS = str.maketrans({"年": "-", "月": "-", "日": " ", "/": "-", "：": ":", "T": " "})
MOST_MINUTES = 24 * 60
HALF_A_DAY = timedelta(hours=12)


def moment_of(text: str, *, begins: datetime, zone: ZoneInfo) -> datetime | None:
    """Return when a row was; None where its text is no time.

    Args:
        text: as it stands in the cell.
        begins: when the session began; a time of day is the one nearest to it.
        zone: of a time that says none.

    >>> zone = ZoneInfo("Asia/Shanghai")
    >>> begins = datetime(2026, 11, 28, 23, 30, tzinfo=zone)
    >>> for text in ("0:05", "35", "2026/11/28 23:31"):
    ...     print(moment_of(text, begins=begins, zone=zone))
    2026-11-29 00:05:00+08:00
    2026-11-29 00:05:00+08:00
    2026-11-28 23:31:00+08:00
    """
    text = text.strip()
    if (of_day := _OF_DAY.fullmatch(text)) is not None:
        return _of_day(*(int(part or 0) for part in of_day.groups()), begins=begins, zone=zone)
    if (number := _NUMBER.fullmatch(text)) is not None:
        minutes = int(number.group(1))
        return begins + timedelta(minutes=minutes) if minutes < MOST_MINUTES else None
    try:
        found = datetime.fromisoformat(" ".join(text.translate(_MARKS).split()))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=zone)


def _of_day(hour: int, minute: int, second: int, *, begins: datetime, zone: ZoneInfo
            ) -> datetime | None:
    local = begins.astimezone(zone)
    try:
        found = local.replace(hour=hour % 24, minute=minute, second=second, microsecond=0)
    except ValueError:
        return None
    if hour > 24:  # noqa: PLR2004 - 24:10 is said of the night after midnight, 25:00 is not
        return None
    while found - local > HALF_A_DAY:
        found -= timedelta(days=1)
    while local - found > HALF_A_DAY:
        found += timedelta(days=1)
    return found
