"""A host without a history (冷启动): what hosts alike sell, each host weighing alike."""

from __future__ import annotations

import numpy as np

from caopan.forecast.history import History
from caopan.stats.arrays import Bools, Floats, grouped_sum
from caopan.stats.quantiles import LEVELS

FEWEST_HOSTS = 5
"""Hosts alike below which nothing is said of a new one."""
EACH_KNOWN = 2
"""Sessions a host needs to be one of them."""


def pooled(history: History, alike: Bools, hours: float) -> Floats | None:
    """Return the distribution of a session of a host of whom nothing is known; shape (19,).

    It is the mixture of what the hosts alike sold, an hour times the hours where both are known.
    Being one more host of the same kind, the new one falls outside all of theirs with probability
    1 / (hosts + 1) each side: the levels are read off that much further out. None below five hosts.

    Args:
        history: all sessions.
        alike: which of them count, shape (n,).
        hours: the hours planned; NaN = not known.

    >>> made = History(subject=np.repeat(np.arange(5), 2), start=np.arange(10.0),
    ...                hours=np.ones(10), sold=np.repeat(np.arange(1.0, 6.0), 2))
    >>> pooled(made, np.ones(10, dtype=np.bool_), 2.0)[9].tolist()
    6.0
    """
    values, known = _values(history, alike, hours)
    counts = _counts(history, known)
    known &= counts[history.subject] >= EACH_KNOWN
    hosts = int((counts >= EACH_KNOWN).sum())
    if hosts < FEWEST_HOSTS:
        return None
    order = np.argsort(values[known], kind="stable")
    weight = (1.0 / counts[history.subject][known])[order]
    reached = (np.cumsum(weight) - weight / 2.0) / weight.sum()
    further = (LEVELS - 0.5) * (hosts + 1) / hosts + 0.5
    return np.asarray(np.interp(further, reached, values[known][order]))


def hosts_known(history: History, alike: Bools) -> int:
    """Return how many hosts have sessions enough to tell of others.

    >>> made = History(subject=np.array([0, 0, 1]), start=np.arange(3.0), hours=np.ones(3),
    ...                sold=np.ones(3))
    >>> hosts_known(made, np.ones(3, dtype=np.bool_))
    1
    """
    return int((_counts(history, alike & ~history.to_come) >= EACH_KNOWN).sum())


def _values(history: History, alike: Bools, hours: float) -> tuple[Floats, Bools]:
    known = np.asarray(alike & ~history.to_come)
    if not np.isfinite(hours):
        return history.sold, known
    known &= history.ran > 0
    return hours * history.sold / np.where(known, history.ran, 1.0), known


def _counts(history: History, known: Bools) -> Floats:
    subjects = int(history.subject.max()) + 1 if len(history) else 1
    return grouped_sum(known, history.subject, subjects)
