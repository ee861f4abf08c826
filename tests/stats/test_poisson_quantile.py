from __future__ import annotations

import numpy as np
from scipy import stats

from caopan.stats.poisson_quantile import poisson_quantile


def test_quantiles_are_those_of_scipy() -> None:
    rng = np.random.default_rng(2)
    mean = np.concatenate([rng.uniform(0.001, 3.0, 2_000), rng.lognormal(3.0, 2.0, 2_000)])
    probability = rng.uniform(0.001, 0.999, 4_000)

    np.testing.assert_array_equal(poisson_quantile(mean, probability),
                                  stats.poisson.ppf(probability, mean))


def test_of_nothing_comes_nothing() -> None:
    assert poisson_quantile(np.zeros(1), np.array([0.99])).tolist() == [0.0]
