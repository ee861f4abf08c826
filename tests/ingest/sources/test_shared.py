"""The real files beside the project: the counts of their README, and what became of each row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

import pyarrow as pa
import pytest

from caopan.facts.issue import Issue
from caopan.ingest.spanning import spanned

RowsOf = Callable[..., tuple[str | None, dict[str, list[dict[str, Any]]], list[Issue]]]
pytestmark = pytest.mark.shared


def keys(issues: list[Issue]) -> Counter[str]:
    return Counter(issue.message.key for issue in issues)


def total(rows: list[dict[str, Any]], column: str) -> Decimal:
    return sum((Decimal(row[column]) for row in rows if column in row), Decimal())


def test_all_712_sessions_of_summer_2021_are_accounted_for(
    shared_data: Path, rows_of: RowsOf,
) -> None:
    file = shared_data / "live_douyin_2021" / "Data_Livestream_General.csv.gz"

    layout, tables, issues = rows_of(file, year=2021)

    sessions = tables["sessions"]
    assert layout == "thirdparty.sessions"
    assert (len(sessions), keys(issues)["false_start"]) == (695, 17)
    assert len({row["session_id"] for row in sessions}) == 695
    assert sum("gmv" not in row for row in sessions) == 54 - 6
    assert total(sessions, "gmv") == Decimal("4508706852.84")
    assert len(tables["streamers (derived)"]) == 12
    assert (min(row["started_at"] for row in sessions)[:10],
            max(row["started_at"] for row in sessions)[:10]) == ("2021-05-31", "2021-08-31")


def test_products_keep_every_yuan_but_that_of_equal_rows(
    shared_data: Path, rows_of: RowsOf,
) -> None:
    file = shared_data / "live_douyin_2021" / "Data_Sales.csv.gz"

    layout, tables, issues = rows_of(file)

    products = tables["products"]
    assert layout == "thirdparty.products"
    assert len(products) == 13_267 - 34
    assert [issue.message.values for issue in issues] == [{"n": 34}]
    assert len({row["product_id"] for row in products}) == len(products)


def test_product_totals_stand_beside_session_totals_by_host(
    shared_data: Path, rows_table: Callable[..., pa.Table],
) -> None:
    folder = shared_data / "live_douyin_2021"
    products = rows_table(folder / "Data_Sales.csv.gz", "products")
    sessions = rows_table(folder / "Data_Livestream_General.csv.gz", "sessions", year=2021)

    totals = spanned(products, sessions)

    by_host = {row["x_streamer_id"]: row["gmv_sum"] for row in totals.group_by("x_streamer_id")
               .aggregate([("gmv", "sum")]).to_pylist()}
    sold = {row["streamer_id"]: row["gmv_sum"] for row in sessions.group_by("streamer_id")
            .aggregate([("gmv", "sum")]).to_pylist()}
    ratios = {host: by_host[host] / sold[host] for host in sold}
    assert len(ratios) == 12
    assert round(median(ratios.values()), 2) == 1.0
    assert min(ratios.values()) == pytest.approx(0.7115, abs=1e-3)
    assert max(ratios.values()) < 1.05
    assert set(totals["from"].to_pylist()) == {date(2021, 6, 1)}
    assert set(totals["to"].to_pylist()) == {date(2021, 9, 1)}


def test_a_video_without_an_estimate_has_unknown_sales(
    shared_data: Path, rows_of: RowsOf,
) -> None:
    file = shared_data / "live_douyin_2021" / "Data_Short_Videos.csv.gz"

    layout, tables, _ = rows_of(file, year=2021)

    videos = tables["videos"]
    assert (layout, len(videos)) == ("thirdparty.videos", 1_345)
    assert len({row["video_id"] for row in videos}) == 1_345
    assert sum("units" in row for row in videos) == 34


def test_the_indonesian_sheet_gives_217_sessions_in_twelve_months(
    shared_data: Path, rows_of: RowsOf,
) -> None:
    layout, tables, issues = rows_of(
        shared_data / "live_tiktok_units" / "sessions.xlsx", account="shop")

    sessions = tables["sessions"]
    assert (layout, len(sessions)) == ("tiktok.hours", 217)
    assert len({row["session_id"] for row in sessions}) == 217
    assert sum(row["units"] == 0 for row in sessions) == 12
    assert keys(issues) == {"starts_spread": 1}
    assert sessions[0]["started_at"] > sessions[-1]["started_at"]


def test_february_orders_balance(shared_data: Path, rows_of: RowsOf) -> None:
    file = shared_data / "cn_tmall_orders_2020" / "tmall_order_report.csv"

    layout, tables, _ = rows_of(file, account="shop")

    orders = tables["orders"]
    paid = [row for row in orders if "paid_at" in row]
    assert (layout, len(orders), len(paid)) == ("marketplace.tmall_orders", 28_010, 24_087)
    assert total(orders, "amount") == total(paid, "amount")
    refunded, kept = total(orders, "refund_amount"), total(orders, "amount")
    assert round(float(refunded / (kept - refunded)), 3) == 0.301
    assert orders[0]["amount"] == "0.00"
    assert {row["province"] for row in orders} >= {"上海", "内蒙古自治区"}


@pytest.mark.parametrize("file", ["cdnow/cdnow.csv", "cdnow/apparelTrans.csv"])
def test_files_of_no_platform_wait_for_a_mapping(
    file: str, shared_data: Path, rows_of: RowsOf,
) -> None:
    layout, tables, _ = rows_of(shared_data / file)

    assert (layout, tables) == (None, {})
