"""Sessions that sell nothing (零成交): how likely that is, and what it does to a distribution."""

from __future__ import annotations

import numpy as np

from caopan.forecast.history import History
from caopan.stats.arrays import Floats, Ints
from caopan.stats.quantiles import LEVELS

WEIGHT = 5.0
"""How many sessions of its own a subject needs to count for as much as everybody's together."""


def chance_of_nothing(history: History, week: Floats) -> Floats:
    """Return the chance that each session sells nothing, from what was known before; shape (n,).

    The share of the subject's own earlier sessions, drawn towards that of all sessions known when
    its week began; among shows alike: those of one product apart from the others.

    Args:
        history: all sessions.
        week: the instant of which on nothing more of others counts, shape (n,).

    >>> made = History(subject=np.zeros(6, dtype=np.int64), start=np.arange(6.0),
    ...                hours=np.ones(6), sold=np.array([0.0, 5.0, 5.0, 5.0, 5.0, np.nan]))
    >>> chance_of_nothing(made, made.start)[-1].round(2).tolist()
    0.2
    """
    nothing = (history.sold == 0).astype(np.float64)
    single = history.single.astype(np.int64)
    everyone = np.zeros(len(history))
    for kind in (0, 1):
        mine, known = single == kind, (single == kind) & ~history.to_come
        order = np.argsort(history.end[known], kind="stable")
        total = np.concatenate([[0.0], np.cumsum(nothing[known][order])])
        seen = np.searchsorted(history.end[known][order], week[mine], side="left")
        everyone[mine] = total[seen] / np.maximum(seen, 1)
    return chance_beside(history, everyone)


def chance_beside(history: History, everyone: Floats) -> Floats:
    """Return the chance that each session sells nothing, given everybody's; shape (n,).

    >>> made = History(subject=np.zeros(2, dtype=np.int64), start=np.arange(2.0),
    ...                hours=np.ones(2), sold=np.array([0.0, np.nan]))
    >>> chance_beside(made, np.full(2, 0.4)).round(2).tolist()
    [0.4, 0.5]
    """
    nothing = (history.sold == 0).astype(np.float64)
    own, before = _so_far(history, nothing, history.single.astype(np.int64))
    return (own + WEIGHT * everyone) / (before + WEIGHT)


def with_nothing(above: Floats, chance: Floats, levels: Floats) -> Floats:
    """Return distributions that are nothing with a chance, and else as they are given.

    Args:
        above: quantiles where something is sold, shape (m, k); NaN where they are not known.
        chance: of nothing, shape (m,).
        levels: of those quantiles, shape (k,).

    Returns:
        Shape (m, 19); NaN where the quantile lies above nothing and that is not known.

    >>> with_nothing(np.array([[10.0, 20.0]]), np.array([0.52]), np.array([0.4, 0.6]))[0, 9:12]
    array([ 0., 10., 10.])
    """
    place = (LEVELS[None, :] - chance[:, None]) / np.maximum(1.0 - chance[:, None], 1e-12)
    at = np.clip(np.searchsorted(levels, place) - 1, 0, len(levels) - 2)
    share = np.clip((place - levels[at]) / (levels[at + 1] - levels[at]), 0.0, 1.0)
    low, high = np.take_along_axis(above, at, 1), np.take_along_axis(above, at + 1, 1)
    return np.where(place <= 0, 0.0, low + share * (high - low))


def _so_far(history: History, nothing: Floats, single: Ints) -> tuple[Floats, Floats]:
    """Return how many earlier sessions of its subject and kind sold nothing, and how many came."""
    count = np.zeros((2, len(history)))
    for kind in (0, 1):
        mine = (single == kind) & ~history.to_come
        for row, values in enumerate((nothing * mine, mine.astype(np.float64))):
            total = np.concatenate([[0.0], np.cumsum(values)])
            first = np.searchsorted(history.subject, history.subject, side="left")
            earlier = total[first + history.earlier()] - total[first]
            count[row] = np.where(single == kind, earlier, count[row])
    return count[0], count[1]
