from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest

from caopan.ingest.context import Context
from caopan.ingest.sources.tiktok_hours import LAYOUTS

SHAPE = LAYOUTS[0].shape
Make = Callable[..., Context]


def rows(*shows: tuple[str, float, int]) -> pa.Table:
    """Return typed rows of (month, hours, units)."""
    return pa.table({
        "month": [month for month, _, _ in shows],
        "seconds": [hours * 3600 for _, hours, _ in shows],
        "viewers": [10] * len(shows),
        "units": [units for _, _, units in shows],
        "platform": ["tiktok"] * len(shows),
        "_row": list(range(3, 3 + len(shows)))})


def shaped(table: pa.Table, context: Context) -> list[dict[str, Any]]:
    assert SHAPE is not None
    return next((chunk.rows.to_pylist() for chunk in SHAPE(table, context)), [])


def months(table: pa.Table, context: Context) -> list[str]:
    return [row["started_at"].astimezone(context.zone).strftime("%Y-%m")
            for row in shaped(table, context)]


def test_months_that_run_backwards_cross_the_year(context: Make) -> None:
    table = rows(("februari", 1, 1), ("januari", 1, 2), ("desember", 1, 3))

    assert months(table, context()) == ["2026-02", "2026-01", "2025-12"]


def test_months_that_run_forwards_cross_the_year_too(context: Make) -> None:
    table = rows(("desember", 1, 1), ("januari", 1, 2))

    assert months(table, context()) == ["2025-12", "2026-01"]


def test_the_latest_month_never_lies_ahead(context: Make) -> None:
    assert months(rows(("desember", 1, 1)), context()) == ["2025-12"]
    assert months(rows(("november", 1, 1)), context()) == ["2026-11"]


def test_the_operator_may_name_the_year_of_the_latest_month(context: Make) -> None:
    table = rows(("januari", 1, 1), ("desember", 1, 2))

    assert months(table, context(year=2024)) == ["2024-01", "2023-12"]


def test_sessions_of_a_month_keep_the_order_of_the_file(context: Make) -> None:
    newest_first = rows(("mei", 1, 5), ("mei", 1, 4), ("april", 1, 3), ("april", 1, 2))

    units = [row["units"] for row in sorted(shaped(newest_first, context()),
                                            key=lambda row: row["started_at"])]

    assert units == [2, 3, 4, 5]


def test_the_starts_are_a_spread_and_say_so(context: Make) -> None:
    surroundings = context()

    row = shaped(rows(("mei", 22.9, 5)), surroundings)[0]

    assert row["started_at"] == datetime(2026, 4, 30, 17, 0, tzinfo=UTC)
    assert row["x_started_at_known"] == "month"
    assert "starts_spread" in [issue.message.key for issue in surroundings.problems.issues]


def test_a_longer_sheet_moves_the_starts_and_keeps_the_keys(context: Make) -> None:
    short = {row["session_id"] for row in shaped(rows(("mei", 1, 5)), context())}
    longer = {row["session_id"] for row in shaped(rows(("mei", 2, 6), ("mei", 1, 5)), context())}

    assert short < longer


def test_sessions_alike_in_everything_are_both_kept(context: Make) -> None:
    found = shaped(rows(("mei", 1, 5), ("mei", 1, 5)), context())

    assert len({row["session_id"] for row in found}) == 2


@pytest.mark.parametrize("month", ["mayo", "", "13"])
def test_an_unknown_month_is_an_error_and_the_other_rows_load(month: str, context: Make) -> None:
    surroundings = context()

    found = shaped(rows((month, 1, 1), ("mei", 1, 5)), surroundings)

    assert [row["units"] for row in found] == [5]
    error = surroundings.problems.issues[0]
    assert (error.message.key, error.row, error.column, error.value) == (
        "unknown_month", 3, "Bulan", month)


def test_a_sheet_of_unknown_months_gives_nothing(context: Make) -> None:
    assert shaped(rows(("mayo", 1, 1)), context()) == []
