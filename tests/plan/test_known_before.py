from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from caopan.plan.known_before import KEEL, Shows, known_before

DAYS = 10


def shows() -> Shows:
    """Return a product's ten days, asked for 1, 2, … units; and another's first show, to come."""
    n = DAYS + 1
    return Shows(
        item=np.array([*[0] * DAYS, 1]), kind=np.zeros(n, dtype=np.int64),
        start=np.array([*np.arange(DAYS, dtype=np.float64), 10.0]), hours=np.ones(n),
        wanted=np.array([*np.arange(1.0, DAYS + 1), np.nan]), price=np.full(n, 900.0),
        strength=np.ones(n))


def test_rows_tell_what_was_before_them_and_nothing_of_themselves() -> None:
    found = known_before(shows())
    other = known_before(replace(shows(), wanted=np.array([1.0, 2, 3, 4, 99, 6, 7, 8, 9, 10,
                                                           np.nan])))

    np.testing.assert_array_equal(found.columns[:5], other.columns[:5])
    assert found.earlier.tolist() == [*range(DAYS), 0]
    assert not np.array_equal(found.columns[5], other.columns[5], equal_nan=True)


def test_demand_stands_as_multiples_of_the_usual_rate() -> None:
    found = known_before(shows())

    last = found.columns[DAYS - 1]
    usual = (sum(range(1, 10)) + KEEL) / 9
    assert found.usual[DAYS - 1] == pytest.approx(usual)
    assert last[:4].tolist() == pytest.approx([9 / usual, 8 / usual, 7 / usual, 3 / usual])
    assert last[4] == pytest.approx(3 / usual)  # seven days before the tenth: the third
    assert np.isnan(found.columns[3][4])


def test_a_product_without_a_show_has_no_lags_but_its_kind_has() -> None:
    found = known_before(shows())

    new = found.columns[DAYS]
    assert np.isnan(new[:4]).all()
    assert new[-3] == pytest.approx(10.0 / found.usual[DAYS - 1])  # the kind's day before
    assert np.isfinite(found.usual[DAYS])


def test_two_planned_shows_of_a_product_look_back_on_the_same_sales() -> None:
    made = shows()
    twice = Shows(**{name: np.concatenate([getattr(made, name), getattr(made, name)[-1:]])
                     for name in Shows.__slots__ if name not in {"seasonal", "ahead"}})
    twice = replace(twice, item=np.array([*[0] * DAYS, 0, 0]),
                    start=np.array([*made.start[:DAYS], 10.0, 11.0]))

    found = known_before(twice)

    assert found.earlier[-2:].tolist() == [DAYS, DAYS]
    assert found.columns[-2][:4].tolist() == found.columns[-1][:4].tolist()


def test_a_plan_made_days_ahead_learns_from_rows_that_were_as_far_ahead() -> None:
    found = known_before(replace(shows(), ahead=3.0))

    assert found.earlier.tolist() == [0, 0, 0, *range(1, DAYS - 2), 0]
    assert found.columns[DAYS - 1][0] == pytest.approx(7.0 / found.usual[DAYS - 1])
