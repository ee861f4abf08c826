"""False alarms held down across many tests of one subject."""

from __future__ import annotations

import numpy as np

from caopan.stats.arrays import Bools, Floats


def discoveries(probabilities: Floats, *, rate: float, weights: Floats | None = None) -> Bools:
    """Return which tests of each row are discoveries (Benjamini-Hochberg).

    At most ``rate`` of the discoveries are expected to be false; where nothing is true, the chance
    of any discovery in a row is at most ``rate``.

    Args:
        probabilities: shape (n, m), p-values; NaN is a test that was not made.
        rate: ratio in (0, 1).
        weights: shape (m,), > 0: how much of the budget a test carries relative to the others
            (Genovese, Roeder and Wasserman 2006); equal where None. They are rescaled, row by
            row, to a mean of one over the tests that were made.

    Returns:
        shape (n, m).

    >>> discoveries(np.array([[0.001, 0.2, 0.04, np.nan]]), rate=0.1).tolist()
    [[True, False, True, False]]
    """
    made = ~np.isnan(probabilities)
    count = np.maximum(made.sum(axis=1, keepdims=True), 1)
    weighted = np.where(made, probabilities, np.inf)
    if weights is not None:
        total = (made * weights).sum(axis=1, keepdims=True)
        share = np.where(total > 0, total, 1.0) / (count * weights)
        weighted = np.where(made, weighted * share, np.inf)
    ordered = np.sort(weighted, axis=1)
    rank = np.arange(1, probabilities.shape[1] + 1)
    passing = ordered * count <= rank * rate
    last = np.where(passing, ordered, -np.inf).max(axis=1, keepdims=True, initial=-np.inf)
    return np.asarray(made & (weighted <= last))


def strict_discoveries(probabilities: Floats, *, rate: float) -> Bools:
    """Return the discoveries under any dependence of the tests (Benjamini-Yekutieli).

    Args:
        probabilities: shape (n, m), p-values; NaN is a test that was not made.
        rate: ratio in (0, 1).

    >>> strict_discoveries(np.array([[0.001, 0.2, 0.04]]), rate=0.1).tolist()
    [[True, False, False]]
    """
    count = (~np.isnan(probabilities)).sum(axis=1, keepdims=True)
    harmonic = np.concatenate([[1.0], np.cumsum(1.0 / np.arange(1, count.max(initial=1) + 1))])
    return discoveries(probabilities * harmonic[count], rate=rate)
