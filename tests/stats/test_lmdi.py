from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from caopan.stats.lmdi import lmdi, log_mean

POSITIVE = st.floats(1e-6, 1e6)


def test_a_factor_that_did_not_move_is_worth_nothing() -> None:
    before, after = np.array([[100.0, 0.1, 50.0]]), np.array([[20.0, 0.1, 50.0]])

    parts = lmdi(before, after)

    np.testing.assert_allclose(parts, [[-400.0, 0.0, 0.0]], atol=1e-9)


def test_two_factors_by_hand() -> None:
    """V0 = 8, V1 = 18: L = 10 / ln(2.25); the parts are L ln 1.5 each."""
    parts = lmdi(np.array([[2.0, 4.0]]), np.array([[3.0, 6.0]]))

    np.testing.assert_allclose(parts, [[5.0, 5.0]])


@given(hnp.arrays(float, (4, 6), elements=POSITIVE), hnp.arrays(float, (4, 6), elements=POSITIVE))
def test_the_parts_add_up_to_the_change(before: np.ndarray, after: np.ndarray) -> None:
    first, last = before.prod(axis=1), after.prod(axis=1)

    parts = lmdi(before, after)

    np.testing.assert_allclose(parts.sum(axis=1), last - first, rtol=1e-6,
                               atol=1e-7 * (first + last).max())


@given(hnp.arrays(float, (3, 4), elements=st.floats(0.1, 10.0)), st.permutations(range(4)))
def test_the_order_of_factors_is_irrelevant(before: np.ndarray, order: list[int]) -> None:
    after = before[:, ::-1] + 0.5

    parts = lmdi(before, after)

    np.testing.assert_allclose(lmdi(before[:, order], after[:, order]), parts[:, order])


def test_a_row_with_a_zero_is_left_to_shapley() -> None:
    parts = lmdi(np.array([[1.0, 2.0], [1.0, 2.0]]), np.array([[0.0, 2.0], [2.0, 2.0]]))

    assert np.isnan(parts[0]).all()
    assert parts[1].tolist() == [2.0, 0.0]


def test_the_logarithmic_mean_lies_between_and_is_smooth_where_both_are_nearly_equal() -> None:
    first = np.array([1.0, 5.0, 5.0, 0.0])
    second = np.array([4.0, 5.0, 5.0 * (1 + 1e-9), 1.0])

    mean = log_mean(first, second)

    assert 2.0 < mean[0] < 2.5
    np.testing.assert_allclose(mean[1:3], [5.0, 5.0])
    assert np.isnan(mean[3])
