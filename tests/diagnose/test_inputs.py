from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from caopan.diagnose.inputs import COLUMNS, day_of, number_of, ordering, sessions


def test_sessions_are_put_in_order_of_subject_and_start() -> None:
    made = sessions(subject=[1, 0, 1], session_id=["late", "other", "early"],
                    started_at=["2026-03-02T12:00", "2026-03-09T12:00", "2026-03-01T12:00"],
                    columns={"gmv": [3, 2, 1]})

    assert made.session_id.tolist() == ["other", "early", "late"]
    assert made.columns["gmv"].tolist() == [2.0, 1.0, 3.0]
    assert len(made) == 3


def test_a_column_that_is_absent_is_null_and_not_zero() -> None:
    made = sessions(subject=[0], session_id=["a"], started_at=["2026-03-01"], columns={})

    assert set(made.columns) == set(COLUMNS)
    assert all(np.isnan(column).all() for column in made.columns.values())


def test_a_column_nobody_knows_is_refused() -> None:
    with pytest.raises(KeyError, match="gvm"):
        sessions(subject=[0], session_id=["a"], started_at=["2026-03-01"], columns={"gvm": [1]})


@pytest.mark.parametrize(("instant", "day"), [
    ("2026-03-01T15:59:59", date(2026, 3, 1)), ("2026-03-01T16:00:00", date(2026, 3, 2)),
])
def test_the_business_day_turns_at_midnight_in_shanghai(instant: str, day: date) -> None:
    made = sessions(subject=[0], session_id=["a"], started_at=[instant], columns={})

    assert day_of(made.day[0]) == day
    assert number_of(day) == made.day[0]


def test_the_ordering_says_where_each_row_came_from() -> None:
    order = ordering(subject=[1, 0, 0], started_at=["2026-03-01", "2026-03-05", "2026-03-02"])

    assert order.tolist() == [2, 1, 0]
