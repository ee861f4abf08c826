"""What is told of sessions to come, and what was told of those known before they began."""

from __future__ import annotations

import numpy as np

from caopan.forecast.history import History
from caopan.forecast.outlook import AVERAGE, By, Outlook, learnt_and_told, told_by
from caopan.forecast.rules import median_lately, rate_and_hours
from caopan.stats.arrays import Floats
from caopan.stats.quantiles import MIDDLE


def told_before(history: History, rng: np.random.Generator, *, by: By) -> tuple[Outlook, Floats]:
    """Return what is told of sessions to come, and the middle forecast of each session, (n,).

    That of a known session is told from what was known in the week before it: rate × hours where
    hours are planned, else the median of the last five; the average of the models where they were
    asked and had earned a place by then. One walk through the weeks tells both.

    Args:
        history: known sessions, and those to come.
        rng: as ``outlook`` takes it.
        by: the rule alone, or the models too: these take their time.

    Returns:
        The outlook, and the middles, NaN where nothing could be told.

    >>> made = History(subject=np.zeros(3, dtype=np.int64), start=np.arange(3.0),
    ...                hours=np.array([1.0, 1.0, 2.0]), sold=np.array([4.0, 4.0, np.nan]))
    >>> told_before(made, np.random.default_rng(1), by=By.RULE)[1].tolist()
    [nan, 4.0, 8.0]
    """
    planned = np.isfinite(history.hours) & (history.hours > 0)
    points = np.where(planned, rate_and_hours(history), median_lately(history))
    known = np.flatnonzero(~history.to_come)
    learnt, before = learnt_and_told(history.where(~history.to_come), rng, by=by)
    averaged = np.isfinite(before)
    points[known[averaged]] = before[averaged]
    found = told_by(learnt, history)
    joined = np.array([rule == AVERAGE for rule in found.rule], dtype=np.bool_)
    points[found.row[joined]] = found.quantiles[joined, MIDDLE]
    return found, points
