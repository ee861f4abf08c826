"""Conformal distributions: how far things fell from a point before is how far they may fall now."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from caopan.stats.arrays import Floats, Ints
from caopan.stats.quantiles import CLOSE, LEVELS


def spread(scores: Floats, levels: Floats = LEVELS) -> Floats:
    """Return the quantiles that a new score has, given earlier ones; nineteen unless said.

    A new score falls below the k-th of n earlier ones with probability k / (n + 1) whatever the
    distribution, if they are exchangeable (Vovk et al. 2005); in between it is interpolated, and
    beyond the outermost earlier score nothing is known, so that one stands. Scores may be minus
    infinity.

    Args:
        scores: shape (n,), n >= 1, no NaN.
        levels: shape (k,), in (0, 1).

    >>> spread(np.arange(1.0, 20.0)).tolist()[:3]
    [1.0, 2.0, 3.0]
    """
    known = np.sort(scores)
    place = np.clip(levels * (len(known) + 1) - 1.0, 0.0, len(known) - 1.0)
    below = np.floor(place + CLOSE).astype(np.int64)
    above = np.minimum(below + 1, len(known) - 1)
    share = np.maximum(place - below, 0.0)
    low, high = known[below], known[above]
    with np.errstate(invalid="ignore"):  # between minus infinity and anything there is no step
        step = np.where((share < CLOSE) | np.isneginf(low), 0.0, high - low)
    return np.asarray(low + step * share)


def spreads(scores: Floats, when: Floats, groups: Sequence[Ints], asked: Floats,
            asked_groups: Sequence[Ints], *, least: int, fewest: int | None = None,
            levels: Floats = LEVELS) -> Floats:
    """Return the quantiles of each asked score from the scores known by then.

    Each group learns from its own scores (Mondrian conformal prediction); one with fewer than
    ``least`` of them from its next wider group, and at last from all.

    Args:
        scores: shape (n,), NaN where there is none.
        when: shape (n,), from when on each score is known.
        groups: the kinds of case each score belongs to, each shape (n,), from narrow to wide.
        asked: shape (m,), the instant of each question; only scores from before it count.
        asked_groups: its kinds, each shape (m,).
        least: how many scores a group needs.
        fewest: how many all together need, below it the row is NaN; None: as many as a group.
        levels: of the quantiles, shape (k,).

    Returns:
        Shape (m, k).

    >>> scores, days = np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 3.0])
    >>> one = np.zeros(3, dtype=np.int64)
    >>> spreads(scores, days, [one], np.array([2.5]), [one[:1]], least=2)[0, [0, 9]].tolist()
    [1.0, 1.5]
    """
    fewest = least if fewest is None else fewest
    found = np.full((len(asked), len(levels)), np.nan)
    known = np.isfinite(scores) | np.isneginf(scores)
    cases, place = np.unique(np.stack([asked, *map(_floats, asked_groups)], axis=1), axis=0,
                             return_inverse=True)
    for number, (instant, *kinds) in enumerate(cases):
        past = known & (when < instant)
        pools = (past & (group == int(kind)) for group, kind in zip(groups, kinds, strict=True))
        pool = next((pool for pool in pools if pool.sum() >= least), past)
        if pool.sum() >= fewest:
            found[place.ravel() == number] = spread(scores[pool], levels)
    return found


def _floats(group: Ints) -> Floats:
    return group.astype(np.float64)
