from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from caopan.units.clock import business_day
from caopan.units.period import Period


def test_a_period_leaves_out_its_last_day() -> None:
    fortnight = Period(start=date(2026, 3, 1), end=date(2026, 3, 15))

    assert fortnight.days == 14
    assert fortnight.previous() == Period(start=date(2026, 2, 15), end=date(2026, 3, 1))


def test_a_period_begins_at_midnight_in_shanghai() -> None:
    day = Period(start=date(2026, 3, 1), end=date(2026, 3, 2))

    assert day.instants() == (datetime(2026, 2, 28, 16, tzinfo=UTC),
                              datetime(2026, 3, 1, 16, tzinfo=UTC))


def test_a_show_at_one_in_the_morning_belongs_to_the_new_day() -> None:
    assert business_day(datetime(2026, 2, 28, 17, 0, tzinfo=UTC)) == date(2026, 3, 1)


@pytest.mark.parametrize("end", [date(2026, 3, 1), date(2026, 2, 1)])
def test_an_empty_period_is_refused(end: date) -> None:
    with pytest.raises(ValueError, match="ends after it starts"):
        Period(start=date(2026, 3, 1), end=end)
