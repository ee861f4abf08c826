"""Distributions that follow what came before (自适应校准): as sure as they proved to be."""

from __future__ import annotations

import numpy as np

from caopan.forecast.history import History
from caopan.stats.adaptive import places, read_at, stepped
from caopan.stats.arrays import Bools, Floats
from caopan.stats.quantiles import LEVELS


def followed(quantiles: Floats, history: History, asked: Bools, week: Floats) -> Floats:
    """Return the distributions read at levels that follow what came before each week.

    An average of ranges is wider than each of them, and the world drifts: week by week the levels
    move until as many sessions fall below each quantile as it says. Shows of one product are a
    class of their own and stay as they are.

    Args:
        quantiles: of the asked sessions, shape (m, 19); NaN where nothing is told.
        history: all sessions.
        asked: which were asked about, shape (n,).
        week: shape (n,), the instant before which a miss must be known to count.
    """
    sold, end, others = history.sold[asked], history.end[asked], ~history.single[asked]
    week = week[asked]
    mine = np.isfinite(quantiles).all(axis=1) & others
    known = mine & np.isfinite(sold)
    low, high = np.zeros(len(sold)), np.zeros(len(sold))
    low[known], high[known] = places(sold[known], quantiles[known])
    made, levels, since = quantiles.copy(), LEVELS, -np.inf
    for begins in np.unique(week[mine]):
        came = known & (end >= since) & (end < begins)
        levels, since = stepped(levels, low[came], high[came]), begins
        now = mine & (week == begins)
        made[now] = read_at(quantiles[now], levels)
    return made
