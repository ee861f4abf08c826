from __future__ import annotations

import numpy as np
import pytest

from caopan.stats.arrays import divided, grouped_sum
from caopan.stats.ratio_error import from_moments, log_ratio


def by_leaving_out(above: np.ndarray, below: np.ndarray) -> float:
    """Return the jackknife variance of the log ratio, by its definition."""
    size = len(above)
    logs = [np.log(np.delete(above, i).sum()) - np.log(np.delete(below, i).sum())
            for i in range(size)]
    return (size - 1) / size * float(np.square(np.array(logs) - np.mean(logs)).sum())


def test_the_variance_is_the_jackknifes_by_definition() -> None:
    above, below = np.array([3.0, 9.0, 4.0, 12.0]), np.array([40.0, 80.0, 60.0, 90.0])

    made = log_ratio(above, below, np.zeros(4, dtype=np.int64), 1, events=False)

    assert made.log[0] == pytest.approx(np.log(28 / 270))
    assert made.scatter[0] / 4 == pytest.approx(by_leaving_out(above, below))


def test_cells_do_not_touch_each_other() -> None:
    above, below = np.array([3.0, 9.0, 4.0, 12.0, 7.0]), np.array([4.0, 8.0, 6.0, 9.0, 7.0])
    cell = np.array([0, 0, 0, 2, 2])

    made = log_ratio(above, below, cell, 3, events=False)

    assert made.scatter[0] / 3 == pytest.approx(by_leaving_out(above[:3], below[:3]))
    assert np.isnan(made.log[1])
    assert np.isnan(made.scatter[1])
    assert made.count.tolist() == [3.0, 0.0, 2.0]


def test_a_row_with_a_null_is_left_out_of_both_sums() -> None:
    above, below = np.array([3.0, np.nan, 5.0]), np.array([10.0, 10.0, 20.0])

    made = log_ratio(above, below, np.zeros(3, dtype=np.int64), 1, events=False)

    assert made.log[0] == pytest.approx(np.log(8 / 30))
    assert made.count[0] == 2
    assert made.influence[1] == 0.0


def test_no_event_at_all_is_read_as_half_of_one_with_a_wide_error() -> None:
    made = log_ratio(np.zeros(3), np.full(3, 100.0), np.zeros(3, dtype=np.int64), 1, events=True)

    assert made.log[0] == pytest.approx(np.log(0.5 / 300))
    assert made.floor[0] == 2.0


def test_no_money_at_all_has_no_logarithm() -> None:
    made = log_ratio(np.zeros(3), np.full(3, 100.0), np.zeros(3, dtype=np.int64), 1, events=False)

    assert np.isnan(made.log[0])


def test_counting_bounds_the_error_of_a_count() -> None:
    same = np.full(4, 5.0)

    made = log_ratio(same, np.full(4, 50.0), np.zeros(4, dtype=np.int64), 1, events=True)

    assert made.scatter[0] == pytest.approx(0.0, abs=1e-12)
    assert made.floor[0] == pytest.approx(1 / 20)


def test_one_cluster_that_holds_everything_stays_finite_and_uncertain() -> None:
    above = np.array([0.0, 0.0, 900.0])

    made = log_ratio(above, np.full(3, 10.0), np.zeros(3, dtype=np.int64), 1, events=False)

    assert np.isfinite(made.scatter[0])
    assert np.sqrt(made.scatter[0] / 3) > 1.0


def test_moments_give_the_error_of_the_delta_method() -> None:
    above, below = np.array([3.0, 9.0, 4.0, 12.0]), np.array([40.0, 80.0, 60.0, 90.0])
    ratio = above.sum() / below.sum()
    rest = (above - ratio * below) / above.sum()

    made = from_moments(
        np.array([28.0]), np.array([270.0]), np.array([4.0]),
        (np.array([(above**2).sum()]), np.array([(above * below).sum()]),
         np.array([(below**2).sum()])))

    assert made.scatter[0] / 4 == pytest.approx(4 / 3 * (rest**2).sum())


def test_moments_without_a_numerator_cannot_be_judged() -> None:
    nothing = np.array([0.0])

    made = from_moments(nothing, np.array([5.0]), np.array([4.0]), (nothing, nothing, nothing))

    assert np.isnan(made.log[0])


def test_grouped_sums_keep_a_null_in_its_group() -> None:
    sums = grouped_sum(np.array([1.0, np.nan, 2.0]), np.array([0, 1, 2]), 4)

    assert sums[[0, 2, 3]].tolist() == [1.0, 2.0, 0.0]
    assert np.isnan(sums[1])


def test_dividing_by_zero_cannot_be_computed() -> None:
    assert np.isnan(divided(np.array([3.0]), np.array([0.0]))[0])
