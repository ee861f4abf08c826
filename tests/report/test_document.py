"""The diagnosis as data: what ``--json`` and ``report.json`` promise."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from caopan.diagnose.diagnosis import Change, Diagnosis
from caopan.report.document import amount, document, interval, reconciliation
from caopan.report.page import Definition, Page, Reconciliation
from caopan.units.interval import Interval
from caopan.units.message import LANGUAGES, Language, Message, Text
from caopan.units.period import Period
from caopan.units.unit import Unit
from caopan.units.verdict import Verdict


@pytest.fixture
def written(make: Callable[..., Diagnosis], make_page: Callable[..., Page]) -> dict[str, Any]:
    """Return the orchard's document after a trip through JSON text."""
    known = {definition.id: definition for definition in make_page().definitions}
    text = json.dumps(document([make()], definitions=known, language="zh"), allow_nan=False,
                      ensure_ascii=False)
    found: dict[str, Any] = json.loads(text)
    return found["subjects"][0]  # type: ignore[no-any-return]


def test_a_change_is_in_decimal_text_with_its_currency(written: dict[str, Any]) -> None:
    change = written["change"]

    assert (change["from"], change["to"], change["currency"]) == (
        "418000.00", "320000.00", "CNY")
    assert change["period"] == {"from": "2026-11-08", "to": "2026-11-22"}
    assert change["compared_period"] == {"from": "2026-10-25", "to": "2026-11-08"}
    assert change["method"] == "lmdi"
    assert change["verdict"] == "supported"


def test_factor_amounts_sum_exactly_to_the_change(written: dict[str, Any]) -> None:
    change = written["change"]
    total = sum(Decimal(factor["amount"]) for factor in change["factors"])

    assert total == Decimal(change["to"]) - Decimal(change["from"])
    assert set(change["factors"][0]) >= {"factor", "amount", "low", "high"}
    assert change["factors"][1]["low"] == "-96000.00"


def test_a_finding_carries_evidence_prize_advice_and_verdict(written: dict[str, Any]) -> None:
    first = written["findings"][0]

    assert set(first) >= {"rule", "severity", "evidence", "prize", "advice", "verdict"}
    assert set(first["evidence"]) >= {"metric", "value", "comparison", "n", "interval"}
    assert first["evidence"]["value"] == 0.082
    assert first["evidence"]["interval"]["level"] == 0.8
    assert first["prize"] == {"low": "-96000.00", "mid": "-74000.00", "high": "-53000.00",
                              "level": 0.8, "currency": "CNY"}
    assert first["advice"]["en"].startswith("Start at 19.30")
    assert first["evidence"]["rows"][0]["gmv"] == "28900.00"
    assert first["evidence"]["rows"][3]["ad_spend"] is None
    assert {finding["verdict"] for finding in written["findings"]} == {
        "supported", "cannot_tell"}


def test_money_steps_of_the_funnel_are_decimal_text_and_say_their_currency(
    make: Callable[..., Diagnosis],
) -> None:
    rate = make().funnel[0]
    price = replace(rate, metric="gmv_per_unit", value=12_837.7, comparison=None, low=9_106.2,
                    high=16_569.0, peers=(8_372.0, 11_487.0, 15_762.0))
    known = Definition(id="gmv_per_unit", name=Text(zh="件单价", en="GMV per item"),
                       formula=Text(zh="", en=""), unit=Unit.MONEY)
    one = document([make(funnel=(rate, price))], definitions={known.id: known}, language="zh")
    plain, money = one["subjects"][0]["funnel"]

    assert (money["value"], money["low"], money["high"]) == ("128.38", "91.06", "165.69")
    assert money["comparison"] is None
    assert money["peers"] == ["83.72", "114.87", "157.62"]
    assert (money["unit"], money["currency"]) == ("money", "CNY")
    assert plain["value"] == 0.0821
    assert plain["currency"] is None


def test_evidence_cells_of_money_metrics_are_decimal_text_and_say_their_currency(
    make: Callable[..., Diagnosis],
) -> None:
    one = replace(make().findings[0], rows=({"aov": 14_580.0, "views": 3},
                                            {"gmv": 100, "currency": "IDR"}, {"views": 4}))
    found = document([make(findings=(one,))], definitions={}, language="en")
    evidence = found["subjects"][0]["findings"][0]["evidence"]

    assert evidence["currency"] == "CNY"
    assert evidence["rows"] == [{"aov": "145.80", "views": 3, "currency": "CNY"},
                                {"gmv": "1.00", "currency": "IDR"}, {"views": 4}]


def test_a_money_reading_without_a_definition_is_still_money(
    make: Callable[..., Diagnosis],
) -> None:
    first = make().findings[0]
    one = replace(first, signal=replace(first.signal, metric="gpm", value=15_402.6))
    found = document([make(findings=(one,))], definitions={}, language="zh")
    evidence = found["subjects"][0]["findings"][0]["evidence"]

    assert (evidence["value"], evidence["unit"]) == ("154.03", "money")


