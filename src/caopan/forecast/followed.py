"""Distributions that follow what came before (自适应校准): as sure as they proved to be."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from caopan.forecast.history import History
from caopan.stats.adaptive import Fallen, places, read_at
from caopan.stats.arrays import Bools, Floats


def followed(quantiles: Floats, history: History, asked: Bools, week: Floats) -> Floats:
    """Return the distributions read at levels that follow what came before each week.

    An average of ranges is wider than each of them, and the world drifts: week by week the
    average is read at the levels that as many of the latest sessions fell below as each quantile
    says. Shows of one product are a class of their own and stay as they are.

    Args:
        quantiles: of the asked sessions, shape (m, 19); NaN where nothing is told.
        history: all sessions.
        asked: which were asked about, shape (n,).
        week: shape (n,), the instant before which a miss must be known to count.
    """
    mine, own = _told(quantiles, history, asked), week[asked]
    made, weeks = quantiles.copy(), np.unique(own[mine])
    for begins, levels in zip(weeks, _levels(quantiles, history, asked, weeks), strict=True):
        now = mine & (own == begins)
        made[now] = read_at(quantiles[now], levels)
    return made


def levels_at(quantiles: Floats, history: History, asked: Bools, week: Floats, *,
              until: float) -> Floats:
    """Return the levels that distributions are to be read at from an instant on, shape (19,).

    >>> levels_at(np.zeros((0, 19)), History(subject=np.zeros(0, dtype=np.int64),
    ...           start=np.zeros(0), hours=np.zeros(0), sold=np.zeros(0)),
    ...           np.zeros(0, dtype=np.bool_), np.zeros(0), until=1.0)[9].tolist()
    0.5
    """
    weeks = np.unique(week[asked][_told(quantiles, history, asked)])
    return list(_levels(quantiles, history, asked, np.array([*weeks[weeks < until], until])))[-1]


def _levels(quantiles: Floats, history: History, asked: Bools,
            weeks: Floats) -> Iterator[Floats]:
    """Yield the levels of each week, from what was known when it began."""
    sold, end = history.sold[asked], history.end[asked]
    known = _told(quantiles, history, asked) & np.isfinite(sold)
    low, high = np.zeros(len(sold)), np.zeros(len(sold))
    low[known], high[known] = places(sold[known], quantiles[known])
    fallen, since = Fallen.none(), -np.inf
    for begins in weeks:
        came = known & (end >= since) & (end < begins)
        went_by = float(begins) - since if np.isfinite(since) else 0.0
        fallen = fallen.and_then(low[came], high[came], ago=begins - end[came], since=went_by)
        since = float(begins)
        yield fallen.levels()


def _told(quantiles: Floats, history: History, asked: Bools) -> Bools:
    return np.asarray(np.isfinite(quantiles).all(axis=1) & ~history.single[asked])
