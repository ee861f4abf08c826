from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from caopan.diagnose.periods import chosen
from caopan.diagnose.windows import Windows, fixed
from caopan.units.period import Period


def windows_of(*histories: list[int]) -> Windows:
    """Return the windows of subjects that went live on those days."""
    subject = np.repeat(np.arange(len(histories)), [len(days) for days in histories])
    day = np.array([day for days in histories for day in sorted(days)], dtype=np.int64)
    return chosen(subject, 20_000 + day, subjects=len(histories))


def stretch(made: Windows, subject: int = 0) -> tuple[int, int, int, int]:
    return tuple(int(side[subject] - 20_000) for side in (
        made.compared_start, made.compared_end, made.start, made.end))


def test_two_months_of_daily_shows_give_twice_28_days() -> None:
    assert stretch(windows_of(list(range(60)))) == (4, 32, 32, 60)


def test_seven_weeks_give_twice_14_days() -> None:
    made = windows_of(list(range(49)))

    assert stretch(made) == (21, 35, 35, 49)
    assert made.short[0]


def test_three_weeks_give_twice_7_days() -> None:
    assert stretch(windows_of(list(range(21)))) == (7, 14, 14, 21)


def test_ten_days_give_half_of_them() -> None:
    assert stretch(windows_of(list(range(10)))) == (0, 5, 5, 10)


def test_a_week_off_at_the_start_of_history_is_forgiven_within_a_usual_gap() -> None:
    """Every fourth day: the first session may lie a gap after the compared period begins."""
    made = windows_of(list(range(2, 56, 4)))

    assert made.end[0] - made.start[0] == 28


def test_too_few_sessions_on_a_side_of_28_days_shorten_the_period() -> None:
    made = windows_of([0, 1, *range(40, 56)])

    assert made.end[0] - made.start[0] == 7


def test_a_subject_that_stopped_keeps_its_own_last_day() -> None:
    made = windows_of(list(range(60)), list(range(30)))

    assert stretch(made, 1)[3] == 30
    assert made.early.tolist() == [False, True]


def test_a_short_pause_is_not_a_stop() -> None:
    made = windows_of(list(range(60)), list(range(0, 56, 2)))

    assert stretch(made, 1)[3] == 60
    assert not made.early[1]


def test_a_monthly_room_is_not_said_to_have_stopped_after_three_weeks() -> None:
    made = windows_of(list(range(120)), [0, 25, 50, 75, 99])

    assert not made.early[1]


def test_a_host_with_too_few_sessions_keeps_the_common_days() -> None:
    """Four sessions can never make three a side, so that nothing is gained by other days."""
    made = windows_of(list(range(92)), [70, 71, 73, 76])

    assert stretch(made, 1) == stretch(made, 0) == (36, 64, 64, 92)
    assert made.early.tolist() == [False, False]
    assert made.silent.tolist() == [False, True]
    assert not made.short[1]


def test_a_host_that_began_late_keeps_the_common_days_too() -> None:
    made = windows_of(list(range(92)), [88, 90, 91])

    assert stretch(made, 1) == (36, 64, 64, 92)
    assert not made.silent[1]


def test_daily_shows_that_end_five_days_early_end_the_period() -> None:
    made = windows_of(list(range(10, 18)), list(range(10, 23)))

    assert stretch(made, 0) == (10, 14, 14, 18)
    assert made.early.tolist() == [True, False]


def test_the_usual_gap_is_the_middle_one_of_live_days() -> None:
    """Two shows a day, weekly, after a long holiday: six days of silence are no stop."""
    weekly = [0, 1, *sorted([*range(40, 90, 7)] * 2)]
    made = windows_of(list(range(96)), weekly)

    assert made.early.tolist() == [False, False]


def test_half_of_the_history_needs_three_sessions_on_either_side() -> None:
    """Of 10 days the last 5 hold one session: the common days, half of all there are, stay."""
    made = windows_of([0, 1, 2, 3, 9], list(range(10)))

    assert stretch(made, 0) == (0, 5, 5, 10)
    assert made.silent.tolist() == [False, False]


def test_two_sessions_of_one_small_room_are_set_side_by_side() -> None:
    assert stretch(windows_of([0, 8])) == (-1, 4, 4, 9)


def test_a_subject_without_sessions_gets_the_last_days_of_the_others() -> None:
    made = windows_of(list(range(60)), [])

    assert stretch(made, 1)[3] == 60


def test_nobody_at_all_still_has_windows() -> None:
    made = chosen(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), subjects=1)

    assert made.period(0).days >= 1


@pytest.mark.parametrize("days", [1, 2, 5, 9, 15, 30, 57, 200])
def test_both_sides_are_equally_long_and_touch(days: int) -> None:
    made = windows_of(list(range(days)))

    assert made.end[0] - made.start[0] == made.compared_end[0] - made.compared_start[0]
    assert made.compared_end[0] == made.start[0]
    assert made.end[0] - made.start[0] <= 28


def test_an_asked_for_period_is_everybodys() -> None:
    asked = Period(start=date(2026, 3, 15), end=date(2026, 3, 29))

    made = fixed(asked, None, subjects=2)

    assert made.period(1) == asked
    assert made.compared(0) == Period(start=date(2026, 3, 1), end=date(2026, 3, 15))


def test_a_compared_period_may_be_asked_for() -> None:
    asked = Period(start=date(2026, 3, 15), end=date(2026, 3, 29))
    other = Period(start=date(2025, 3, 15), end=date(2025, 3, 29))

    assert fixed(asked, other, subjects=1).compared(0) == other
