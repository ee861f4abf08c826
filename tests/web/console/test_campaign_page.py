"""The pages of campaigns: begun from a template, changed by forms, version by version."""

from __future__ import annotations

import re

from starlette.testclient import TestClient

from caopan.web.house import House
from tests.web.conftest import owner, token

TABS = ("pitch", "rhythm", "crew", "spend", "contingency")


def begun(client: TestClient, **fields: str) -> str:
    """Begin an S campaign by the form; return its address."""
    answer = client.post("/campaigns", follow_redirects=False, data={
        "token": token(client), "template": "s", "name": "周年庆", "burst_on": "2031-01-10",
        "target": "50万", "budget": "5万", **fields})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def posted(client: TestClient, path: str, after: int, **fields: object) -> int:
    return client.post(path, follow_redirects=False, data={
        "token": token(client), "after": str(after), **fields}).status_code


def test_a_campaign_is_begun_by_a_plain_form_and_stands_in_the_list(empty_house: House) -> None:
    client = owner(empty_house)
    where = begun(client)

    listed = client.get("/campaigns").text
    page = client.get(where).text

    assert f'href="{where}"' in listed
    assert "2031-01-03" in listed
    assert page.count("cp-tab ") + page.count('cp-tab"') == len(TABS)
    assert "还没有讲品框架" in page
    assert "最晚" in page


def test_every_tab_has_its_own_address_in_both_languages(empty_house: House) -> None:
    where = begun(owner(empty_house))
    for language in ("zh", "en"):
        client = owner(empty_house, language=language)
        for tab in TABS:
            page = client.get(f"{where}/{tab}")
            assert page.status_code == 200
            assert re.search(rf'href="{where}/{tab}" aria-current="page"', page.text)
    assert client.get("/campaigns/nothing").status_code == 404


def test_a_form_becomes_a_version_and_a_stale_one_is_refused(empty_house: House) -> None:
    client, workspace = owner(empty_house), empty_house.workspace
    where = begun(client)
    name = where.rsplit("/", 1)[-1]

    first = posted(client, f"{where}/crew", 1, **{"people-host": "小美，小丽、阿泽",
                                                  "needed-host": "3", "task": "network",
                                                  "done": "network"})
    stale = posted(client, f"{where}/crew", 1, **{"people-host": "别人", "needed-host": "1"})

    made = workspace.campaign(name).campaign
    assert (first, stale, made.version) == (303, 409, 2)
    assert next(one.people for one in made.posts if one.role.value == "host") == (
        "小美", "小丽", "阿泽")
    assert [one.id for one in made.tasks if one.done] == ["network"]


def test_calendar_rhythm_and_cards_are_changed_by_forms(empty_house: House) -> None:
    client, workspace = owner(empty_house), empty_house.workspace
    where = begun(client)
    name = where.rsplit("/", 1)[-1]

    posted(client, f"{where}/calendar", 1, **{
        "name": "双十二", "target": "60万", "budget": "5万", "burst-start": "2031-01-10",
        "burst-end": "2031-01-11", "burst-target": "40万"})
    posted(client, f"{where}/rhythm", 2, mode="hold", big_loop_minutes="30",
           small_loop_minutes="5", hold_seconds="300", pulses="60 300 整点抽奖\n120 60 红包")
    posted(client, f"{where}/contingency", 3, **{"person-sell_out": "中控小王",
                                                 "rehearsed": "sell_out"})

    made = workspace.campaign(name).campaign
    assert (made.name, made.target, made.version) == ("双十二", 60_000_000, 4)
    assert next(str(one.end) for one in made.phases if one.phase.value == "burst") == "2031-01-12"
    assert [(one.minute, one.what) for one in made.rhythm.pulses] == [
        (60, "整点抽奖"), (120, "红包")]
    assert next((one.person, one.rehearsed) for one in made.drills
                if one.card_id == "sell_out") == ("中控小王", True)
    assert "phases[burst].target" in client.get(f"{where}/versions").text


def test_what_cannot_be_read_is_said_and_nothing_is_kept(empty_house: House) -> None:
    client = owner(empty_house)
    where = begun(client)

    pulse = posted(client, f"{where}/rhythm", 1, mode="hold", pulses="整点抽奖")
    mode = posted(client, f"{where}/rhythm", 1, mode="sideways")
    amount = posted(client, f"{where}/calendar", 1, target="很多")

    assert (pulse, mode, amount) == (400, 422, 400)
    assert empty_house.workspace.campaign(where.rsplit("/", 1)[-1]).campaign.version == 1


def test_the_proposal_says_what_it_cannot_tell_and_taking_nothing_changes_nothing(
        empty_house: House) -> None:
    client = owner(empty_house)
    where = begun(client)
    page = client.get(f"{where}/proposal").text

    posted(client, f"{where}/proposal", 1)
    taken = posted(client, f"{where}/proposal", 1, part="targets")

    assert "没有可用的排期" in page
    assert taken == 303
    assert empty_house.workspace.campaign(where.rsplit("/", 1)[-1]).campaign.version == 1


def test_a_script_in_a_name_is_text(empty_house: House) -> None:
    client = owner(empty_house)
    where = begun(client, name="<script>alert(1)</script>")

    assert "<script>alert(1)" not in client.get(where).text
    assert "<script>alert(1)" not in client.get("/campaigns").text
