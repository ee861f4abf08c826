"""Exact chances for counts: binomial and hypergeometric."""

from __future__ import annotations

import numpy as np
from scipy import special

from caopan.stats.arrays import Floats

NO_LESS_LIKELY = 1e-7
"""Two tables whose chances differ by less than this share are equally likely."""


def chance_of_at_most(successes: int, trials: int, rate: float) -> float:
    """Return the chance of at most so many successes at an unchanged rate.

    >>> round(chance_of_at_most(1, 20, 0.1), 2)
    0.39
    """
    return float(special.bdtr(successes, trials, rate))


def chance_of_at_least(successes: int, trials: int, rate: float) -> float:
    """Return the chance of at least so many successes at an unchanged rate.

    >>> round(chance_of_at_least(1, 20, 0.1), 3)
    0.878
    """
    return float(special.bdtrc(successes - 1, trials, rate)) if successes > 0 else 1.0


def fisher_probability(first: tuple[int, int], second: tuple[int, int]) -> float:
    """Return the two-sided exact p-value that two rates are one (Fisher).

    Each side is (successes, trials) with 0 <= successes <= trials.

    >>> round(fisher_probability((10, 100), (1, 20)), 2)
    0.69
    """
    total, bought = first[1] + second[1], first[0] + second[0]
    least = max(0, bought - first[1])
    many = np.arange(least, min(bought, second[1]) + 1, dtype=np.float64)
    logs = _log_choose(second[1], many) + _log_choose(first[1], bought - many)
    chances = np.exp(logs - _log_choose(total, np.array(float(bought))))
    own = chances[second[0] - least]
    return float(min(chances[chances <= own * (1.0 + NO_LESS_LIKELY)].sum(), 1.0))


def _log_choose(size: int, taken: Floats) -> Floats:
    """Return the logarithm of the binomial coefficient."""
    left = special.gammaln(taken + 1.0) + special.gammaln(size - taken + 1.0)
    return np.asarray(special.gammaln(size + 1.0) - left, dtype=np.float64)


def rate_interval(successes: int, trials: int, *, level: float) -> tuple[float, float]:
    """Return the exact (Clopper-Pearson) range of a rate; ratios in [0, 1], trials >= 1.

    >>> [round(end, 4) for end in rate_interval(1, 20, level=0.8)]
    [0.0053, 0.181]
    """
    tail = (1.0 - level) / 2.0
    low = special.betaincinv(successes, trials - successes + 1, tail) if successes else 0.0
    misses = trials - successes
    high = special.betaincinv(successes + 1, misses, 1.0 - tail) if misses else 1.0
    return float(low), float(high)
