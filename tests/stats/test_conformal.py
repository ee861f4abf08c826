from __future__ import annotations

import numpy as np

from caopan.stats.conformal import spread, spreads
from caopan.stats.quantiles import LEVELS


def test_new_scores_fall_below_each_quantile_as_often_as_it_says() -> None:
    rng = np.random.default_rng(5)
    below = np.zeros(len(LEVELS))
    for _ in range(2_000):
        scores = rng.standard_t(2, size=39)
        below += rng.standard_t(2) <= spread(scores)

    assert np.abs(below / 2_000 - LEVELS).max() < 0.04


def test_minus_infinity_is_a_miss_like_others() -> None:
    found = spread(np.array([-np.inf] * 5 + [1.0] * 15))

    assert np.isneginf(found[:4]).all()
    assert (found[5:] == 1.0).all()


def test_beyond_the_outermost_score_nothing_is_made_up() -> None:
    assert spread(np.array([2.0, 5.0]))[[0, 18]].tolist() == [2.0, 5.0]


def test_only_what_was_known_by_then_counts() -> None:
    scores, days = np.array([0.0, 0.0, 9.0]), np.array([1.0, 2.0, 5.0])
    kinds = np.zeros(3, dtype=np.int64)

    found = spreads(scores, days, [kinds], np.array([5.0, 6.0]), [kinds[:2]], least=2)

    assert found[0].max() == 0.0
    assert found[1].max() == 9.0


def test_a_thin_group_learns_from_all_and_too_few_say_nothing() -> None:
    scores = np.array([0.0, 0.0, 8.0, 8.0, 8.0])
    kinds = np.array([0, 0, 1, 1, 1])
    days = np.arange(5.0)

    found = spreads(scores, days, [kinds], np.array([9.0, 9.0, 1.0]), [np.array([1, 0, 0])],
                    least=3)

    assert found[0].min() == 8.0
    assert (found[1, 0], found[1, 18]) == (0.0, 8.0)
    assert np.isnan(found[2]).all()
