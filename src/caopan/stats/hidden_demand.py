"""What was asked for after the stock was gone (缺货后的需求): the part of demand nobody sees."""

from __future__ import annotations

import numpy as np
from scipy import special

from caopan.stats.arrays import Floats
from caopan.stats.poisson_quantile import poisson_quantile


def expected_hidden(count: Floats, seen: Floats, unseen: Floats, shape: float | Floats) -> Floats:
    """Return the units expected to have been asked for after the stock was gone.

    What was sold until then says how lucky the session was, and how lucky it was counts for the
    rest: gamma-Poisson. With a shape of nothing the rest goes on at the rate seen (exposure
    scaling), with an endless one at the rate expected beforehand.

    Args:
        count: units sold while there was stock, >= 0.
        seen: units expected beforehand in that time, > 0.
        unseen: units expected beforehand in the rest, >= 0.
        shape: of the sessions' luck, >= 0.

    >>> some = np.array([6.0])
    >>> [expected_hidden(some, some / 2, some, one).tolist() for one in (0.0, 3.0, 1e9)]
    [[12.0], [9.0], [6.000000018]]
    """
    return np.asarray(unseen * (shape + count) / (shape + seen))


def drawn_hidden(count: Floats, seen: Floats, unseen: Floats, shape: float,
                 rng: np.random.Generator) -> Floats:
    """Return one draw of those units: a distribution filled up with means would be too narrow.

    >>> some = np.full(4_000, 6.0)
    >>> drawn = drawn_hidden(some, some / 2, some, 3.0, np.random.default_rng(1))
    >>> bool(8.7 < drawn.mean() < 9.3), bool(drawn.var() > 15.0)
    (True, True)
    """
    luck = rng.gamma(shape + count, 1.0 / (shape + seen))
    return rng.poisson(unseen * luck).astype(np.float64)


def drawn_beyond(count: Floats, mean: Floats, shape: float, rng: np.random.Generator) -> Floats:
    """Return a draw of demand that was no less than the count, gone at an unknown moment.

    >>> few = np.full(1_000, 4.0)
    >>> drawn = drawn_beyond(few, few, 5.0, np.random.default_rng(1))
    >>> bool(drawn.min() == 4.0), bool(5.5 < drawn.mean() < 6.8)
    (True, True)
    """
    # luck given that demand reached the count, from equally likely ones; then the count itself
    levels = (np.arange(40) + 0.5) / 40
    luck = special.gammaincinv(shape, levels) / shape
    rates = np.maximum(mean, 1e-12)[:, None] * luck[None, :]
    least = np.maximum(count, 0.0)[:, None]
    reach = np.where(least > 0, special.gammainc(np.maximum(least, 1e-9), rates), 1.0)
    reach = np.maximum(reach, 1e-300)
    places = np.cumsum(reach, axis=1) / reach.sum(axis=1, keepdims=True)
    chosen = np.minimum((rng.random(len(count))[:, None] > places).sum(axis=1), len(levels) - 1)
    rows = np.arange(len(count))
    rate, reached = rates[rows, chosen], reach[rows, chosen]
    probability = 1.0 - reached * (1.0 - rng.random(len(count)))
    found = poisson_quantile(rate, np.clip(probability, 1e-12, 1.0 - 1e-12))
    return np.asarray(np.maximum(found, count))
