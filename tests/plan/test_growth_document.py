from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from caopan.plan.growth_difference import changes
from caopan.plan.growth_document import BadGrowthPlanError, read, written
from caopan.playbook.gate import Bound
from caopan.playbook.signal import Against

DOCUMENT: dict[str, Any] = {
    "grain": "streamer", "subject": "小满", "stages": [
        {"id": "conversion", "from": "2026-12-01", "to": "2027-01-12", "target": "300000",
         "invested": {"sessions_per_week": 4, "hours": 2.5, "spend": "800", "products": 12},
         "conditions": [{"metric": "aov", "at_least": "59.90"},
                        {"metric": "view_pay_rate", "against": "previous", "at_least": 0.9}],
         "otherwise": "先修转化"},
        {"id": "depth", "from": "2027-01-12", "to": "2027-03-01", "target": "500000",
         "invested": {"sessions_per_week": 5, "hours": 3}}],
    "steps": [{"kind": "campaign", "level": "S", "campaign": "c-1", "from": "2027-01-05",
               "to": "2027-01-06", "hours": 12}]}


def test_a_plan_comes_back_as_it_was_written() -> None:
    plan = read(DOCUMENT)

    assert read(written(plan)) == plan
    first, second = plan.stages[0].asks
    assert (first.value, first.bound) == (5990.0, Bound.AT_LEAST)  # money in minor units
    assert (second.value, second.against) == (0.9, Against.PREVIOUS)
    assert plan.stages[0].conditions[0].value == 30_000_000.0
    assert plan.steps_of(plan.stages[0]) == plan.steps


def test_every_fault_is_named_with_its_place() -> None:
    stage = DOCUMENT["stages"][0]
    bad = {**DOCUMENT, "grain": "shop", "currency": "XXX", "stages": [
        {**stage, "to": "2026-11-01", "target": "-5"},
        {**stage, "invested": {"sessions_per_week": 0, "hours": "x"},
         "conditions": [{"metric": "luck", "at_least": 1},
                        {"metric": "sessions", "against": "previous", "at_least": 1},
                        {"metric": "aov"}]}],
        "steps": [{"kind": "campaign", "from": "2026-12-02", "to": "2026-12-03"}, 7]}

    with pytest.raises(BadGrowthPlanError) as refused:
        read(bad)

    assert [one.values["where"] for one in refused.value.problems] == [
        "stages[0].target", "stages[0].to", "stages[1].invested.sessions_per_week",
        "stages[1].invested.hours", "stages[1].conditions[0].metric",
        "stages[1].conditions[1].against", "stages[1].conditions[2].at_least", "steps[1]",
        "steps[0].level", "steps[1].kind", "steps[1].from", "steps[1].to", "grain", "currency"]


def test_stages_follow_each_other_and_steps_lie_within() -> None:
    second = {**DOCUMENT["stages"][1], "from": "2027-01-01"}
    step = {**DOCUMENT["steps"][0], "from": "2027-05-01", "to": "2027-05-02"}

    with pytest.raises(BadGrowthPlanError) as refused:
        read({**DOCUMENT, "stages": [DOCUMENT["stages"][0], second], "steps": [step]})

    assert [one.values["where"] for one in refused.value.problems] == [
        "stages[1].from", "steps[0].from"]


@pytest.mark.parametrize("what", [None, [], "x", {"stages": []}, {"stages": [{}] * 13}])
def test_what_is_no_plan_is_refused(what: object) -> None:
    with pytest.raises(BadGrowthPlanError):
        read(what)


def test_a_difference_names_the_fields() -> None:
    before = read(DOCUMENT)
    after = replace(before, version=2, stages=before.stages[:1], steps=())

    found = {one.where: (one.before, one.after) for one in changes(before, after)}

    assert found["stages[1].target"] == ("500000.00", None)
    assert found["steps[0].campaign"] == ("c-1", None)
    assert "version" not in found
    assert changes(before, before) == ()
