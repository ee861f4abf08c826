"""What the calendar does to demand: weekdays, seasons, festivals."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from caopan.demo.ragged import Flags, Floats, Ints

WEEKDAY_EFFECT = (-0.08, -0.05, -0.03, 0.0, 0.06, 0.13, 0.09)
"""Log effect of Monday to Sunday on traffic."""

FESTIVAL_EFFECT = 0.45
"""Log effect of a festival day on traffic."""

FESTIVALS = frozenset(
    {(3, 8), (5, 1), (6, 1), (6, 2), (6, 16), (6, 17), (6, 18), (8, 18), (9, 9), (11, 1), (11, 6),
     (11, 10), (11, 11), (12, 12)})
"""Month and day of the sales festivals (大促)."""


def weekday_effect(start: date, days: Ints) -> Floats:
    """Return the log effect of the weekday; days: shape (n,), days after ``start``.

    >>> weekday_effect(date(2026, 3, 2), np.array([0, 5])).tolist()
    [-0.08, 0.13]
    """
    return np.array(WEEKDAY_EFFECT)[(start.weekday() + days) % 7]


def season_effect(start: date, days: Ints, *, phase: Floats, amplitude: float = 0.12) -> Floats:
    """Return the log effect of the season, one wave a year that peaks ``phase`` of the year in.

    >>> season_effect(date(2026, 1, 1), np.array([0]), phase=np.array([0.0])).round(2).tolist()
    [0.12]
    """
    part = (start.timetuple().tm_yday - 1 + days) / 365.25
    return amplitude * np.cos(2 * np.pi * (part - phase))


def festivals(start: date, *, days: int) -> Flags:
    """Return which of the days are festival days; shape (days,).

    >>> festivals(date(2026, 6, 15), days=4).tolist()
    [False, True, True, True]
    """
    return np.array([(day.month, day.day) in FESTIVALS
                     for day in (start + timedelta(days=i) for i in range(days))])
