"""What a rule would have said of each session before it, with the range it had earned by then."""

from __future__ import annotations

import numpy as np

from caopan.forecast.history import History
from caopan.forecast.rules import mean_so_far
from caopan.stats.arrays import Bools, Floats, Ints
from caopan.stats.conformal import spreads

REFIT_DAYS = 7.0
"""Ranges are learnt anew each week."""
LEAST = 50
"""Misses a range is learnt from; a kind of case with fewer learns from all."""
KEEL = 0.2
"""This share of what a subject usually sells is added to both sides of a miss."""
HISTORY_FROM: tuple[int, ...] = (5, 12, 32)
"""Where the bins of history length begin: under 5 sessions, 5–11, 12–31, 32 and more."""


def bins(history: History) -> Ints:
    """Return the bin of history length of each session, shape (n,).

    >>> bins(History(subject=np.zeros(6, dtype=np.int64), start=np.arange(6.0), hours=np.ones(6),
    ...              sold=np.ones(6))).tolist()
    [0, 0, 0, 0, 0, 1]
    """
    return np.searchsorted(np.array(HISTORY_FROM), history.earlier(), side="right").astype(np.int64)


def distributions(history: History, points: Floats, asked: Bools, *, begin: float) -> Floats:
    """Return the distribution of each asked session as it would have been told then.

    A point's misses are log ratios of what came to what was said: an amount never falls below
    zero, and where sessions sold nothing there is mass at zero. To both sides a fifth of what the
    subject usually sells is added: else a point near nothing, after a few shows of one product,
    makes ratios of a thousand, and the ranges of everyone suffer. The range of a session comes
    from the misses known when its week began.

    Args:
        history: all sessions.
        points: what a rule says of each, shape (n,); NaN where it says nothing.
        asked: which sessions are asked about, shape (n,).
        begin: the instant at which the first week begins, days since 1970-01-01.

    Returns:
        Shape (asked, 19), the quantiles of ``stats.quantiles.LEVELS``; NaN where nothing can be
        said.
    """
    keel = KEEL * np.fmax(np.nan_to_num(mean_so_far(history)), points)
    with np.errstate(divide="ignore", invalid="ignore"):
        misses = np.log((history.sold + keel) / (points + keel))
    misses[~(points + keel > 0)] = np.nan
    week = begin + np.floor((history.start - begin) / REFIT_DAYS) * REFIT_DAYS
    kind = bins(history)
    learnt = spreads(misses, history.end, kind, week[asked], kind[asked], least=LEAST)
    said = (points + keel)[asked, None] * np.exp(learnt) - keel[asked, None]
    return np.asarray(np.maximum(said, 0.0))
