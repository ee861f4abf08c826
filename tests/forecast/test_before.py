"""What was told of sessions before they began."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from caopan.forecast.before import told_before
from caopan.forecast.history import History
from caopan.forecast.outlook import AVERAGE, By
from caopan.forecast.rules import LATELY
from caopan.stats.arrays import Floats
from caopan.stats.quantiles import MIDDLE
from tests.forecast.conftest import Make


def _room(n: int) -> History:
    """Return one host who sells 10 an hour, in shows of one to three hours, one a day."""
    rng = np.random.default_rng(4)
    hours = rng.uniform(1.0, 3.0, n)
    sold = 10.0 * hours * np.exp(rng.normal(0.0, 0.2, n))
    sold[-1] = np.nan
    return History(subject=np.zeros(n, dtype=np.int64), start=np.arange(n, dtype=float),
                   hours=hours, sold=sold)


def _told(history: History, *, by: By) -> Floats:
    return told_before(history, np.random.default_rng(1), by=by)[1]


def test_nothing_of_later_sessions_is_in_what_was_told() -> None:
    made = _room(60)
    other = _room(60)
    other.sold[30:-1] *= 5.0

    np.testing.assert_array_equal(_told(made, by=By.RULE)[:31],
                                  _told(other, by=By.RULE)[:31])


def test_without_hours_the_median_of_the_last_five_is_what_was_told() -> None:
    made = _room(12)
    made.hours[-1] = np.nan

    told = _told(made, by=By.RULE)

    assert told[-1] == np.median(made.sold[-6:-1])


def test_where_models_may_not_join_both_ways_say_the_same() -> None:
    made = _room(40)

    np.testing.assert_array_equal(_told(made, by=By.MODELS), _told(made, by=By.RULE))


def test_models_tell_what_is_to_come_and_what_was_in_one_walk(make_history: Make) -> None:
    made = make_history(hosts=6, sessions=45, power=0.3, noise=0.3)
    last = np.append(made.subject[1:] != made.subject[:-1], True)
    asked = replace(made, sold=np.where(last, np.nan, made.sold), lasted=made.hours,
                    kept=np.ones(len(made), dtype=np.bool_))

    found, told = told_before(asked, np.random.default_rng(1), by=By.MODELS)

    alone = _told(asked, by=By.RULE)
    assert set(found.rule) == {AVERAGE}
    np.testing.assert_array_equal(told[last], found.quantiles[:, MIDDLE])
    moved = (told != alone) & np.isfinite(told) & ~last
    assert moved.any()
    place = np.arange(len(made)) % 45
    assert place[moved].min() > LATELY  # until then the memories agree, and nothing was earned
    missed, missed_alone = (np.abs(np.log(each[moved] / made.sold[moved])).mean()
                            for each in (told, alone))
    assert missed < missed_alone  # sales follow hours^0.3, and the rule takes them to follow hours
