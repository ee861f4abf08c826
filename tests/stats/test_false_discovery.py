from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from caopan.stats.false_discovery import discoveries, strict_discoveries

# Benjamini and Hochberg (1995), section 3: 15 tests, four discoveries at 0.05
PUBLISHED = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240,
             0.4262, 0.5719, 0.6528, 0.7590, 1.0000]


def test_the_published_example_gives_four_discoveries() -> None:
    found = discoveries(np.array([PUBLISHED]), rate=0.05)

    assert found[0].tolist() == [True] * 4 + [False] * 11


def test_it_agrees_with_another_library_row_by_row() -> None:
    rng = np.random.default_rng(3)
    chances = rng.beta(0.5, 3.0, (50, 12))

    found = discoveries(chances, rate=0.1)
    strict = strict_discoveries(chances, rate=0.1)

    for row in range(50):
        assert found[row].tolist() == (stats.false_discovery_control(chances[row]) <= 0.1).tolist()
        assert strict[row].tolist() == (
            stats.false_discovery_control(chances[row], method="by") <= 0.1).tolist()


def test_a_test_that_was_not_made_costs_nothing() -> None:
    few = discoveries(np.array([[0.04, 0.5]]), rate=0.1)
    many = discoveries(np.array([[0.04, 0.5, np.nan, np.nan, np.nan]]), rate=0.1)

    assert few.tolist() == [[True, False]]
    assert many.tolist() == [[True, False, False, False, False]]


def test_nothing_tested_discovers_nothing() -> None:
    assert not discoveries(np.full((2, 3), np.nan), rate=0.1).any()
    assert not strict_discoveries(np.full((2, 3), np.nan), rate=0.1).any()


def test_a_heavier_test_may_be_less_certain() -> None:
    chances = np.array([[0.06, 0.06, 0.9, 0.9]])

    assert not discoveries(chances, rate=0.1).any()
    assert discoveries(chances, rate=0.1, weights=np.array([[9.0, 1.0, 1.0, 1.0]]))[0].tolist() == [
        True, False, False, False]


@pytest.mark.parametrize("weights", [None, np.array([5.0, 1.0, 1.0, 1.0, 1.0])])
def test_where_nothing_is_true_a_row_is_alarmed_as_rarely_as_promised(
    weights: np.ndarray | None,
) -> None:
    chances = np.random.default_rng(1).random((20_000, 5))

    alarmed = discoveries(chances, rate=0.1, weights=weights).any(axis=1).mean()

    assert alarmed == pytest.approx(0.1, abs=0.01)
