"""The date window above the header."""

from __future__ import annotations

from datetime import date

import pytest

from caopan.ingest.window import window, years


@pytest.mark.parametrize("title", [
    "2026-03-16 ~ 2026-04-12", "[Date Range]: 2026-03-16 ~ 2026-04-12\n",
    "Date Start: 2026-03-16 - Date End: 2026-04-12", "2026/3/16-2026/4/12",
    "2026年3月16日至2026年4月12日", "20260316-20260412", "统计周期：2026.03.16 ~ 2026.04.12",
])
def test_every_form_of_a_window_ends_the_day_after_its_last(title: str) -> None:
    assert window(["报表", title]) == (date(2026, 3, 16), date(2026, 4, 13))


@pytest.mark.parametrize("title", ["2026-03-16", "三月", "2026-13-45 ~ 2026-13-46", ""])
def test_one_day_or_none_is_no_window(title: str) -> None:
    assert window([title]) is None


def test_a_day_written_twice_is_a_window_of_one_day() -> None:
    assert window(["2026-03-16 ~ 2026-03-16"]) == (date(2026, 3, 16), date(2026, 3, 17))


def test_years_are_those_of_all_titles() -> None:
    assert years(["2025-12-30 ~ 2026-01-02", "x"]) == {2025, 2026}
