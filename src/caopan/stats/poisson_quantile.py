"""Quantiles of Poisson counts, millions at once."""

from __future__ import annotations

import numpy as np
from scipy import special

from caopan.stats.arrays import Floats

EXACT_UP_TO = 100.0
"""The mean from which the expansion is within one count of the quantile: that is near enough."""


def poisson_quantile(mean: Floats, probability: Floats) -> Floats:
    """Return the smallest count that is not exceeded with a probability, the shape of both.

    A Cornish-Fisher expansion guesses it, and up to a mean of a hundred the distribution itself
    corrects the guess: the inverse that SciPy offers takes tens of times as long.

    Args:
        mean: >= 0, finite.
        probability: in (0, 1), broadcast against the mean.

    >>> poisson_quantile(np.array([0.1, 3.0, 400.0]), np.array([0.5, 0.5, 0.9])).tolist()
    [0.0, 3.0, 426.0]
    """
    z = special.ndtri(probability)
    root = np.sqrt(mean)
    skewed = mean + root * z + (z * z - 1.0) / 6.0
    bent = np.divide(z - z**3, 72.0 * root, out=np.zeros(np.shape(skewed)), where=mean > 1.0)
    count = np.maximum(np.ceil(skewed + bent - 0.5), 0.0)
    wanted = np.broadcast_to(probability, count.shape).ravel()
    flat, means = count.ravel(), np.broadcast_to(mean, count.shape).ravel()
    _corrected(flat, means, wanted)
    return np.asarray(flat.reshape(count.shape))


def _corrected(count: Floats, mean: Floats, probability: Floats) -> None:
    """Move every guess to the quantile, by one count a turn, down first and then up."""
    for step in (-1.0, 1.0):
        open_ = np.flatnonzero((mean < EXACT_UP_TO) & ((step > 0) | (count > 0)))
        while len(open_):
            tried = special.pdtr(count[open_] + min(step, 0.0), mean[open_])
            enough = tried >= probability[open_]
            open_ = open_[enough if step < 0 else ~enough]
            count[open_] += step
            open_ = open_[count[open_] > 0] if step < 0 else open_
