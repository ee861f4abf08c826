from __future__ import annotations

import numpy as np

from caopan.forecast.history import History
from caopan.forecast.rules import (
    RULES,
    last_session,
    mean_so_far,
    median_lately,
    rate_and_hours,
)


def made(*, hours: list[float]) -> History:
    n = len(hours)
    return History(subject=np.zeros(n, dtype=np.int64), start=np.arange(float(n)),
                   hours=np.array(hours), sold=np.arange(1.0, n + 1) * 10)


def test_each_rule_looks_back_on_what_it_says() -> None:
    history = made(hours=[1.0] * 7)

    assert last_session(history)[6] == 60.0
    assert median_lately(history)[6] == 40.0
    assert mean_so_far(history)[6] == 35.0


def test_twice_the_hours_bring_twice_as_much() -> None:
    usual, long = made(hours=[2.0] * 6), made(hours=[2.0] * 5 + [4.0])

    assert rate_and_hours(long)[5] == 2 * rate_and_hours(usual)[5]


def test_where_the_plan_has_no_hours_the_median_stands_in() -> None:
    history = made(hours=[2.0] * 5 + [np.nan])

    assert rate_and_hours(history)[5] == median_lately(history)[5]


def test_sessions_without_hours_say_nothing_of_the_rate() -> None:
    history = made(hours=[1.0, np.nan, 0.0, 1.0, 1.0])

    assert rate_and_hours(history)[4] == np.median([10.0, 40.0])


def test_no_rule_speaks_of_a_subject_it_never_saw() -> None:
    first = {name: rule(made(hours=[1.0]))[0] for name, rule in RULES.items()}

    assert all(np.isnan(value) for value in first.values())
