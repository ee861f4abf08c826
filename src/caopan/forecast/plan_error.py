"""How far sessions run over or under the hours that were planned (计划误差)."""

from __future__ import annotations

import numpy as np

from caopan.forecast.history import History
from caopan.stats.arrays import Floats

FEWEST_KEPT = 10
"""Sessions with a kept plan below which nothing is known of its error."""


def plan_errors(history: History) -> Floats:
    """Return the log ratio of the hours that came to those planned, of sessions with both.

    >>> made = History(subject=np.zeros(2, dtype=np.int64), start=np.arange(2.0),
    ...                hours=np.array([2.0, 2.0]), lasted=np.array([2.0, 1.0]), sold=np.ones(2),
    ...                kept=np.array([True, False]))
    >>> plan_errors(made).tolist()
    [0.0]
    """
    if history.kept is None or history.lasted is None:
        return np.zeros(0)
    both = history.kept & ~history.to_come & (history.lasted > 0) & (history.hours > 0)
    return np.log(history.lasted[both] / history.hours[both])


def carried(history: History, rng: np.random.Generator) -> Floats | None:
    """Return what each miss would have been of besides, had its session been planned.

    A miss of a session with a kept plan holds the plan's error already. One that was told from
    the hours as they came does not: it is given the error of a session that had a plan, drawn by
    chance. None where too few plans were kept to know their error.
    """
    errors = plan_errors(history)
    if len(errors) < FEWEST_KEPT or history.kept is None:
        return None
    unsure = np.zeros(len(history))
    known = ~history.to_come  # what is to come changes no draw
    unsure[known] = rng.choice(errors, size=int(known.sum()))
    return np.where(history.kept, 0.0, unsure)
