"""What a rule would have said of each session before it, with the range it had earned by then."""

from __future__ import annotations

import numpy as np

from caopan.forecast.history import History
from caopan.forecast.nothing import chance_of_nothing, with_nothing
from caopan.forecast.rules import LATELY, mean_so_far
from caopan.stats.arrays import Bools, Floats, Ints, divided
from caopan.stats.conformal import spreads
from caopan.stats.quantiles import MIDDLE

REFIT_DAYS = 7.0
"""Ranges are learnt anew each week."""
LEAST = 50
"""Misses a range is learnt from; a kind of case with fewer learns from all."""
KEEL = 0.2
"""This share of what a subject usually sells is added to both sides of a miss."""
FINE: Floats = np.arange(1, 100) / 100
"""The quantiles that misses are told by before the chance of nothing thins them out."""
HISTORY_FROM: tuple[int, ...] = (5, 12, 32)
"""Where the bins of history length begin: under 5 sessions, 5–11, 12–31, 32 and more."""
BINS = len(HISTORY_FROM) + 1


def bins(history: History) -> Ints:
    """Return the bin of history length of each session, shape (n,).

    >>> bins(History(subject=np.zeros(6, dtype=np.int64), start=np.arange(6.0), hours=np.ones(6),
    ...              sold=np.ones(6))).tolist()
    [0, 0, 0, 0, 0, 1]
    """
    return np.searchsorted(np.array(HISTORY_FROM), history.earlier(), side="right").astype(np.int64)


def weeks_of(history: History, begin: float) -> Floats:
    """Return when the week of each session begins: what is known by then may be learnt from.

    Sessions to come are told from all that is known: their week is the one of ``begin``.

    >>> weeks_of(History(subject=np.zeros(2, dtype=np.int64), start=np.array([1.0, 9.0]),
    ...                  hours=np.ones(2), sold=np.ones(2)), 2.0).tolist()
    [-5.0, 9.0]
    """
    week = begin + np.floor((history.start - begin) / REFIT_DAYS) * REFIT_DAYS
    return np.where(history.to_come, begin, week)


def distributions(history: History, points: Floats, asked: Bools, *, begin: float,
                  unsure: Floats | None = None, fewest: int = LEAST) -> Floats:
    """Return the distribution of each asked session as it would have been told then.

    The chance that nothing is sold is mass at zero (``forecast.nothing``). Above it the misses of
    sessions that sold something count: log ratios of what came to what was said. To both sides a
    fifth of what the subject usually sells is added: else a point near nothing makes ratios of a
    thousand, and the ranges of everyone suffer. The range of a session comes from the misses
    known when its week began: of hosts with as long a history, else of all; shows of one product
    learn from each other, and the others not from them.

    Args:
        history: all sessions.
        points: what a rule says of each, shape (n,); NaN where it says nothing.
        asked: which sessions are asked about, shape (n,).
        begin: the instant at which the first week begins, days since 1970-01-01.
        unsure: the error of a plan that each session is given, shape (n,), log ratio of the hours
            that came to those planned; None: of none.
        fewest: misses without which nothing is said.

    Returns:
        Shape (asked, 19), the quantiles of ``stats.quantiles.LEVELS``; NaN where nothing can be
        said.
    """
    week = weeks_of(history, begin)
    kinds = kinds_of(history)
    learnt = spreads(misses(history, points, unsure=unsure), history.end, kinds, week[asked],
                     [kind[asked] for kind in kinds], least=LEAST, fewest=fewest, levels=FINE)
    return around(history, points, asked, learnt, chance_of_nothing(history, week))


def misses(history: History, points: Floats, *, unsure: Floats | None = None) -> Floats:
    """Return the log ratio of what came to what was said, both with their keel, shape (n,).

    NaN where nothing came, or nothing was said.

    >>> made = History(subject=np.zeros(2, dtype=np.int64), start=np.arange(2.0),
    ...                hours=np.ones(2), sold=np.array([4.0, 4.0]))
    >>> misses(made, np.array([np.nan, 4.0])).tolist()
    [nan, 0.0]
    """
    said_then = points if unsure is None else points * np.exp(-unsure)
    keel = KEEL * np.fmax(np.nan_to_num(_usual(history)), said_then)
    with np.errstate(divide="ignore", invalid="ignore"):
        missed = np.log((history.sold + keel) / (said_then + keel))
    missed[~(said_then + keel > 0) | (history.sold == 0)] = np.nan
    return np.asarray(missed)


def kinds_of(history: History) -> list[Ints]:
    """Return the kinds of case a range is learnt by, from narrow to wide, each shape (n,).

    >>> made = History(subject=np.zeros(1, dtype=np.int64), start=np.zeros(1), hours=np.ones(1),
    ...                sold=np.ones(1), products=np.ones(1))
    >>> [kind.tolist() for kind in kinds_of(made)]
    [[4], [1]]
    """
    single = history.single.astype(np.int64)
    return [bins(history) + BINS * single, single]


def around(history: History, points: Floats, asked: Bools, learnt: Floats,
           nothing: Floats) -> Floats:
    """Return distributions about points, from the quantiles of misses learnt for each.

    Args:
        history: all sessions.
        points: what a rule says of each, shape (n,).
        asked: which are asked about, shape (n,).
        learnt: the misses of the asked, shape (asked, 99).
        nothing: the chance that each session sells nothing, shape (n,).

    >>> made = History(subject=np.zeros(1, dtype=np.int64), start=np.zeros(1), hours=np.ones(1),
    ...                sold=np.array([np.nan]))
    >>> around(made, np.array([3.0]), made.to_come, np.zeros((1, 99)), np.zeros(1))[0, 9].tolist()
    3.0
    """
    keel = KEEL * np.fmax(np.nan_to_num(_usual(history)), points)
    said = (points + keel)[asked, None] * np.exp(learnt) - keel[asked, None]
    return with_nothing(np.maximum(said, 0.0), nothing[asked], FINE)


def with_middle(quantiles: Floats, points: Floats) -> Floats:
    """Return distributions whose middle is what a rule says; their ends stand where they were.

    Earlier misses say how wide a range is. That their middle is not nothing is taken for chance:
    what stands between the point and where the middle was becomes the point.

    Args:
        quantiles: shape (m, 19), ascending; NaN stays NaN.
        points: what the rule says, shape (m,); NaN leaves a distribution as it is.

    >>> with_middle(np.arange(1.0, 20.0)[None, :], np.array([12.0]))[0, [0, 8, 9, 10, 18]].tolist()
    [1.0, 9.0, 12.0, 12.0, 19.0]
    """
    middle = quantiles[:, MIDDLE]
    said = np.where(np.isfinite(points) & np.isfinite(middle), points, middle)[:, None]
    return np.concatenate([np.minimum(quantiles[:, :MIDDLE], said), said,
                           np.maximum(quantiles[:, MIDDLE + 1:], said)], axis=1)


def _usual(history: History) -> Floats:
    """Return what a show of its kind usually sells: the mean of those before it."""
    usual = mean_so_far(history)
    if not history.single.any():
        return usual
    alike = history.lately(history.sold, LATELY, like=history.single.astype(np.int64))
    there = np.isfinite(alike).sum(axis=1)
    own = divided(np.nansum(alike, axis=1), there.astype(np.float64))
    return np.where(history.single & (there > 0), own, usual)
