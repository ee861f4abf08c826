from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from caopan.stats.apportion import apportioned


def test_the_largest_remainder_gets_the_missing_unit() -> None:
    assert apportioned(np.array([[1.2, 1.7, -0.9]]), np.array([2])).tolist() == [[1, 2, -1]]


def test_on_a_tie_the_earlier_part_gets_it() -> None:
    assert apportioned(np.array([[0.5, 0.5]]), np.array([1])).tolist() == [[1, 0]]


def test_whole_parts_stay_as_they_are() -> None:
    assert apportioned(np.array([[3.0, -5.0]]), np.array([-2])).tolist() == [[3, -5]]


@given(hnp.arrays(float, (5, 6), elements=st.floats(-1e12, 1e12)))
def test_the_whole_parts_add_up_and_stay_within_a_unit_and_a_rounding_error(
    parts: np.ndarray,
) -> None:
    totals = np.rint(parts.sum(axis=1)).astype(np.int64)

    whole = apportioned(parts, totals)

    assert whole.sum(axis=1).tolist() == totals.tolist()
    assert np.abs(whole - parts).max() <= 1.01
