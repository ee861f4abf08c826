from __future__ import annotations

from dataclasses import replace

import numpy as np

from caopan.forecast.followed import followed, levels_at
from caopan.forecast.history import History
from caopan.forecast.prequential import weeks_of
from caopan.stats.quantiles import LEVELS, held

COUNT = 600
EVERY = np.ones(COUNT, dtype=np.bool_)


def _made(spread: float) -> tuple[History, np.ndarray]:
    """Return sessions that scatter by 0.3, and distributions that say they scatter by another."""
    rng = np.random.default_rng(1)
    history = History(subject=np.zeros(COUNT, dtype=np.int64), start=np.arange(COUNT) / 5.0,
                      hours=np.ones(COUNT), sold=rng.lognormal(3.0, 0.3, COUNT))
    normal = np.quantile(rng.normal(size=50_000), LEVELS)
    return history, np.tile(np.exp(3.0 + spread * normal), (COUNT, 1))


def test_ranges_that_are_too_wide_become_as_wide_as_they_should_be() -> None:
    history, wide = _made(0.5)

    made = followed(wide, history, EVERY, weeks_of(history, 0.0))

    late = slice(300, None)
    assert held(history.sold[late], wide[late], 0.8).mean() > 0.93
    assert 0.76 < held(history.sold[late], made[late], 0.8).mean() < 0.86


def test_nothing_later_reaches_a_range_and_the_first_week_stands_as_told() -> None:
    history, wide = _made(0.5)
    later = replace(history, sold=np.where(history.start > 60.0, 1e6, history.sold))

    one, two = (followed(wide, each, EVERY, weeks_of(each, 0.0)) for each in (history, later))

    first = history.start < 60.0
    np.testing.assert_array_equal(one[first], two[first])
    np.testing.assert_allclose(one[:20], wide[:20])


def test_the_levels_kept_are_those_of_the_next_week() -> None:
    history, wide = _made(0.5)
    levels = levels_at(wide, history, EVERY, weeks_of(history, 0.0), until=121.0)

    assert levels[1] > 0.12
    assert levels[17] < 0.88


def test_shows_of_one_product_stay_as_they_are() -> None:
    history, wide = _made(0.5)
    single = replace(history, products=np.where(np.arange(COUNT) % 2 == 0, 1.0, 9.0))

    made = followed(wide, single, EVERY, weeks_of(single, 0.0))

    np.testing.assert_array_equal(made[::2], wide[::2])
    assert not np.array_equal(made[1::2], wide[1::2])
