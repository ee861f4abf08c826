from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caopan.stats.quantiles import LEVELS, MIDDLE, crps, ends, held

normal = np.array([-1.645, -1.282, -1.036, -0.842, -0.674, -0.524, -0.385, -0.253, -0.126, 0.0,
                   0.126, 0.253, 0.385, 0.524, 0.674, 0.842, 1.036, 1.282, 1.645])


def test_the_score_of_a_normal_is_near_its_closed_form() -> None:
    # 2 φ(0) − 1/√π at the centre; nineteen quantiles leave out the outer tails
    found = crps(np.array([0.0]), normal[None, :])[0]

    assert found == pytest.approx(0.2337, abs=0.02)


def test_the_right_distribution_scores_best() -> None:
    rng = np.random.default_rng(3)
    came = rng.normal(size=4_000)

    scores = [crps(came, np.tile(normal * wide + shift, (4_000, 1))).mean()
              for wide, shift in ((1.0, 0.0), (0.5, 0.0), (2.0, 0.0), (1.0, 0.4))]

    assert min(scores) == scores[0]


@given(st.floats(0.01, 0.9))
def test_a_range_is_symmetric_in_probability_and_within_the_outer_quantiles(level: float) -> None:
    low, high = ends(LEVELS[None, :], level)

    assert low[0] + high[0] == pytest.approx(1.0)
    assert high[0] - low[0] == pytest.approx(level)


def test_a_range_wider_than_the_outer_quantiles_is_refused() -> None:
    with pytest.raises(ValueError, match="no central range"):
        ends(LEVELS[None, :], 0.95)


def test_mass_at_zero_is_held_by_a_range_that_begins_there() -> None:
    told = np.concatenate([np.zeros(4), np.arange(1.0, 16.0)])[None, :]

    assert held(np.array([0.0]), told, 0.8).tolist() == [True]
    assert told[0, MIDDLE] == 6.0
