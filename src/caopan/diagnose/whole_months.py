"""Periods of subjects of whose sessions only the month is known (只知道月份): whole months."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from caopan.diagnose.inputs import Sessions
from caopan.diagnose.periods import FEWEST
from caopan.diagnose.windows import Windows
from caopan.stats.arrays import Bools, Ints
from caopan.units.period import Period

COUNTS = (1, 2, 3, 6)
"""Months a side; the fewest that hold three sessions on both."""
MOST = 0.5
"""From this share of sessions without a day on, no days are cut."""


def undated(sessions: Sessions, kept: Bools, *, subjects: int) -> Bools:
    """Return of which subjects at least half of the sessions that count have no day, shape (s,).

    >>> from caopan.diagnose.inputs import sessions as made
    >>> rows = made(subject=[0, 1], session_id=["a", "b"], columns={}, dated=[False, True],
    ...             started_at=["2026-03-02", "2026-03-02"])
    >>> undated(rows, np.array([True, True]), subjects=2).tolist()
    [True, False]
    """
    owner = sessions.subject[kept]
    every = np.bincount(owner, minlength=subjects)
    without = np.bincount(owner[~sessions.dated[kept]], minlength=subjects)
    return np.asarray((without > 0) & (without >= MOST * every))


def whole_months(subject: Ints, day: Ints, *, subjects: int) -> Windows:
    """Return each subject's last months with sessions, and as many just before.

    One month a side; two, three or six where fewer do not hold three sessions on both. A subject
    whose sessions end in an earlier month than others' is flagged ``early``.

    Args:
        subject: shape (n,), of the sessions that count.
        day: shape (n,), day numbers; only their months are used.
        subjects: how many there are, each with a session.

    >>> from datetime import date
    >>> from caopan.diagnose.inputs import number_of
    >>> days = np.array([number_of(date(2026, month, 9)) for month in (1, 1, 1, 2, 2, 2)])
    >>> made = whole_months(np.zeros(6, dtype=np.int64), days, subjects=1)
    >>> made.period(0), made.compared(0).start
    (Period(start=datetime.date(2026, 2, 1), end=datetime.date(2026, 3, 1)), \
datetime.date(2026, 1, 1))
    """
    month = day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    last = np.full(subjects, month.min(initial=0))
    np.maximum.at(last, subject, month)
    age = last[subject] - month
    count, carried = np.full(subjects, COUNTS[0]), np.zeros(subjects, dtype=np.bool_)
    for months in COUNTS:
        now, then = (np.bincount(subject[(age >= first) & (age < first + months)],
                                 minlength=subjects) for first in (0, months))
        fits = ~carried & (now >= FEWEST) & (then >= FEWEST)
        count[fits] = months
        carried |= fits
    nobody = np.zeros(subjects, dtype=np.bool_)
    end = last + 1
    return Windows(
        start=_first_day(end - count), end=_first_day(end),
        compared_start=_first_day(end - 2 * count), compared_end=_first_day(end - count),
        early=last < last.max(initial=0), short=nobody, silent=nobody,
        months=np.ones(subjects, dtype=np.bool_))


def months_before(made: Windows, period: Period, there: Bools) -> Windows:
    """Return asked-for periods with as many whole months before them, for some subjects.

    Nothing changes where the period is not one of whole months.

    >>> from datetime import date
    >>> from caopan.diagnose.windows import fixed
    >>> march = Period(start=date(2026, 3, 1), end=date(2026, 4, 1))
    >>> made = fixed(march, None, subjects=2)
    >>> made = months_before(made, march, np.array([True, False]))
    >>> made.compared(0).start, made.compared(1).start
    (datetime.date(2026, 2, 1), datetime.date(2026, 1, 29))
    """
    if period.start.day != 1 or period.end.day != 1:
        return made
    start, end = (np.datetime64(day, "M").astype(np.int64) for day in (period.start, period.end))
    first = _first_day(np.asarray([2 * start - end]))
    return replace(made, compared_start=np.where(there, first, made.compared_start), months=there)


def _first_day(month: Ints) -> Ints:
    """Return the day number on which a month (months since 1970-01) begins."""
    return np.asarray(month.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64))
