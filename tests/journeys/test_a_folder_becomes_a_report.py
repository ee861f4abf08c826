from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from tests.journeys.conftest import Operator

pytestmark = pytest.mark.shared


def test_an_operator_gets_a_report_from_the_exports_of_twelve_hosts(
        operator: Operator, shared_data: Path) -> None:
    told = operator.asks("run", shared_data / "live_douyin_2021", "--year", "2021")

    assert {file["layout"] for file in told["imported"]} == {
        "thirdparty.sessions", "thirdparty.products", "thirdparty.videos"}
    assert len(told["subjects"]) == 12
    assert told["skipped"] == []
    for subject in told["subjects"]:
        check_change(subject["change"])
        for tree in subject["trees"]:
            check_change(tree)
    report = Path(told["report"]).read_text(encoding="utf-8")
    assert len(report.encode()) <= 1_500_000
    assert "<script" not in report
    assert not re.search(r"(src|href)=[\"']https?:", report)
    forecasts = json.loads(Path(told["report_json"]).read_text("utf-8"))["forecasts"]
    assert forecasts == told["forecasts"]
    assert len({one["streamer_id"] for one in forecasts}) == 12
    assert {one["rule"] for one in forecasts} == {"median_5"}  # no plan came with the exports
    assert all(one["reason"] for one in forecasts)


def check_change(change: dict[str, object]) -> None:
    """The factors sum exactly to the change, or the split is refused with a reason."""
    if change["refused"] is not None:
        assert change["factors"] == []
        return
    amounts = [Decimal(factor["amount"]) for factor in change["factors"]]
    assert sum(amounts) == Decimal(change["to"]) - Decimal(change["from"])
    for factor in change["factors"]:
        if factor["low"] is not None:
            assert Decimal(factor["low"]) <= Decimal(factor["amount"]) <= Decimal(factor["high"])


def test_a_blank_gmv_is_not_zero(operator: Operator, shared_data: Path) -> None:
    operator.asks("import", shared_data / "live_douyin_2021", "--year", "2021")

    sold = operator.asks("metric", "gmv_gross")["rows"]
    every = operator.asks("metric", "sessions")["rows"]

    assert [(row["value"], row["n"]) for row in sold] == [("4508706852.84", 647)]
    assert every[0]["value"] == 695


def test_importing_twice_changes_nothing_and_undo_takes_it_back(
        operator: Operator, shared_data: Path) -> None:
    first = operator.asks("import", shared_data / "live_douyin_2021", "--year", "2021")
    again = operator.asks("import", shared_data / "live_douyin_2021", "--year", "2021")

    assert first["tables"]["sessions"] == {
        "rows_added": 695, "rows_replaced": 0, "rows_unchanged": 0}
    assert {name: (counts["rows_added"], counts["rows_replaced"])
            for name, counts in again["tables"].items()} == dict.fromkeys(again["tables"], (0, 0))

    refused = operator.types("undo", first["batch"])
    assert refused.code == 1
    assert f"batch {again['batch']}" in refused.err.lower() or str(again["batch"]) in refused.err
    operator.asks("undo", again["batch"])
    operator.asks("undo", first["batch"])

    assert operator.asks("metric", "sessions")["rows"] in ([], [{"value": None, "n": 0}],
                                                           [{"value": 0, "n": 0}])


@pytest.mark.parametrize(("folder", "table", "rows"), [
    ("live_douyin_2021", "sessions", 695),
    ("live_tiktok_units", "sessions", 217),
    ("cn_tmall_orders_2020", "orders", 28_010),
])
def test_every_folder_that_should_be_known_is(
        operator: Operator, shared_data: Path, folder: str, table: str, rows: int) -> None:
    told = operator.asks("import", shared_data / folder)

    assert told["tables"][table]["rows_added"] == rows


def test_a_folder_of_something_else_ends_in_reasons(operator: Operator, shared_data: Path) -> None:
    answer = operator.types("import", shared_data / "causal_panels", "--json")

    assert answer.code == 1
    assert answer.document["error"]["key"] == "nothing_imported"
    assert all(issue["file"] and issue["message"] for issue in answer.document["issues"])


def test_a_file_nobody_knows_is_mapped_once_and_recognised_from_then_on(
        operator: Operator, shared_data: Path) -> None:
    orders = shared_data / "cdnow" / "cdnow.csv"
    assert operator.types("import", orders).code == 1

    seen = operator.asks("mapping", orders, "--table", "orders", "--column", "Id=buyer_id",
                         "--column", "Date=paid_at", "--column", "CDs=quantity",
                         "--column", "Price=amount", "--save", "cdnow")
    told = operator.asks("import", orders)

    assert seen["saved"] is True
    assert told["tables"]["orders"]["rows_added"] >= 6_600
    [total] = operator.asks("metric", "gmv_orders")["rows"]
    assert Decimal(total["value"]) > 200_000
