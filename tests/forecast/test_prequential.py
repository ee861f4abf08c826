from __future__ import annotations

from dataclasses import replace

import numpy as np

from caopan.forecast.prequential import distributions, with_middle
from caopan.forecast.rules import rate_and_hours
from tests.forecast.conftest import Make

BEGIN = 45.0


def test_nothing_of_a_session_or_later_reaches_what_was_told_of_it(make_history: Make) -> None:
    history = make_history()
    place = int(np.flatnonzero(history.start >= BEGIN)[5])
    asked = np.arange(len(history)) == place
    later = history.start >= history.start[place]
    other = replace(history, sold=np.where(later, history.sold * 50, history.sold))

    told = [distributions(one, rate_and_hours(one), asked, begin=BEGIN)
            for one in (history, other)]

    np.testing.assert_allclose(*told, rtol=1e-9)
    assert np.isfinite(told[0]).all()


def test_quantiles_ascend_and_no_amount_is_negative(make_history: Make) -> None:
    history = make_history(nothing=0.2)

    told = distributions(history, rate_and_hours(history), history.start >= BEGIN, begin=BEGIN)

    assert (np.diff(told, axis=1) >= 0).all()
    assert told.min() == 0.0


def test_with_too_few_misses_nothing_is_said(make_history: Make) -> None:
    history = make_history(hosts=1, sessions=40)

    told = distributions(history, rate_and_hours(history), history.start >= BEGIN, begin=BEGIN)

    assert np.isnan(told).all()


def test_a_middle_moves_to_what_the_rule_says_and_the_ends_stay() -> None:
    told = np.stack([np.arange(1.0, 20.0), np.zeros(19), np.full(19, np.nan)])

    made = with_middle(told, np.array([4.5, 3.0, 2.0]))

    assert made[0, [0, 3, 4, 9, 10, 18]].tolist() == [1.0, 4.0, 4.5, 4.5, 11.0, 19.0]
    assert made[1, [8, 9, 18]].tolist() == [0.0, 3.0, 3.0]
    assert np.isnan(made[2]).all()
