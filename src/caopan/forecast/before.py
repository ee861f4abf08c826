"""What was told of sessions before they began, to compare with what came of them."""

from __future__ import annotations

import numpy as np

from caopan.forecast.average import DEFAULT, joined
from caopan.forecast.history import History
from caopan.forecast.members import walked
from caopan.forecast.outlook import CALIBRATING_DAYS, By, scored_since
from caopan.forecast.prequential import weeks_of
from caopan.forecast.rules import median_lately, rate_and_hours
from caopan.stats.arrays import Floats
from caopan.stats.quantiles import MIDDLE


def told_before(history: History, *, by: By) -> Floats:
    """Return the middle forecast of each session from what was known in the week before it.

    Rate × hours where hours are planned, else the median of the last five; the average of the
    models where they were asked and had earned a place by then.

    Args:
        history: known sessions, and those to come.
        by: the rule alone, or the models too: these take their time.

    Returns:
        Shape (n,), NaN where nothing could be told.

    >>> made = History(subject=np.zeros(3, dtype=np.int64), start=np.arange(3.0),
    ...                hours=np.array([1.0, 1.0, 2.0]), sold=np.array([4.0, 4.0, np.nan]))
    >>> told_before(made, by=By.RULE).tolist()
    [nan, 4.0, 8.0]
    """
    planned = np.isfinite(history.hours) & (history.hours > 0)
    points = np.where(planned, rate_and_hours(history), median_lately(history))
    known = history.where(~history.to_come)
    since = scored_since(known) if by is By.MODELS else None
    if since is None:
        return points
    begin = float(known.end.max()) + 1e-6
    rows = planned & (history.to_come | (history.start >= since))
    walk = walked(history, rows, begin=begin, warm=since - CALIBRATING_DAYS)
    made = joined(walk.told, history, rows, weeks_of(history, begin))
    averaged = np.isfinite(made.quantiles[:, MIDDLE]) & (made.weights[DEFAULT] < 1.0)
    points[np.flatnonzero(rows)[averaged]] = made.quantiles[averaged, MIDDLE]
    return points
