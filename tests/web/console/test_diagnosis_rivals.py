from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from caopan.diagnose.diagnosis import Diagnosis, Factor
from caopan.playbook.handbook import handbook
from caopan.report.words import Words
from caopan.units.interval import Interval
from caopan.units.message import Text
from caopan.units.unit import Unit
from caopan.units.verdict import Verdict
from caopan.web.console.diagnosis_rivals import Rival, Sign, rivals
from caopan.web.house import House

RULES = {rule.id: rule for rule in handbook().rules}


@pytest.fixture
def told(toy_house: House) -> Diagnosis:
    return toy_house.workspace.diagnose().diagnoses[0]


def found(diagnosis: Diagnosis, *, metric: str = "aov", rule: str = "",
          language: str = "zh") -> dict[str, Rival]:
    return {one.name: one for one in rivals(
        diagnosis, words=Words(language=language), rules=RULES, metric=metric, rule=rule)}


def sold(diagnosis: Diagnosis, before: list[int], after: list[int],
         *, aside: int = 0) -> Diagnosis:
    """Return the diagnosis with sessions on Mondays that sold so much."""
    rows = []
    for period, amounts in ((diagnosis.compared_period, before), (diagnosis.period, after)):
        monday = period.start + timedelta(days=-period.start.weekday() % 7)
        rows += [{"session_id": f"{period.start}-{at}", "day": monday, "gmv": amount,
                  "minutes": 60.0, "set_aside": False} for at, amount in enumerate(amounts)]
    rows += [{"session_id": f"x{at}", "day": diagnosis.period.start, "gmv": 1, "minutes": 1.0,
              "set_aside": True} for at in range(aside)]
    return replace(diagnosis, sessions=tuple(rows))


def test_a_change_that_one_great_session_made_is_called_so(told: Diagnosis) -> None:
    carried = found(sold(told, [100, 100, 100], [90, 90, 90_000]))["一场撑起来的"]
    steady = found(sold(told, [100, 100, 100], [60, 60, 70]))["一场撑起来的"]

    assert (carried.sign, steady.sign) == (Sign.MOVED, Sign.STILL)
    assert "方向反了" in carried.said
    assert "¥1 → ¥0.60" in steady.said


def test_two_sessions_a_side_tell_nothing_about_one(told: Diagnosis) -> None:
    assert "一场撑起来的" not in found(sold(told, [100, 100], [60, 60, 70]))


def test_what_was_set_aside_is_counted_by_period(told: Diagnosis) -> None:
    some = found(sold(told, [1, 2, 3], [1, 2, 3], aside=2))["另放的场次"]
    none = found(sold(told, [1, 2, 3], [1, 2, 3]))["另放的场次"]

    assert (some.sign, some.said) == (Sign.MOVED, "前一期 0 场，本期 2 场，没有算进来")
    assert (none.sign, none.said) == (Sign.STILL, "没有")


def test_price_line_up_and_length_are_told_with_their_verdict(told: Diagnosis) -> None:
    price = Factor(id="price", name=Text(zh="价格", en="price"), unit=Unit.MONEY, before=None,
                   after=None, amount=-50_00, p_value=0.01, verdict=Verdict.SUPPORTED,
                   interval=Interval(low=-80_00, mid=-50_00, high=-20_00, level=0.8))
    hours = replace(price, id="hours_per_session", name=Text(zh="场均时长", en="hours per session"),
                    unit=Unit.HOURS, before=3.1, after=3.0, verdict=Verdict.CANNOT_TELL)
    tree = replace(told.change, identity="products", factors=(price, hours))
    changed = replace(told, trees=(tree,), change=replace(told.change, factors=()))

    all_of_them, without = found(changed), found(changed, metric="price")

    assert all_of_them["价格"].sign is Sign.MOVED
    assert all_of_them["价格"].said == "−¥50 · −80 – −20 (80%)"
    assert all_of_them["场均时长"].sign is Sign.UNKNOWN
    assert all_of_them["场均时长"].said.startswith("3.1 → 3.0 小时")
    assert "价格" not in without


def test_what_moved_stands_first_and_what_no_file_carries_last(told: Diagnosis) -> None:
    made = rivals(sold(told, [100, 100, 100], [60, 60, 70], aside=1), rules=RULES,
                  words=Words(language="en"), metric="aov")

    assert made[0].sign is Sign.MOVED
    assert made[-1].name == "festivals, outages, platform changes"
    assert [one.sign for one in made[:-1]] == sorted(
        (one.sign for one in made[:-1]), key=list(Sign).index)


def test_a_finding_names_the_others_that_are_supported_too(toy_house: House) -> None:
    every = toy_house.workspace.diagnose().diagnoses
    sure = next(one for one in every if sum(
        finding.verdict is Verdict.SUPPORTED for finding in one.findings) >= 2)
    first, *others = [finding for finding in sure.findings
                      if finding.verdict is Verdict.SUPPORTED]

    beside = found(sure, rule=first.rule)[f"同期还有 {len(others)} 条有据"]

    assert beside.said == "；".join(RULES[one.rule].called.zh for one in others)


def test_weekends_that_stayed_the_same_explain_nothing(told: Diagnosis) -> None:
    shares = found(sold(told, [1, 2, 3], [1, 2, 3]))["周几排法"]

    assert (shares.sign, shares.said) == (Sign.STILL, "周末场占 0% → 0%")
