"""What was told of sessions before they began."""

from __future__ import annotations

import numpy as np

from caopan.forecast.before import told_before
from caopan.forecast.history import History
from caopan.forecast.outlook import By


def _room(n: int) -> History:
    """Return one host who sells 10 an hour, in shows of one to three hours, one a day."""
    rng = np.random.default_rng(4)
    hours = rng.uniform(1.0, 3.0, n)
    sold = 10.0 * hours * np.exp(rng.normal(0.0, 0.2, n))
    sold[-1] = np.nan
    return History(subject=np.zeros(n, dtype=np.int64), start=np.arange(n, dtype=float),
                   hours=hours, sold=sold)


def test_nothing_of_later_sessions_is_in_what_was_told() -> None:
    made = _room(60)
    other = _room(60)
    other.sold[30:-1] *= 5.0

    np.testing.assert_array_equal(told_before(made, by=By.RULE)[:31],
                                  told_before(other, by=By.RULE)[:31])


def test_without_hours_the_median_of_the_last_five_is_what_was_told() -> None:
    made = _room(12)
    made.hours[-1] = np.nan

    told = told_before(made, by=By.RULE)

    assert told[-1] == np.median(made.sold[-6:-1])


def test_where_models_may_not_join_both_ways_say_the_same() -> None:
    made = _room(40)

    np.testing.assert_array_equal(told_before(made, by=By.MODELS), told_before(made, by=By.RULE))
