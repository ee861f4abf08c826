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
LEAST_PAUSE = 7.0
"""Days without a session that are never read as a stop."""


def chosen(subject: Ints, day: Ints, *, subjects: int) -> Windows:
    """Return each subject's period: 28 days up to the last day of the data, and the 28 before.

    A subject that stopped earlier keeps its own last day (flagged ``early``). Where history does
    not carry twice 28 days with three sessions on each side, 14, then 7, then half of the history
    are taken (flagged ``short``).

    Args:
        subject: shape (n,), of the sessions that count, ascending.
        day: shape (n,), day numbers, ascending within a subject.
        subjects: how many subjects there are; one without sessions gets the last period.

    >>> days = 20_000 + np.arange(56)
    >>> made = chosen(np.zeros(len(days), dtype=np.int64), days, subjects=1)
    >>> made.start[0].item(), made.end[0].item(), made.compared_start[0].item()
    (20028, 20056, 20000)
    """
    first, last, gap = _spans(subject, day, subjects)
    latest = day.max(initial=0)
    behind = latest - last
    early = behind > np.maximum(LEAST_PAUSE, GAPS * gap)
    end = np.where(early, last, latest) + 1
    length = _half(first, end)
    carried = np.zeros(subjects, dtype=np.bool_)
    for days in LENGTHS:
        fits = ~carried & _carries(subject, day, end, days) & (
            first <= end - 2 * days + np.minimum(np.ceil(gap), days // 4))
        length[fits] = days
        carried |= fits
    return Windows(start=end - length, end=end, compared_start=end - 2 * length,
                   compared_end=end - length, early=early, short=length < LENGTHS[0])


def _spans(subject: Ints, day: Ints, subjects: int) -> tuple[Ints, Ints, Floats]:
    """Return each subject's first and last day, and its usual gap between sessions in days."""
    count = np.bincount(subject, minlength=subjects)
    latest = day.max(initial=0)
    first, last = np.full(subjects, latest), np.full(subjects, latest)
    some = count > 0
    ends = np.cumsum(count)[some]
    last[some] = day[ends - 1]
    first[some] = day[ends - count[some]]
    gap = (last - first) / np.maximum(count - 1, 1)
    return first, last, gap


def _half(first: Ints, end: Ints) -> Ints:
    """Return half of the history in days, at most the usual length."""
    return np.asarray(np.clip((end - first) // 2, 1, LENGTHS[0]), dtype=np.int64)


def _carries(subject: Ints, day: Ints, end: Ints, days: int) -> Bools:
    """Return which subjects have enough sessions on both sides of a length."""
    age = end[subject] - 1 - day
    subjects = len(end)
    now = np.bincount(subject[(age >= 0) & (age < days)], minlength=subjects)
    then = np.bincount(subject[(age >= days) & (age < 2 * days)], minlength=subjects)
    return np.asarray((now >= FEWEST) & (then >= FEWEST))
