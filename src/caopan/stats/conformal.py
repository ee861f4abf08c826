"""Conformal distributions: how far things fell from a point before is how far they may fall now."""

from __future__ import annotations

import numpy as np

from caopan.stats.arrays import Floats, Ints
from caopan.stats.quantiles import CLOSE, LEVELS


def spread(scores: Floats) -> Floats:
    """Return the nineteen quantiles that a new score has, given earlier ones; shape (19,).

    A new score falls below the k-th of n earlier ones with probability k / (n + 1) whatever the
    distribution, if they are exchangeable (Vovk et al. 2005); in between it is interpolated, and
    beyond the outermost earlier score nothing is known, so that one stands. Scores may be minus
    infinity.

    Args:
        scores: shape (n,), n >= 1, no NaN.

    >>> spread(np.arange(1.0, 20.0)).tolist()[:3]
    [1.0, 2.0, 3.0]
    """
    known = np.sort(scores)
    place = np.clip(LEVELS * (len(known) + 1) - 1.0, 0.0, len(known) - 1.0)
    below = np.floor(place + CLOSE).astype(np.int64)
    above = np.minimum(below + 1, len(known) - 1)
    share = np.maximum(place - below, 0.0)
    low, high = known[below], known[above]
    with np.errstate(invalid="ignore"):  # between minus infinity and anything there is no step
        step = np.where((share < CLOSE) | np.isneginf(low), 0.0, high - low)
    return np.asarray(low + step * share)


def spreads(scores: Floats, when: Floats, group: Ints, asked: Floats, asked_group: Ints, *,
            least: int) -> Floats:
    """Return the nineteen quantiles of each asked score from the scores known by then.

    Each group learns from its own scores (Mondrian conformal prediction); one with fewer than
    ``least`` of them learns from all.

    Args:
        scores: shape (n,), NaN where there is none.
        when: shape (n,), from when on each score is known.
        group: shape (n,), the kind of case each score belongs to.
        asked: shape (m,), the instant of each question; only scores from before it count.
        asked_group: shape (m,), its kind.
        least: how many scores a group needs, and all together: below it the row is NaN.

    >>> scores, days = np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 3.0])
    >>> one = np.zeros(3, dtype=np.int64)
    >>> spreads(scores, days, one, np.array([2.5]), one[:1], least=2)[0, [0, 9]].tolist()
    [1.0, 1.5]
    """
    found = np.full((len(asked), len(LEVELS)), np.nan)
    known = np.isfinite(scores) | np.isneginf(scores)
    pairs, place = np.unique(np.stack([asked, asked_group.astype(np.float64)], axis=1), axis=0,
                             return_inverse=True)
    for number, (instant, kind) in enumerate(pairs):
        past = known & (when < instant)
        own = past & (group == int(kind))
        pool = own if own.sum() >= least else past
        if pool.sum() >= least:
            found[place.ravel() == number] = spread(scores[pool])
    return found
