from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from caopan.stats.contrast import CAUTIOUS, alone, contrast
from caopan.stats.persistence import LARGEST, USUAL, inflation, persistence
from caopan.stats.ratio_error import LogRatio
from caopan.stats.student import t_probability, t_quantile


def side(log: float, scatter: float, count: float, floor: float = 0.0,
         excess: float = 0.0) -> LogRatio:
    return LogRatio(log=np.array([log]), scatter=np.array([scatter]), floor=np.array([floor]),
                    count=np.array([count]), excess=np.array([excess]), influence=np.zeros(0))


def test_two_equal_scatters_give_the_pooled_t_test() -> None:
    made = contrast(side(0.0, 0.25, 10), side(0.3, 0.25, 10), correlation=0.0)

    assert made.error[0] == pytest.approx(np.sqrt(2 * 0.25 / 10))
    assert made.freedom[0] == pytest.approx(18.0)


def test_the_chance_assumes_that_neighbours_resemble_each_other_a_little() -> None:
    made = contrast(side(0.0, 0.25, 10), side(0.3, 0.25, 10), correlation=0.0)

    wide = np.sqrt(2 * 0.25 / 10 * inflation(CAUTIOUS, np.array([10.0]))[0])
    assert made.probability[0] == pytest.approx(2 * stats.t.sf(0.3 / wide, 18))


def test_a_small_side_borrows_from_the_large_one() -> None:
    made = contrast(side(0.0, 1.0, 40), side(0.0, 0.01, 3), correlation=0.0)

    assert made.after_variance[0] > 5 * 0.01 / 3


def test_counting_keeps_the_error_up() -> None:
    made = contrast(side(0.0, 0.0, 5, floor=0.1), side(0.0, 0.0, 5, floor=0.5), correlation=0.0)

    assert made.error[0] == pytest.approx(np.sqrt(0.6))


def test_heavy_tails_cost_degrees_of_freedom() -> None:
    calm = contrast(side(0, 1, 20), side(0, 1, 20), correlation=0.0)
    wild = contrast(side(0, 1, 20, excess=10), side(0, 1, 20, excess=10), correlation=0.0)

    assert wild.freedom[0] < calm.freedom[0] / 4


def test_no_change_is_certain_to_be_none() -> None:
    assert contrast(side(1, 0.1, 5), side(1, 0.1, 5), correlation=0.1).probability[0] == 1.0


def test_what_cannot_be_computed_stays_so() -> None:
    made = contrast(side(np.nan, np.nan, 0), side(1, 0.1, 5), correlation=0.1)

    assert np.isnan(made.change[0])
    assert np.isnan(made.probability[0])


def test_one_side_by_itself_has_its_own_error() -> None:
    variance, freedom = alone(side(0, 0.9, 9), correlation=0.0)

    assert variance[0] == pytest.approx(0.1)
    assert freedom[0] == pytest.approx(8.0)


def test_the_inflation_is_the_variance_of_a_mean_of_correlated_values() -> None:
    for count in (1, 2, 5, 30):
        places = np.arange(count)
        matrix = 0.3 ** np.abs(places[:, None] - places)

        expected = matrix.sum() / count

        assert inflation(0.3, np.array([float(count)]))[0] == pytest.approx(expected)


def walk(rng: np.random.Generator, series: int, length: int, correlation: float) -> np.ndarray:
    waves = rng.standard_normal((series, length))
    for place in range(1, length):
        waves[:, place] *= np.sqrt(1 - correlation**2)
        waves[:, place] += correlation * waves[:, place - 1]
    return waves - waves.mean(axis=1, keepdims=True)


@pytest.mark.parametrize("correlation", [0.0, 0.3, 0.5])
@pytest.mark.parametrize("length", [8, 25])
def test_persistence_is_recovered_from_many_series(length: int, correlation: float) -> None:
    waves = walk(np.random.default_rng(4), 3000, length, correlation)

    found = persistence(waves.ravel(), np.repeat(np.arange(3000), length), 3000)

    assert found == pytest.approx(correlation, abs=0.04)


def test_short_series_leave_the_usual_assumption() -> None:
    waves = walk(np.random.default_rng(4), 50, 4, 0.5)

    assert persistence(waves.ravel(), np.repeat(np.arange(50), 4), 50) == USUAL


def test_persistence_is_bounded() -> None:
    trend = np.tile(np.linspace(-1, 1, 40), 50)

    assert persistence(trend, np.repeat(np.arange(50), 40), 50) == LARGEST


def test_t_quantiles_and_chances_agree_with_another_library() -> None:
    freedom = np.array([2.0, 7.5, 40.0])

    np.testing.assert_allclose(t_quantile(0.8, freedom), stats.t.ppf(0.9, freedom), rtol=1e-5)
    np.testing.assert_allclose(t_probability(np.array([1.0, -2.0, 3.0]), freedom),
                               2 * stats.t.sf([1, 2, 3], freedom))


@pytest.mark.parametrize("level", [0.5, 0.8, 0.95, 0.995])
def test_quantiles_off_the_grid_are_right_to_four_digits(level: float) -> None:
    freedom = np.concatenate([np.geomspace(0.6, 1e6, 500), [np.nan]])

    found = t_quantile(level, freedom)

    np.testing.assert_allclose(found[:-1], stats.t.ppf(0.5 + level / 2, freedom[:-1]), rtol=1e-4)
    assert np.isnan(found[-1])
