"""The pages of growth plans."""

from __future__ import annotations

import re

from starlette.testclient import TestClient

from caopan.web.house import House
from tests.web.conftest import owner, token

PLAN = "/growth/streamer/h00006"


def sent(client: TestClient, **fields: str) -> str:
    answer = client.post(PLAN, data={"token": token(client), **fields}, follow_redirects=True)
    return answer.text


def test_a_plan_is_begun_from_a_template_changed_by_forms_and_compared(toy_house: House) -> None:
    client = owner(toy_house, language="en")
    assert "Proposed, not kept" in client.get(f"{PLAN}?template=phases").text

    kept = sent(client, do="keep", template="phases", after="0")
    stage = dict(do="stage", at="0", name="Footing", target="8万", sessions_per_week="4",
                 hours="2", spend="", products="10", otherwise="Mend the pitch",
                 c0_metric="top1_sku_share", c0_against="level", c0_bound="at_most",
                 c0_limit="55%", **{"from": "2026-03-02", "to": "2026-03-30"})
    plan = toy_house.workspace.growth_plans("h00006")[-1].plan
    stage |= {"from": plan.stages[0].start.isoformat(), "to": plan.stages[0].end.isoformat()}
    changed = sent(client, after="1", **stage)
    stale = client.post(PLAN, data={"token": token(client), "after": "1", **stage,
                                    "hours": "3"})
    day = plan.stages[1].start.isoformat()
    stepped = sent(client, do="step", after="2", kind="campaign", level="S", name="周年庆",
                   campaign="c-9", hours="12", **{"from": day,
                                                  "to": plan.stages[1].end.isoformat()})

    assert "version 1" in kept
    assert "Footing" in changed
    assert "stages[0].target" in changed  # what this version changed
    assert "at most 55.0%" in changed
    assert stale.status_code == 409
    assert "version 2" in stale.text
    assert 'href="/campaigns/c-9"' in stepped
    assert toy_house.workspace.growth_plans("h00006")[-1].plan.stages[0].target == 8_000_000


def test_what_a_form_gets_wrong_is_named_and_nothing_is_kept(toy_house: House) -> None:
    client = owner(toy_house)
    sent(client, do="keep", template="phases")
    before = len(toy_house.workspace.growth_plans("h00006"))

    answer = client.post(PLAN, data={"token": token(client), "do": "step", "kind": "campaign",
                                     "level": "", "from": "2026-99-01", "to": ""})

    assert answer.status_code == 422
    assert "steps[" in answer.text
    assert len(toy_house.workspace.growth_plans("h00006")) == before


def test_the_list_leads_to_plans_and_the_menu_knows_where_it_is(toy_house: House) -> None:
    client = owner(toy_house)

    page = client.get("/growth?grain=merchant").text
    gone = client.get("/growth/choose?grain=streamer&subject=a%2Fb", follow_redirects=False)

    assert '<option value="m00002">' in page
    assert gone.headers["location"] == "/growth/streamer/a%2Fb"
    assert re.search(r'href="/plan"[^>]*aria-current="page"', page)


def test_an_empty_workspace_says_what_to_do(empty_house: House) -> None:
    assert 'href="/import"' in owner(empty_house).get("/growth").text


def test_profile_and_diagnosis_lead_to_the_plan(toy_house: House) -> None:
    page = owner(toy_house).get("/subjects/streamer/h00006").text

    assert f'href="{PLAN}"' in page
