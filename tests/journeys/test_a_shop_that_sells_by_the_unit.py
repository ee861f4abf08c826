"""From a TikTok shop's own sheet of hours, viewers and units to a report that invents no money."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.journeys.conftest import Operator

pytestmark = pytest.mark.shared
MONEY = re.compile(r"[¥$€£฿₫₱]\s?\d|Rp\s?\d|IDR\s?\d")


@pytest.mark.parametrize(("language", "said"), [
    ("zh", ["少卖的 228 件，主要因为播的场次少了", "2026年9月1日–30日，对 8月1日–31日",
            "件数少在哪一步", "单位：件", "按 30 天内影响多少件排序", "阶梯按成交金额（GMV）分级",
            "文件只写了月份，没有日期：时间段按整月算"]),
    ("en", ["Sales fell by 228 units, mainly because there were fewer sessions",
            "1–30 Sep 2026 against 1–31 Aug", "Where units were lost", "in units",
            "by the units at stake over 30 days", "No stage: no GMV",
            "the files name months and no days: whole months are compared"]),
])
def test_the_report_is_in_units_from_the_sentence_to_the_axis(
        operator: Operator, shared_data: Path, language: str, said: list[str]) -> None:
    operator.language = language

    told = operator.asks("run", shared_data / "live_tiktok_units", "--year", "2026")

    report = Path(told["report"]).read_text("utf-8")
    for sentence in said:
        assert sentence in report
    assert not MONEY.search(re.sub(r"<style>.*?</style>", "", report, flags=re.DOTALL))
    assert "<script" not in report


def test_the_document_counts_units_under_no_currency(
        operator: Operator, shared_data: Path) -> None:
    operator.asks("import", shared_data / "live_tiktok_units", "--year", "2026")

    [subject] = operator.asks("diagnose", "--all")["subjects"]

    change, stage = subject["change"], subject["stage"]
    assert (change["measure"], change["unit"], change["currency"]) == ("units", "units", None)
    assert (change["from"], change["to"], change["amount"]) == (600, 372, -228)
    assert change["period"] == {"from": "2026-09-01", "to": "2026-10-01"}
    assert change["compared_period"] == {"from": "2026-08-01", "to": "2026-09-01"}
    for split in (change, *subject["trees"]):
        assert sum(factor["amount"] for factor in split["factors"]) == -228
        assert all(factor["low"] <= factor["amount"] <= factor["high"]
                   for factor in split["factors"])
    assert [factor["factor"] for factor in change["factors"]] == [
        "sessions", "hours_per_session", "viewers_per_hour", "units_per_viewer"]
    assert (stage["rung"], stage["monthly_gmv"], stage["name"]) == (None, None, None)
    assert subject["figures"]["gmv"] is None
    [finding] = [one for one in subject["findings"] if one["rule"] == "schedule_fewer_sessions"]
    assert finding["prize"] is None
    assert finding["units_at_stake"]["high"] < 0
    assert set(finding["units_at_stake"]) == {"low", "mid", "high", "level"}


def test_the_units_of_a_month_are_those_of_the_sheet(
        operator: Operator, shared_data: Path) -> None:
    operator.asks("import", shared_data / "live_tiktok_units", "--year", "2026")

    asked = operator.asks("diagnose", "--all", "--from", "2026-03-01", "--to", "2026-04-01")
    months = operator.asks("metric", "units", "--by", "month")["rows"]

    [subject] = asked["subjects"]
    sold = {row["month"][:7]: (row["value"], row["n"]) for row in months}
    change = subject["change"]
    assert (change["from"], change["to"]) == (sold["2026-02"][0], sold["2026-03"][0]) == (893, 907)
    assert sum(change["n"].values()) == sold["2026-02"][1] + sold["2026-03"][1] - 1
    assert [note["message"] for note in subject["notes"] if note["key"] == "apart_false_start"] == [
        "1 rows were left out: false starts (short, nothing sold)"]
