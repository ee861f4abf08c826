"""The only reader of the clock; everything else is handed ``now``."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BUSINESS_ZONE = ZoneInfo("Asia/Shanghai")
"""The zone of the business day (营业日)."""


def now() -> datetime:
    """Return the present instant in UTC.

    >>> now().tzinfo is UTC
    True
    """
    return datetime.now(UTC)  # noqa: TID251 - the one allowed place


def to_the_minute(instant: datetime) -> str:
    """Return an aware instant as people of the business zone read it.

    >>> to_the_minute(datetime(2026, 3, 1, 11, 30, tzinfo=UTC))
    '2026-03-01 19:30'
    """
    return f"{instant.astimezone(BUSINESS_ZONE):%Y-%m-%d %H:%M}"


def business_day(instant: datetime) -> date:
    """Return the business day an aware instant falls on (Asia/Shanghai).

    >>> business_day(datetime(2026, 3, 1, 17, 0, tzinfo=UTC))
    datetime.date(2026, 3, 2)
    """
    return instant.astimezone(BUSINESS_ZONE).date()
