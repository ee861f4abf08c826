"""The rules that operators go by (经验法则), and the one that a forecast begins with."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from caopan.forecast.history import History
from caopan.stats.arrays import Floats, divided

LATELY = 5
"""Sessions looked back upon: with fewer one of them decides, with more the trend is lost."""
MEMORIES: dict[str, int] = {"rate_hours": LATELY, "rate_8": 8, "rate_12": 12, "rate_20": 20,
                            "rate_32": 32}
"""The same for hosts that are steadier: a longer memory scatters less, and sees a turn later."""
Rule = Callable[[History], Floats]
"""What a rule says of every session from the earlier ones of its subject; NaN without any."""


def last_session(history: History) -> Floats:
    """Return what the session before sold.

    >>> from caopan.forecast.rules import last_session
    >>> last_session(History(subject=np.array([0, 0]), start=np.array([1.0, 2.0]),
    ...                      hours=np.ones(2), sold=np.array([5.0, 6.0]))).tolist()
    [nan, 5.0]
    """
    return history.lately(history.sold, 1)[:, 0]


def median_lately(history: History) -> Floats:
    """Return the median of the last five sessions: the habit a forecast has to beat.

    >>> median_lately(History(subject=np.zeros(3, dtype=np.int64), start=np.arange(3.0),
    ...                       hours=np.ones(3), sold=np.array([1.0, 3.0, 9.0]))).tolist()
    [nan, 1.0, 2.0]
    """
    return median_of(history.lately(history.sold, LATELY))


def mean_so_far(history: History) -> Floats:
    """Return the mean of all earlier sessions.

    >>> mean_so_far(History(subject=np.array([0, 0, 0, 1]), start=np.arange(4.0),
    ...                     hours=np.ones(4), sold=np.array([1.0, 3.0, 9.0, 5.0]))).tolist()
    [nan, 1.0, 2.0, nan]
    """
    earlier = history.earlier()
    before = np.concatenate([[0.0], np.cumsum(np.nan_to_num(history.sold))])
    first = np.searchsorted(history.subject, history.subject, side="left")
    return divided(before[first + earlier] - before[first], earlier.astype(np.float64))


def rate_and_hours(history: History, *, most: int = LATELY) -> Floats:
    """Return the median rate an hour of the last sessions, five unless said, times the hours.

    On real sessions the plan is the signal: this rule takes a third off the miss of the median
    of five, and is the default until a richer model earns its place. Sessions whose hours are
    not known say nothing of the rate; where the plan has none the median of five stands in. The
    rate is one of shows alike: a show of one product is told from others of one product, and any
    other show not from those; a host without such a show is told from all.

    >>> rate_and_hours(History(subject=np.zeros(2, dtype=np.int64), start=np.arange(2.0),
    ...                        hours=np.array([2.0, 3.0]), sold=np.array([8.0, 1.0]))).tolist()
    [nan, 12.0]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.where(history.ran > 0, history.sold / history.ran, np.nan)
    usual = median_of(history.lately(rate, most))
    if history.single.any():
        alike = median_of(history.lately(rate, most, like=history.single.astype(np.int64)))
        usual = np.where(np.isfinite(alike), alike, usual)
    planned = usual * history.hours
    return np.where(np.isfinite(planned), planned, median_lately(history))


RULES: dict[str, Rule] = {
    "rate_hours": rate_and_hours,
    "last_session": last_session,
    "median_5": median_lately,
    "mean_so_far": mean_so_far,
}


def median_of(values: Floats) -> Floats:
    """Return the median of each row without its NaN; NaN where there is nothing else.

    >>> median_of(np.array([[1.0, 3.0, np.nan], [np.nan] * 3])).tolist()
    [2.0, nan]
    """
    ordered, known = np.sort(values, axis=1), np.isfinite(values).sum(axis=1)
    row = np.arange(len(values))
    low, high = (ordered[row, np.minimum(at, values.shape[1] - 1)]
                 for at in (np.maximum(known - 1, 0) // 2, known // 2))
    return np.asarray(np.where(known > 0, (low + high) / 2.0, np.nan))
