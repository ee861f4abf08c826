"""Values that cannot be true together are refused, those that hardly can are named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from caopan.facts.issue import Level
from caopan.ingest.reading import Reading

SHOW = "session_id,streamer_id,started_at,ended_at"


@pytest.fixture
def exchange(reading: Callable[..., Any]) -> Callable[[str, str], tuple[list[Any], Reading]]:
    """Return the function that reads canonical CSV: (rows of the table, the reading)."""
    def read(table: str, text: str) -> tuple[list[Any], Reading]:
        rows, found = reading(text, layouts=None, name=f"{table}.csv", timezone="Asia/Shanghai",
                              account="a")
        assert found.skipped is None, found.skipped
        return rows.get(table, []), found
    return read


def told(found: Reading) -> list[tuple[int | None, str | None, str, Level]]:
    return [(issue.row, issue.column, issue.message.key, issue.level) for issue in found.issues]


def test_an_end_before_its_start_refuses_the_row(exchange: Callable[..., Any]) -> None:
    rows, found = exchange("sessions", f"{SHOW}\n"
                           "a,h,2026-03-01 19:30,2026-03-01 18:00\n"
                           "b,h,2026-03-01 19:30,2026-03-01 19:30\n"
                           "c,h,2026-03-01 19:30,\n")

    assert [row["session_id"] for row in rows] == ["b", "c"]
    assert told(found) == [(2, "ended_at", "ends_before_start", Level.ERROR)]
    assert found.issues[0].message.say("zh") == (
        "结束 2026-03-01 18:00+08:00 早于开始 2026-03-01 19:30+08:00")


def test_days_that_run_backwards_refuse_the_row(exchange: Callable[..., Any]) -> None:
    rows, found = exchange("product_channels", "product_id,channel,from,to,gmv\n"
                           "p,live,2026-03-05,2026-03-01,5\np,live,2026-03-01,2026-03-05,5\n")

    assert len(rows) == 1
    assert told(found) == [(2, "to", "ends_before_start", Level.ERROR)]


@pytest.mark.parametrize("start", ["1900-01-01 00:00", "1970-01-01 08:00", "1989-12-31 23:00"])
def test_a_start_before_1990_refuses_the_row(exchange: Callable[..., Any], start: str) -> None:
    rows, found = exchange("sessions", f"{SHOW}\na,h,{start},\nb,h,1990-06-01 00:00,\n")

    assert [row["session_id"] for row in rows] == ["b"]
    assert told(found) == [(2, "started_at", "too_early", Level.ERROR)]
    assert found.issues[0].value.startswith(start)


def test_a_day_before_1990_refuses_the_row(exchange: Callable[..., Any]) -> None:
    rows, found = exchange("followers_daily", "streamer_id,day,followers\nh,1970-01-01,5\n")

    assert rows == []
    assert told(found) == [(2, "day", "too_early", Level.ERROR)]


@pytest.mark.parametrize(("less", "more"), [
    ("buyers", "viewers"), ("viewers", "views"), ("buyers", "orders"), ("orders", "units"),
    ("refund_amount", "gmv"),
])
def test_more_than_can_be_is_loaded_with_a_warning(exchange: Callable[..., Any], less: str,
                                                   more: str) -> None:
    text = (f"session_id,streamer_id,started_at,{less},{more}\n"
            "a,h,2026-03-01 19:30,6,5\nb,h,2026-03-01 20:30,5,5\nc,h,2026-03-01 21:30,5,\n")

    rows, found = exchange("sessions", text)

    assert len(rows) == 3
    assert told(found) == [(2, less, f"{less}_above_{more}", Level.WARNING)]
    six, five = ("6.00", "5.00") if more == "gmv" else ("6", "5")
    assert found.issues[0].message.say("en") == (
        f"“{less}” {six} is more than “{more}” {five}: read as it is")


def test_amounts_are_shown_as_people_write_them(exchange: Callable[..., Any]) -> None:
    _, found = exchange("orders", "order_id,paid_at,amount,refund_amount\n"
                        "o,2026-03-01 19:30,12.30,99.99\n")

    assert found.issues[0].value == "99.99"
    assert "“amount”12.30 还多" in found.issues[0].message.say("zh")


def test_a_refused_row_is_not_warned_of_as_well(exchange: Callable[..., Any]) -> None:
    _, found = exchange("sessions", f"{SHOW},buyers,viewers\n"
                        "a,h,2026-03-01 19:30,2026-03-01 18:00,6,5\n")

    assert [issue.message.key for issue in found.issues] == ["ends_before_start"]


def test_the_issues_of_many_rows_are_bounded(exchange: Callable[..., Any]) -> None:
    lines = "".join(f"{at},h,2026-03-01 19:30,6,5\n" for at in range(5_000))

    rows, found = exchange("sessions",
                           f"session_id,streamer_id,started_at,buyers,viewers\n{lines}")

    assert len(rows) == 5_000
    assert len(found.issues) == 1_001
    assert found.issues[-1].message.values["n"] == 4_000
    assert found.issues[-1].level is Level.WARNING


@pytest.mark.parametrize(("start", "key"), [
    ("0001-01-01 00:00:00+08:00", "too_early"), ("9999-12-31 23:59:00-08:00", "future"),
])
def test_moments_at_the_edge_of_the_calendar_are_rows_issues(
    exchange: Callable[..., Any], start: str, key: str,
) -> None:
    rows, found = exchange("sessions", f"{SHOW}\na,h,{start},\nb,h,2026-03-01 19:30,\n")

    assert [row["session_id"] for row in rows] == ["b"]
    assert told(found) == [(2, "started_at", key, Level.ERROR)]
    assert found.issues[0].value
