"""A stretch of business days, half-open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from caopan.units.clock import BUSINESS_ZONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Business days (营业日) from ``start`` up to but not including ``end``: ``[start, end)``.

    >>> Period(start=date(2026, 3, 1), end=date(2026, 3, 15)).days
    14

    Raises:
        ValueError: the end is not after the start.
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        """Refuse an empty or reversed period."""
        if self.end <= self.start:
            message = f"a period ends after it starts: {self.start} to {self.end}"
            raise ValueError(message)

    @property
    def days(self) -> int:
        """Return the number of days."""
        return (self.end - self.start).days

    def previous(self) -> Period:
        """Return the period of equal length just before.

        >>> Period(start=date(2026, 3, 15), end=date(2026, 3, 29)).previous().start
        datetime.date(2026, 3, 1)
        """
        return Period(start=self.start - timedelta(days=self.days), end=self.start)

    def instants(self) -> tuple[datetime, datetime]:
        """Return the two ends as UTC instants (midnight in Asia/Shanghai).

        >>> Period(start=date(2026, 3, 1), end=date(2026, 3, 2)).instants()[0].isoformat()
        '2026-02-28T16:00:00+00:00'
        """
        return midnight(self.start), midnight(self.end)


def midnight(day: date) -> datetime:
    """Return the instant a business day begins, in UTC.

    >>> midnight(date(2026, 3, 1)).isoformat()
    '2026-02-28T16:00:00+00:00'
    """
    return datetime.combine(day, time.min, BUSINESS_ZONE).astimezone(UTC)
