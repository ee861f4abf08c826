from __future__ import annotations

import numpy as np
from scipy import stats

from caopan.stats.poisson_quantile import EXACT_UP_TO, poisson_quantile


def test_quantiles_are_those_of_scipy() -> None:
    rng = np.random.default_rng(2)
    mean = np.concatenate([rng.uniform(0.001, 3.0, 2_000), rng.lognormal(3.0, 2.0, 2_000)])
    probability = rng.uniform(0.001, 0.999, 4_000)

    found, true = poisson_quantile(mean, probability), stats.poisson.ppf(probability, mean)

    exact = mean < EXACT_UP_TO
    np.testing.assert_array_equal(found[exact], true[exact])
    assert np.abs(found - true).max() <= 1.0
    assert (found != true).mean() < 0.01


def test_of_nothing_comes_nothing() -> None:
    assert poisson_quantile(np.zeros(1), np.array([0.99])).tolist() == [0.0]


def test_one_mean_meets_many_probabilities() -> None:
    found = poisson_quantile(np.array([[2.0], [5.0]]), np.array([[0.1, 0.5, 0.9]]))

    assert found.tolist() == [[0.0, 2.0, 4.0], [2.0, 5.0, 8.0]]
