"""Of some exports only the month of a session is known: whole months are compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from caopan.diagnose.diagnosis import Diagnosis
from caopan.diagnose.everyone import everyone
from caopan.diagnose.inputs import Inputs, number_of
from caopan.diagnose.reading import windows
from caopan.diagnose.whole_months import whole_months
from caopan.playbook.handbook import handbook
from caopan.units.period import Period
from tests.diagnose.conftest import inputs_of

BOOK = handbook()


def _months(*counts: int, who: int = 0) -> list[dict[str, object]]:
    """Return so many sessions spread over January, February, … of 2026."""
    return [{"at": f"2026-{month:02}-{1 + 28 * place // count:02}T08:00", "who": who,
             "id": f"{who}-{month}-{place}", "units": 5 + place, "viewers": 50, "minutes": 60}
            for month, count in enumerate(counts, start=1) for place in range(count)]


def _undated(rows: list[dict[str, object]], **more: object) -> Inputs:
    inputs = inputs_of(rows, **more)  # type: ignore[arg-type]
    unknown = np.zeros(len(inputs.sessions), dtype=np.bool_)
    return replace(inputs, sessions=replace(inputs.sessions, dated=unknown))


def _first(inputs: Inputs, period: Period | None = None) -> Diagnosis:
    return everyone(inputs, rules=BOOK.rules, ladder=BOOK.ladder, period=period)[0]


def test_the_last_month_is_compared_with_the_month_before() -> None:
    found = _first(_undated(_months(4, 6, 5)))

    assert found.period == Period(start=date(2026, 3, 1), end=date(2026, 4, 1))
    assert found.compared_period == Period(start=date(2026, 2, 1), end=date(2026, 3, 1))
    assert (found.change.n_before, found.change.n_after) == (6, 5)
    assert "whole_months" in {note.key for note in found.notes}


def test_few_sessions_a_month_make_several_months_a_side() -> None:
    made = windows(_undated(_months(2, 2, 2, 2)))

    assert made.period(0) == Period(start=date(2026, 3, 1), end=date(2026, 5, 1))
    assert made.compared(0) == Period(start=date(2026, 1, 1), end=date(2026, 3, 1))


def test_too_few_at_any_length_keep_one_month_and_are_refused() -> None:
    found = _first(_undated(_months(1, 1)))

    assert found.period.days == 28
    assert found.change.refused is not None


def test_a_year_ends_between_two_months() -> None:
    days = np.array([number_of(date(2025, 12, 9))] * 3 + [number_of(date(2026, 1, 9))] * 3)

    made = whole_months(np.zeros(6, dtype=np.int64), days, subjects=1)

    assert made.compared(0) == Period(start=date(2025, 12, 1), end=date(2026, 1, 1))


def test_who_ends_a_month_earlier_is_said_to() -> None:
    rows = [*_months(4, 4, 4), *_months(4, 4, who=1)]

    made = windows(_undated(rows, names=("goes on", "ends early")))

    assert made.early.tolist() == [False, True]
    assert made.period(1).start == date(2026, 2, 1)


def test_subjects_whose_days_are_known_keep_whole_weeks() -> None:
    known = [{**row, "who": 1, "id": f"k{place}", "at": f"2026-{2 + place // 28:02}-"
              f"{1 + place % 28:02}T20:00"} for place, row in enumerate(_months(28, 28))]
    inputs = inputs_of([*_months(4, 4, 4), *known], names=("months", "days"))
    dated = inputs.sessions.subject == 1
    inputs = replace(inputs, sessions=replace(inputs.sessions, dated=dated))

    made = windows(inputs)

    assert made.months.tolist() == [True, False]
    assert (made.period(0).days, made.period(1).days) == (31, 28)


def test_a_single_session_without_a_day_cuts_no_months() -> None:
    inputs = inputs_of(_months(8, 8))
    dated = np.arange(16) > 0

    made = windows(replace(inputs, sessions=replace(inputs.sessions, dated=dated)))

    assert made.months.tolist() == [False]


def test_asking_for_days_that_cut_a_month_is_said_to_mean_nothing() -> None:
    inputs = _undated(_months(8, 8))
    cut = Period(start=date(2026, 2, 10), end=date(2026, 2, 24))

    notes = {note.key for note in _first(inputs, cut).notes}

    assert "days_made_up" in notes
    assert "whole_months" not in notes


def test_a_month_that_is_asked_for_is_compared_with_the_whole_month_before() -> None:
    found = _first(_undated(_months(8, 8)), Period(start=date(2026, 2, 1), end=date(2026, 3, 1)))

    assert found.compared_period == Period(start=date(2026, 1, 1), end=date(2026, 2, 1))
    assert (found.change.n_before, found.change.n_after) == (8, 8)
    assert "days_made_up" not in {note.key for note in found.notes}


def test_days_nobody_knows_are_not_counted() -> None:
    found = _first(_undated(_months(4, 6, 5)))

    assert all(session["day"] is None for session in found.sessions)
    assert not [one for one in found.findings
                if one.signal.metric in {"live_days_per_week", "days_since_last"}]
