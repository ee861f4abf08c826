from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import nbinom

from caopan.stats.cusum import (
    FEWEST_CLEAN,
    Fall,
    TooFewCleanError,
    run_length,
    size,
    statistic,
    threshold,
)

SESSIONS, MINUTES = 200, 120


def drawn(seed: int, *, broken_from: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    expected = 4.0 + 3.0 * np.sin(np.arange(MINUTES) / 9.0) * np.ones((SESSIONS, 1))
    rate = expected * np.exp(0.4 * rng.normal(size=(SESSIONS, 1)))
    if broken_from is not None:
        rate[:, broken_from:] *= 0.15
    return rng.poisson(rate).astype(float), expected


def test_one_minute_is_the_log_likelihood_ratio_of_the_two_distributions() -> None:
    fall = Fall(share=0.25, size=5.0)

    (found,) = statistic(np.array([[1.0]]), np.array([[8.0]]), fall)

    calm, fallen = (nbinom.logpmf(1, 5.0, 5.0 / (5.0 + mean)) for mean in (8.0, 2.0))
    assert found[0] == pytest.approx(fallen - calm)


def test_false_alarms_keep_to_their_budget_and_a_fall_is_told_within_minutes() -> None:
    known, expected = drawn(1)
    fall = Fall(size=size(known, expected))
    limit = threshold(statistic(known, expected, fall).max(axis=1))

    clean, _ = drawn(2)
    broken, _ = drawn(3, broken_from=80)
    false = (statistic(clean, expected, fall) > limit).any(axis=1).mean()
    told = statistic(broken, expected, fall)[:, 80:95] > limit

    assert false < 0.17  # one in ten, and two standard errors of both draws
    assert told.any(axis=1).mean() > 0.9
    assert np.median(told.argmax(axis=1)) <= 6


def test_a_burst_that_was_planned_and_a_quiet_minute_without_traffic_are_no_fall() -> None:
    expected = np.array([[5.0] * 10 + [20.0] * 5 + [0.0] * 10 + [5.0] * 10])

    assert statistic(expected, expected, Fall()).max() == 0.0


def test_a_session_at_half_the_level_from_its_first_minute_is_small_not_broken() -> None:
    expected = np.full((1, 60), 6.0)

    low = statistic(expected / 2, expected, Fall())

    assert low[0, -1] == 0.0


def test_of_few_clean_sessions_no_threshold_is_told() -> None:
    with pytest.raises(TooFewCleanError):
        threshold(np.zeros(FEWEST_CLEAN - 1))


def test_the_size_of_the_scatter_is_found_again() -> None:
    rng = np.random.default_rng(4)
    mean = np.full((400, 60), 6.0)
    counts = rng.poisson(mean * rng.gamma(5.0, 1 / 5.0, mean.shape)).astype(float)

    assert size(counts, mean) == pytest.approx(5.0, rel=0.15)


def test_evidence_counts_back_to_where_there_was_none() -> None:
    assert run_length(np.array([1.0, 2.0])) == 2
    assert run_length(np.array([1.0, 0.0])) == 0
