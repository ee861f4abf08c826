"""Which period to look at when none is asked for."""

from __future__ import annotations

import numpy as np

from caopan.diagnose.windows import Windows
from caopan.stats.arrays import Bools, Floats, Ints

LENGTHS = (28, 14, 7)
"""Whole weeks, so that both sides hold the same weekdays; the longest that history carries."""
FEWEST = 3
"""Sessions a side below which nothing is decomposed."""
GAPS = 3.0
"""A subject whose last session lies further back than so many of its usual gaps has stopped."""
LEAST_PAUSE = 3.0
"""Days without a session that are never read as a stop."""


def chosen(subject: Ints, day: Ints, *, subjects: int) -> Windows:
    """Return each subject's period: 28 days up to the last day of the data, and the 28 before.

    A subject whose data end earlier keeps its own last day (flagged ``early``), so that silence is
    not read as a fall. Where history does not carry twice 28 days with three sessions on each
    side, 14, then 7, then half of the history are taken (flagged ``short``). Where none of these
    holds three sessions on each side nothing is decomposed: such subjects keep the period of the
    others, so that totals add up (flagged ``silent`` where their data end earlier).

    Args:
        subject: shape (n,), of the sessions that count, ascending.
        day: shape (n,), day numbers, ascending within a subject.
        subjects: how many subjects there are; one without sessions gets the common period.

    >>> days = 20_000 + np.arange(56)
    >>> made = chosen(np.zeros(len(days), dtype=np.int64), days, subjects=1)
    >>> made.start[0].item(), made.end[0].item(), made.compared_start[0].item()
    (20028, 20056, 20000)
    """
    first, last, gap = _spans(subject, day, subjects)
    latest = int(day.max(initial=0))
    stopped = latest - last > np.maximum(LEAST_PAUSE, GAPS * gap)
    end = np.where(stopped, last, latest) + 1
    half = _half(first, end)
    length, carried = half.copy(), np.zeros(subjects, dtype=np.bool_)
    common = 0
    for days in LENGTHS:
        fits = ~carried & _carries(subject, day, end, np.full(subjects, days)) & (
            first <= end - 2 * days + np.minimum(np.ceil(gap), days // 4))
        length[fits] = days
        carried |= fits
        common = common or (days if fits.any() else 0)
    carried |= _carries(subject, day, end, half)
    span = latest + 1 - int(day.min(initial=latest))
    length[~carried] = common or min((span + 1) // 2, LENGTHS[0])
    end[~carried] = latest + 1
    return Windows(start=end - length, end=end, compared_start=end - 2 * length,
                   compared_end=end - length, early=stopped & carried,
                   short=length < LENGTHS[0], silent=stopped & ~carried,
                   months=np.zeros(subjects, dtype=np.bool_))


def _spans(subject: Ints, day: Ints, subjects: int) -> tuple[Ints, Ints, Floats]:
    """Return each subject's first and last day, and its usual gap between live days in days.

    The usual gap is the median; 0 where there is a single live day.
    """
    count = np.bincount(subject, minlength=subjects)
    latest = day.max(initial=0)
    first, last = np.full(subjects, latest), np.full(subjects, latest)
    some = count > 0
    ends = np.cumsum(count)[some]
    last[some] = day[ends - 1]
    first[some] = day[ends - count[some]]
    return first, last, _usual_gap(subject, day, subjects)


def _usual_gap(subject: Ints, day: Ints, subjects: int) -> Floats:
    """Return the median of the days from one live day to the next, shape (s,)."""
    step = np.diff(day)
    real = (subject[1:] == subject[:-1]) & (step > 0)
    owner, step = subject[1:][real], step[real]
    order = np.lexsort((step, owner))
    owner, step = owner[order], step[order]
    count = np.bincount(owner, minlength=subjects)
    start = np.cumsum(count) - count
    gap, some = np.zeros(subjects), count > 0
    low, high = (start + (count - 1) // 2)[some], (start + count // 2)[some]
    gap[some] = (step[low] + step[high]) / 2.0
    return gap


def _half(first: Ints, end: Ints) -> Ints:
    """Return half of the history in days, at most the usual length."""
    return np.asarray(np.clip((end - first) // 2, 1, LENGTHS[0]), dtype=np.int64)


def _carries(subject: Ints, day: Ints, end: Ints, days: Ints) -> Bools:
    """Return which subjects have enough sessions on both sides of their length."""
    age, days_of = end[subject] - 1 - day, days[subject]
    subjects = len(end)
    now = np.bincount(subject[(age >= 0) & (age < days_of)], minlength=subjects)
    then = np.bincount(subject[(age >= days_of) & (age < 2 * days_of)], minlength=subjects)
    return np.asarray((now >= FEWEST) & (then >= FEWEST))
