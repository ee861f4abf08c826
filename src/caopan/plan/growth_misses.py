"""How far a month told ahead misses (月度误差): learnt from everyone's months, by how far ahead."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caopan.forecast.history import History
from caopan.stats.arrays import Floats, Ints, divided, grouped_sum

MONTH = 30
FEWEST_SESSIONS = 3
MOST_LEADS, MOST_ORIGINS = 12, 24
REACH = 2.0
"""So many times as far ahead as was ever seen a range is still told, as an extrapolation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """The misses of months that began ``days`` ahead: logs of actual over told, ascending.

    ``logs``: shape (n,), -inf for a month without a sale. ``hosts``: whose months they are.
    """

    days: int
    logs: Floats
    hosts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Misses:
    """The leads that are known well enough, the nearest first; none: nothing can be told."""

    leads: tuple[Lead, ...]
    months: int = 0
    """Months that were there at the nearest lead, also where they were too few."""
    fewest: int = 9
    """Months below which a lead tells nothing."""

    def at(self, days: float) -> Told | None:
        """Return what is told of a month that begins so many days ahead, None beyond reach.

        The next lead that is at least as far; beyond the last one its misses spread as those of
        a wanderer do, with the root of the time to the month's end.

        >>> one = Lead(days=0, logs=np.linspace(-1.0, 1.0, 21), hosts=3)
        >>> told = Misses(leads=(one,)).at(20.0)
        >>> told.extrapolated, round(float(told.logs[-1]), 2), Misses(leads=(one,)).at(45.0)
        (True, 1.29, None)
        """
        for lead in self.leads:
            if lead.days >= days:
                return Told(logs=lead.logs, n=len(lead.logs), hosts=lead.hosts, days=lead.days)
        if not self.leads or days + MONTH > REACH * (self.leads[-1].days + MONTH):
            return None
        last = self.leads[-1]
        wider = np.sqrt((days + MONTH) / (last.days + MONTH))
        middle = float(np.median(last.logs))
        return Told(logs=middle + (last.logs - middle) * wider, n=len(last.logs),
                    hosts=last.hosts, days=last.days, extrapolated=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The misses that a month is told with; ``days``: how far ahead they were seen."""

    logs: Floats
    n: int
    hosts: int
    days: int
    extrapolated: bool = False


def fewest(level: float) -> int:
    """Return how many misses have an end of a range of that level among them.

    >>> fewest(0.8), fewest(0.9)
    (9, 19)
    """
    return int(np.ceil(2.0 / (1.0 - level) - 1e-9)) - 1


def misses(history: History, *, until: float, level: float = 0.8) -> Misses:
    """Return how far months at rate × hours missed, by how far ahead they were told.

    Each host's sales an hour over the thirty days before an origin, times the hours of a later
    block of thirty days, are put beside what the block sold. Origins lie thirty days apart,
    so that blocks of one lead share no session; the hours are those that came, as a plan's are.

    Args:
        history: known sessions of everyone, ordered by subject, then start.
        until: the instant up to which everything is known, days since 1970-01-01.
        level: of the ranges that are to be told.
    """
    leads, months, least = [], 0, fewest(level)
    first = float(history.start.min()) if len(history) else until
    for ahead in range(MOST_LEADS):
        logs, hosts = _at_lead(history, ahead * MONTH, first=first, until=until)
        months = len(logs) if ahead == 0 else months
        if len(logs) < least:
            break
        leads.append(Lead(days=ahead * MONTH, logs=logs, hosts=hosts))
    return Misses(leads=tuple(leads), months=months, fewest=least)


def _at_lead(history: History, days: int, *, first: float, until: float) -> tuple[Floats, int]:
    """Return the misses of every host's blocks that began so many days after their origin."""
    found, hosts = [np.zeros(0)], set[int]()
    for back in range(1, MOST_ORIGINS + 1):
        origin = until - back * MONTH - days
        if origin <= first:
            break
        told, sold = _block(history, origin, origin + days)
        there = np.isfinite(told) & (told > 0)
        with np.errstate(divide="ignore"):
            found.append(np.log(sold[there]) - np.log(told[there]))
        hosts |= set(np.flatnonzero(there).tolist())
    return np.sort(np.concatenate(found)), len(hosts)


def _block(history: History, origin: float, begin: float) -> tuple[Floats, Floats]:
    """Return what was told and what was sold of a block, by subject; NaN told: nothing was."""
    subjects = int(history.subject.max(initial=-1)) + 1
    rate, _ = rate_lately(history, origin, subjects)
    inside = (history.start >= begin) & (history.start < begin + MONTH)
    inside &= np.isfinite(history.hours) & np.isfinite(history.sold)
    hours = grouped_sum(np.where(inside, history.hours, 0.0), history.subject, subjects)
    sold = grouped_sum(np.where(inside, history.sold, 0.0), history.subject, subjects)
    return np.where(hours > 0, rate * hours, np.nan), sold


def rate_lately(history: History, until: float, subjects: int) -> tuple[Floats, Ints]:
    """Return each subject's sales an hour over the thirty days before an instant, and its sessions.

    A ratio of sums; NaN for fewer than three sessions. Of the rates that were tried for a month
    ahead it misses least: half the scatter of the median of five sessions.

    Args:
        history: known sessions of everyone.
        until: the instant, days since 1970-01-01; what ends later is not known.
        subjects: how many subjects there are.

    >>> one = History(subject=np.zeros(3, dtype=np.int64), start=np.array([1.0, 2.0, 3.0]),
    ...               hours=np.array([1.0, 2.0, 1.0]), sold=np.array([4.0, 4.0, 8.0]))
    >>> rate_lately(one, 9.0, 1)[0].tolist()
    [4.0]
    """
    known = (history.end <= until) & (history.start >= until - MONTH) & (history.ran > 0)
    known &= np.isfinite(history.sold)
    count = grouped_sum(known, history.subject, subjects).astype(np.int64)
    sold = grouped_sum(np.where(known, history.sold, 0.0), history.subject, subjects)
    ran = grouped_sum(np.where(known, np.nan_to_num(history.ran), 0.0), history.subject, subjects)
    return np.where(count >= FEWEST_SESSIONS, divided(sold, ran), np.nan), count
