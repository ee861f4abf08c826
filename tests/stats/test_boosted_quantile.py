from __future__ import annotations

import numpy as np
import pytest

from caopan.stats.arrays import Floats
from caopan.stats.boosted_quantile import boosted_quantile


def drawn(rows: int, *, seed: int) -> tuple[Floats, Floats]:
    """Return places, and values that rise with the first one, with even noise of ±5."""
    rng = np.random.default_rng(seed)
    place = rng.uniform(0.0, 1.0, (rows, 2))
    return place, 10.0 + 20.0 * place[:, 0] + rng.uniform(-5.0, 5.0, rows)


@pytest.mark.parametrize("level", [0.3, 0.8])
def test_new_values_fall_below_a_quantile_as_often_as_it_says(level: float) -> None:
    place, came = drawn(3_000, seed=6)
    asked, later = drawn(2_000, seed=7)

    found = boosted_quantile(place, came, np.ones(3_000), asked, np.full(2_000, level), seed=1,
                             rounds=100)

    assert np.mean(later < found) == pytest.approx(level, abs=0.05)
    assert np.corrcoef(found, asked[:, 0])[0, 1] > 0.95


def test_each_row_has_its_own_level_and_higher_ones_order_more() -> None:
    place, came = drawn(3_000, seed=6)

    found = boosted_quantile(place, came, np.ones(3_000), np.tile([[0.5, 0.5]], (5, 1)),
                             np.array([0.1, 0.3, 0.5, 0.7, 0.9]), seed=1, rounds=60)

    assert (np.diff(found) > 0).all()


def test_one_seed_gives_one_answer() -> None:
    place, came = drawn(800, seed=6)
    asked, level = place[:5], np.full(5, 0.4)

    one, other = (boosted_quantile(place, came, np.ones(800), asked, level, seed=3, rounds=20)
                  for _ in range(2))

    np.testing.assert_array_equal(one, other)
