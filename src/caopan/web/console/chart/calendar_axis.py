"""A width of days (日期轴): where a day stands, and the first days of months to name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caopan.report import svg
from caopan.report.scale import Scale
from caopan.report.svg import share

MOST = 7
"""About how many months are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayScale:
    """Days from ``start`` to ``end`` as shares of a width."""

    start: date
    end: date

    def at(self, day: date) -> float:
        """Return where a day begins, in percent of the width; beyond the ends it stays there.

        >>> DayScale(start=date(2026, 3, 1), end=date(2026, 3, 11)).at(date(2026, 3, 6))
        50.0
        """
        scale = Scale(low=0.0, high=float(max((self.end - self.start).days, 1)))
        return scale.at(float((day - self.start).days))

    def months(self) -> list[date]:
        """Return the first days of months within, few enough to be named.

        >>> [one.month for one in DayScale(start=date(2026, 1, 5), end=date(2026, 4, 2)).months()]
        [2, 3, 4]
        """
        found, year, month = [], self.start.year, self.start.month
        while (day := date(year, month, 1)) < self.end:
            if day >= self.start:
                found.append(day)
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)  # noqa: PLR2004
        return found[::max(-(-len(found) // MOST), 1)]

    def grid(self, *, top: float, foot: float) -> list[str]:
        """Return a line a month with its name under the foot."""
        parts = []
        for day in self.months():
            place = self.at(day)
            parts += [svg.line((share(place), top), (share(place), foot), "grid"),
                      svg.words((share(place), foot + 16), f"{day:%y-%m}", "t",
                                anchor="end" if place > 94 else None)]  # noqa: PLR2004
        return parts
