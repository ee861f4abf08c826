from __future__ import annotations

from datetime import date

import numpy as np

from caopan.demo.season import festivals, season_effect, weekday_effect


def test_saturday_is_the_best_day_wherever_the_history_begins() -> None:
    monday, thursday = date(2026, 3, 2), date(2026, 3, 5)

    assert weekday_effect(monday, np.arange(7)).argmax() == 5
    assert weekday_effect(thursday, np.arange(7)).argmax() == 2


def test_double_eleven_is_a_festival_and_the_day_after_is_not() -> None:
    assert festivals(date(2026, 11, 9), days=4).tolist() == [False, True, True, False]


def test_the_season_is_highest_at_its_peak_and_lowest_half_a_year_later() -> None:
    effect = season_effect(date(2026, 1, 1), np.array([0, 91, 183]), phase=np.zeros(3))

    assert effect.round(3).tolist() == [0.12, 0.001, -0.12]
