"""The same TikTok exports as other shops have them: another locale, spelling, kind of cell."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from caopan.facts.issue import Issue

RowsOf = Callable[..., tuple[str | None, dict[str, list[dict[str, Any]]], list[Issue]]]

LIVESTREAM_HEADER = [
    "Livestream", "Start time", "Duration", "Gross revenue", "Direct GMV", "Items sold",
    "Customers", "Avg. price", "Orders paid for", "GMV/1K shows", "GMV/1K views", "Views",
    "Viewers", "Peak viewers", "New followers", "Avg. view duration", "Likes", "Comments",
    "Shares", "Product impressions", "Product clicks", "CTR", "CTOR (SKU orders)"]
VIDEO_HEADER = [
    "Creator name", "Creator ID", "Video Info", "Video ID", "Time", "Products", "VV", "Likes",
    "Comments", "Shares", "New followers", "V-to-L clicks", "Product Impressions",
    "Product Clicks", "Unique customers", "Orders", "Video items sold",
    "Gross merchandise value (Video) ({sign})", "GPM ({sign})",
    "Shoppable video attributed GMV ({sign})"]


def livestream(start: str, gmv: str, *, seconds: str = "3600") -> list[str]:
    """Return one data row of a livestream list."""
    return ["Show", start, seconds, gmv, gmv, "2", "2", gmv, "2", gmv, gmv, "100", "90", "30",
            "1", "12", "5", "1", "0", "200", "20", "20%", "10%"]


def write(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return path


@pytest.mark.parametrize(("money", "gmv", "currency", "start"), [
    ("Rp9.467.316", "9467316.00", "IDR", "2026-03-20T12:00:00+00:00"),
    ("฿1,234.56", "1234.56", "THB", "2026-03-20T12:00:00+00:00"),
    ("RM99.90", "99.90", "MYR", "2026-03-20T11:00:00+00:00"),
    ("₫1.250.000", "1250000.00", "VND", "2026-03-20T12:00:00+00:00"),
])
def test_the_shops_locale_gives_currency_and_zone(
    money: str, gmv: str, currency: str, start: str, tmp_path: Path, rows_of: RowsOf,
) -> None:
    file = write(tmp_path / "list.csv", [
        ["2026-03-16 ~ 2026-04-12"], [], LIVESTREAM_HEADER,
        livestream("2026/03/20 19:00:00", money)])

    layout, tables, issues = rows_of(file, account="toko")

    row = tables["sessions"][0]
    assert layout == "tiktok.livestreams"
    assert (row["gmv"], row["currency"], row["started_at"]) == (gmv, currency, start)
    assert [issue.message.key for issue in issues] == ["implied_zone"]


def test_dollars_imply_no_zone_and_the_operator_gives_one(
    tmp_path: Path, rows_of: RowsOf,
) -> None:
    file = write(tmp_path / "list.csv", [
        ["2026-03-16 ~ 2026-04-12"], [], LIVESTREAM_HEADER,
        livestream("2026/03/20 19:00:00", "$1,234.56")])

    _, tables, _ = rows_of(file, account="shop", timezone="America/New_York")

    row = tables["sessions"][0]
    assert (row["gmv"], row["currency"]) == ("1234.56", "USD")
    assert row["started_at"] == "2026-03-20T23:00:00+00:00"


@pytest.mark.parametrize("spelling", ["Duration", "Duration (seconds)"])
def test_the_length_is_found_under_either_spelling(
    spelling: str, tmp_path: Path, rows_of: RowsOf,
) -> None:
    header = [spelling if name == "Duration" else name for name in LIVESTREAM_HEADER]
    file = write(tmp_path / "list.csv", [
        ["2026-03-16 ~ 2026-04-12"], [], header, livestream("2026/03/20 19:00:00", "Rp5.000")])

    _, tables, _ = rows_of(file, account="toko")

    assert tables["sessions"][0]["ended_at"] == "2026-03-20T13:00:00+00:00"


def test_without_an_account_the_file_is_one_account_and_says_so(
    tmp_path: Path, rows_of: RowsOf,
) -> None:
    file = write(tmp_path / "toko_april.csv", [
        ["2026-03-16 ~ 2026-04-12"], [], LIVESTREAM_HEADER,
        livestream("2026/03/20 19:00:00", "Rp5.000")])

    _, tables, issues = rows_of(file)

    assert tables["sessions"][0]["streamer_id"] == "toko_april"
    assert "merchant_id" not in tables["sessions"][0]
    assert "no_account" in [issue.message.key for issue in issues]


def test_a_bad_cell_costs_its_row_only(tmp_path: Path, rows_of: RowsOf) -> None:
    file = write(tmp_path / "list.csv", [
        ["2026-03-16 ~ 2026-04-12"], [], LIVESTREAM_HEADER,
        livestream("2026/03/20 19:00:00", "Rp5.000"),
        livestream("2026/03/21 19:00:00", "Rp-5.000"),
        livestream("someday", "Rp5.000")])

    _, tables, issues = rows_of(file, account="toko")

    assert len(tables["sessions"]) == 1
    errors = {(issue.row, issue.column) for issue in issues if issue.level == "error"}
    assert errors == {(5, "Direct GMV"), (6, "Start time")}


@pytest.mark.parametrize(("sign", "currency"), [("Rp", "IDR"), ("$", "USD"), ("£", "GBP")])
def test_the_currency_of_a_video_list_stands_in_its_headers(
    sign: str, currency: str, tmp_path: Path, rows_of: RowsOf,
) -> None:
    file = write(tmp_path / "videos.csv", [
        ["[Date Range]: 2026-02-01 ~ 2026-02-28\n"], [],
        [header.format(sign=sign) for header in VIDEO_HEADER],
        ["anna", "6779305119785501701", "kit", "7525893900704419074", "2025/07/11", "Kit",
         "70612", "89", "7", "41", "6", "0", "57558", "2695", "54", "57", "60", "1248.35",
         "17.68", "1552.14"]])

    layout, tables, _ = rows_of(file)

    row = tables["videos"][0]
    assert layout == "tiktok.videos"
    assert (row["gmv"], row["currency"], row["x_attributed_gmv"]) == (
        "1248.35", currency, "1552.14")
    assert (row["from"], row["to"]) == ("2026-02-01", "2026-03-01")


def test_an_older_product_list_says_units_and_buyers(
    golden: Path, tmp_path: Path, rows_of: RowsOf,
) -> None:
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(str(golden / "tiktok_products.xlsx"))
    rows = [[str(cell) for cell in row]
            for row in book.get_sheet_by_index(0).to_python(skip_empty_area=False)]
    rows[2] = [cell.replace("items sold", "units sold").replace("Items sold", "Units sold")
               .replace("customers", "buyers") for cell in rows[2]]

    layout, tables, _ = rows_of(write(tmp_path / "products.csv", rows))

    live = next(row for row in tables["product_channels"] if row["channel"] == "live")
    assert layout == "tiktok.products"
    assert (live["units"], live["buyers"], live["x_product_units"]) == (494, 463, "510")
