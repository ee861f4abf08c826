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


def test_sessions_to_come_look_back_on_the_known_ones_only() -> None:
    made = History(subject=np.array([0, 0, 0, 0, 1]), start=np.arange(5.0), hours=np.ones(5),
                   sold=np.array([5.0, 6.0, np.nan, np.nan, np.nan]))

    assert made.earlier().tolist() == [0, 1, 2, 2, 0]
    assert made.lately(made.sold, 2)[2:4].tolist() == [[6.0, 5.0], [6.0, 5.0]]
    assert np.isnan(made.lately(made.sold, 2)[4]).all()


def test_looking_back_may_be_among_shows_alike() -> None:
    made = History(subject=np.array([0, 0, 0, 0]), start=np.arange(4.0), hours=np.ones(4),
                   sold=np.array([5.0, 1.0, 7.0, np.nan]))
    single = np.array([0, 1, 0, 1])

    found = made.lately(made.sold, 1, like=single).ravel()

    np.testing.assert_array_equal(found, [np.nan, np.nan, 5.0, 1.0])
