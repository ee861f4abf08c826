from __future__ import annotations

from dataclasses import replace

import numpy as np

from caopan.forecast.columns import known_columns, plan_columns, standardised
from caopan.forecast.history import History
from tests.forecast.conftest import Make


def test_a_plan_is_read_and_what_is_not_said_is_not_made_up() -> None:
    made = History(subject=np.zeros(2, dtype=np.int64), start=np.array([2.0, 2.5]),
                   hours=np.array([np.e, np.nan]), sold=np.ones(2), spend=np.array([0.0, np.nan]),
                   products=np.array([1.0, 0.0]), grade=np.array([2.0, np.nan]))

    columns = plan_columns(made)

    np.testing.assert_allclose(columns[0, :5], [1.0, 1.0, 0.0, 0.0, 2.0])
    assert np.isnan(columns[1, :5]).all()
    assert columns[:, -1].tolist() == [1.0, 1.0]  # 3 January 1970 was a Saturday
    np.testing.assert_allclose(columns[0, 5:7], [np.sin(2 * np.pi / 3), np.cos(2 * np.pi / 3)])


def test_nothing_of_a_session_or_a_later_one_stands_in_its_columns(make_history: Make) -> None:
    history = make_history(hosts=2, sessions=20)
    other = replace(history, sold=np.where(np.arange(40) % 20 == 10, 1e9, history.sold))

    one, two = known_columns(history, 1.0), known_columns(other, 1.0)

    before = np.arange(40) % 20 <= 10
    np.testing.assert_array_equal(one[before], two[before])
    assert not np.array_equal(one[11], two[11], equal_nan=True)


def test_columns_are_scaled_by_the_known_rows_only() -> None:
    columns = np.array([[1.0, 5.0], [3.0, 5.0], [100.0, 5.0], [np.nan, 5.0]])

    scaled = standardised(columns, np.array([True, True, False, True]))

    assert scaled[:, 0].tolist() == [-1.0, 1.0, 98.0, 0.0]
    assert not scaled[:, 1].any()
