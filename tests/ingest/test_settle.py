"""Currency, zone and year are settled once a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest

from caopan.ingest.cells import Cells
from caopan.ingest.column import reader
from caopan.ingest.context import Context
from caopan.ingest.grid import Block
from caopan.ingest.layout import Field, Layout
from caopan.ingest.options import Options
from caopan.ingest.problems import Problems
from caopan.ingest.settle import Bound, calendar, spoken_currency, zone

NOW = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)


def block(**columns: list[str]) -> tuple[Block, list[Bound]]:
    """Return a block of text columns, each named by what it fills (``gmv`` → header ``gmv``)."""
    cells = tuple(Cells(length=len(values), texts=pa.array(values, pa.string()))
                  for values in columns.values())
    bound = [(reader(Field(header=name.replace("__", " ("), to=name.partition("__")[0]),
                     table="sessions"), at) for at, name in enumerate(columns)]
    return Block(columns=cells, rows=np.arange(2, 2 + cells[0].length)), bound


def context(*, titles: tuple[str, ...] = (), currency: str = "CNY", **choices: object) -> Context:
    options = Options(**{"now": NOW, "salt": b"", **choices})  # type: ignore[arg-type]
    return Context(layout="l", platform="p", file="f.csv", sheet=None, titles=titles, headers=(),
                   options=options, currency=currency, zone=ZoneInfo("Asia/Shanghai"),
                   problems=Problems(file="f.csv"))


def year_of(surroundings: Context, **columns: list[str]) -> int | None:
    first, bound = block(**columns)
    return calendar(surroundings, first, bound, [first]).year


@pytest.mark.parametrize(("columns", "expected"), [
    ({"gmv": ["5", "Rp5.000"]}, "IDR"), ({"gmv": ["5"], "currency": ["thb"]}, "THB"),
    ({"gmv__Rp)": ["5"]}, "IDR"), ({"gmv": ["5"]}, "CNY"), ({"title": ["Rp5.000"]}, "CNY"),
    ({"gmv": ["--", ""], "refund_amount": ["$5"]}, "USD"),
])
def test_the_currency_is_what_the_file_says(shows: Layout, columns: dict[str, list[str]],
                                            expected: str) -> None:
    first, bound = block(**columns)

    assert spoken_currency(first, bound, layout=shows, given=None) == expected


def test_what_the_operator_says_goes_before_the_layout_and_the_layout_before_signs(
    shows: Layout,
) -> None:
    first, bound = block(gmv=["Rp5.000"])
    fixed = replace(shows, currency="THB")

    assert spoken_currency(first, bound, layout=fixed, given="VND") == "VND"
    assert spoken_currency(first, bound, layout=fixed, given=None) == "THB"


@pytest.mark.parametrize(("currency", "name", "warned"), [
    ("CNY", "Asia/Shanghai", False), ("IDR", "Asia/Jakarta", True),
    ("THB", "Asia/Bangkok", True), ("USD", "Asia/Shanghai", True),
])
def test_the_zone_follows_the_currency_and_says_so(
    shows: Layout, currency: str, name: str, warned: bool,  # noqa: FBT001 - a table of cases
) -> None:
    surroundings = context(currency=currency)

    assert zone(surroundings, layout=shows).key == name
    assert bool(surroundings.problems.issues) is warned


def test_a_zone_that_is_given_needs_no_warning(shows: Layout) -> None:
    given = context(currency="IDR", timezone="Asia/Makassar")
    fixed = context(currency="IDR")

    assert zone(given, layout=shows).key == "Asia/Makassar"
    assert zone(fixed, layout=replace(shows, timezone="Asia/Jakarta")).key == "Asia/Jakarta"
    assert given.problems.issues == fixed.problems.issues == []


def test_dates_with_years_need_no_year() -> None:
    surroundings = context()

    assert year_of(surroundings, started_at=["2026-03-01 10:00"]) is None
    assert surroundings.problems.issues == []


@pytest.mark.parametrize(("dates", "year"), [
    (["03-09 10:00"], 2026), (["03-10 11:59"], 2026), (["03-10 12:01"], 2025),
    (["01-01 00:00", "12-31 23:00"], 2025), (["02-29 10:00"], 2024),
])
def test_the_year_is_the_latest_that_leaves_every_row_in_the_past(dates: list[str],
                                                                 year: int) -> None:
    surroundings = context()

    assert year_of(surroundings, started_at=dates) == year
    assert [issue.message.values["year"] for issue in surroundings.problems.issues] == [year]


def test_the_latest_date_counts_wherever_it_stands_in_the_file() -> None:
    first, bound = block(started_at=["03-01 10:00"])
    later, _ = block(started_at=["12-24 10:00"])

    assert calendar(context(), first, bound, [first, later]).year == 2025


def test_a_title_or_another_column_names_the_year() -> None:
    assert year_of(context(titles=("2021-06-01 ~ 2021-08-31",)),
                   started_at=["08-30 19:15"]) == 2021
    assert year_of(context(), started_at=["08-30 19:15"], ended_at=["2020/8/30 22:00"]) == 2020


def test_titles_of_two_years_decide_nothing() -> None:
    titles = ("2024-12-01 ~ 2025-01-31",)

    assert year_of(context(titles=titles), started_at=["01-05 10:00"]) == 2026


def test_the_year_given_is_taken_without_a_word() -> None:
    surroundings = context(year=2019)

    assert year_of(surroundings, started_at=["08-30 19:15"]) == 2019
    assert surroundings.problems.issues == []


def test_an_unknown_zone_or_currency_is_refused_before_reading(
    reading: Callable[..., Any],
) -> None:
    text = "场次ID,主播,开播时间,成交金额\n1,a,2026-03-01 19:30,5\n"

    assert reading(text, timezone="Mars/Olympus")[1].skipped.key == "unknown_zone"
    assert reading(text, timezone="../etc/passwd")[1].skipped.key == "unknown_zone"
    assert reading(text, currency="XXX")[1].skipped.key == "unknown_currency"