def test_reconciled_totals_stand_beside_each_other_with_their_days() -> None:
    row = Reconciliation(
        subject="林晚", product_total=7_100, session_total=10_000, ratio=0.71, within=False,
        witness="product_channels", sessions=77,
        period=Period(start=date(2026, 6, 1), end=date(2026, 9, 1)))

    assert reconciliation([row]) == [{
        "subject": "林晚", "witness": "product_channels", "currency": "CNY",
        "product_total": "71.00", "session_total": "100.00", "ratio": 0.71, "within": False,
        "sessions": 77, "period": {"from": "2026-06-01", "to": "2026-09-01"}}]


def test_stage_money_and_figures_are_in_major_units(written: dict[str, Any]) -> None:
    assert written["stage"]["monthly_gmv"] == "789000.00"
    assert written["stage"]["limits"][0] == "100000.00"
    assert written["figures"]["gmv"] == "320000.00"
    assert written["figures"]["aov"] == "145.80"
    assert written["figures"]["orders"] == 2195
    assert written["figures"]["refund_rate"] is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_come_in_both_languages_and_the_asked_one(
    make: Callable[..., Diagnosis], language: Language,
) -> None:
    one = document([make()], definitions={}, language=language)["subjects"][0]

    assert set(one["headline"]) == {"zh", "en"}
    assert one["findings"][0]["text"] == one["findings"][0]["title"][language]
    assert one["notes"][0]["message"].startswith("1 ")


def test_a_refused_change_has_no_factors_but_a_reason(
    make: Callable[..., Diagnosis], make_change: Callable[..., Change], too_few: Message,
) -> None:
    one = make(change=make_change(factors=(), interval=None, refused=too_few))
    change = document([one], definitions={}, language="en")["subjects"][0]["change"]

    assert change["factors"] == []
    assert change["verdict"] == "cannot_tell"
    assert change["refused"] == {
        "key": "too_few_sessions", "message": "only 2 sessions in the period, fewer than 3",
        "hint": "one more session, or a longer period"}


def test_what_cannot_be_computed_is_null_never_nan(make: Callable[..., Diagnosis]) -> None:
    nan = float("nan")
    first = make().findings[0]
    odd = replace(first, signal=replace(first.signal, value=nan, comparison=None, p_value=nan),
                  rows=({"gmv": nan, "views": np.int64(3), "enter_rate": np.float64(0.5)},),
                  prize=None, verdict=Verdict.CANNOT_TELL)
    one = make(findings=(odd,), figures={"gmv": nan, "aov": None})
    text = json.dumps(document([one], definitions={}, language="zh"), allow_nan=False)
    found = json.loads(text)["subjects"][0]

    assert found["findings"][0]["evidence"]["value"] is None
    assert found["findings"][0]["evidence"]["rows"] == [
        {"gmv": None, "views": 3, "enter_rate": 0.5, "currency": "CNY"}]
    assert found["findings"][0]["prize"] is None
    assert found["figures"] == {"gmv": None, "aov": None}


def test_money_is_exact_to_the_minor_unit() -> None:
    assert amount(1, currency="IDR") == "0.01"
    assert amount(-12_345_678_901, currency="CNY") == "-123456789.01"
    assert interval(None, currency="CNY") is None
    assert interval(Interval(low=-0.4, mid=0, high=0.4, level=0.9), currency="CNY") == {
        "low": "0.00", "mid": "0.00", "high": "0.00", "level": 0.9, "currency": "CNY"}


def test_units_are_numbers_under_no_currency(
    make: Callable[..., Diagnosis], make_change: Callable[..., Change],
) -> None:
    stake = Interval(low=-90.0, mid=-60.0, high=-30.0, level=0.8)
    counted = make_change(measure="units", unit=Unit.UNITS, before=600, after=372,
                          interval=Interval(low=-400.5, mid=-228.0, high=-55.5, level=0.8),
                          factors=tuple(replace(one, interval=stake, amount=-60)
                                        for one in make_change().factors[:2]))
    finding = replace(make().findings[0], prize=None, units_at_stake=stake)

    [told] = document([make(change=counted, findings=(finding,))], definitions={},
                      language="en")["subjects"]

    change = told["change"]
    assert (change["measure"], change["unit"], change["currency"]) == ("units", "units", None)
    assert (change["from"], change["to"], change["amount"]) == (600, 372, -228)
    assert change["interval"] == {"low": -400.5, "mid": -228.0, "high": -55.5, "level": 0.8,
                                  "currency": None}
    assert [(one["amount"], one["low"], one["currency"]) for one in change["factors"]] == [
        (-60, -90.0, None)] * 2
    assert told["findings"][0]["prize"] is None
    assert told["findings"][0]["units_at_stake"] == {
        "low": -90.0, "mid": -60.0, "high": -30.0, "level": 0.8}


def test_money_says_that_it_is_money(written: dict[str, Any]) -> None:
    assert (written["change"]["measure"], written["change"]["unit"]) == ("gmv", "money")
    assert written["findings"][0]["units_at_stake"] is None
