from __future__ import annotations

import numpy as np

from caopan.forecast.history import History


def made() -> History:
    return History(subject=np.array([0, 0, 0, 2, 2]), start=np.array([1.0, 2.0, 3.0, 1.0, 2.0]),
                   hours=np.array([2.0, np.nan, 6.0, 1.0, 1.0]),
                   sold=np.array([10.0, 20.0, 30.0, 5.0, 7.0]))


def test_earlier_sessions_are_the_subjects_own() -> None:
    assert made().earlier().tolist() == [0, 1, 2, 0, 1]
    assert len(made()) == 5


def test_what_was_lately_comes_latest_first_and_never_from_another() -> None:
    lately = made().lately(made().sold, 2)

    np.testing.assert_array_equal(lately, [[np.nan, np.nan], [10, np.nan], [20, 10],
                                           [np.nan, np.nan], [5, np.nan]])


def test_a_session_is_known_when_it_ends() -> None:
    assert made().end.tolist() == [1 + 2 / 24, 2.0, 3.25, 1 + 1 / 24, 2 + 1 / 24]
