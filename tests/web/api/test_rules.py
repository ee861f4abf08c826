"""The handbook through the API: read, checked, tried, kept, taken back."""

from __future__ import annotations

from starlette.testclient import TestClient

from caopan.web.api.answers.rules import Editions, Page, Rule, RuleDraft, TakenBack
from caopan.web.house import House
from tests.web.api.conftest import program

RULE = "conversion_view_pay_fell"
PATH = f"/api/rules/{RULE}"
SOUND = f'id = "{RULE}"\nseverity = "low"\n'


def test_a_page_is_checked_and_nothing_is_written(empty_house: House) -> None:
    client = program(empty_house)

    sound = RuleDraft.model_validate_json(client.post(f"{PATH}/check", json={"text": SOUND}).text)
    broken = RuleDraft.model_validate_json(
        client.post(f"{PATH}/check", json={"text": "severity = \n😀"}).text)

    assert sound.sound
    assert sound.rule is not None
    assert sound.rule.severity == "low"
    assert (broken.sound, broken.rule) == (False, None)
    assert broken.issues[0].row == 1
    assert Page.model_validate_json(client.get(PATH).text).own is None


def test_a_page_is_kept_with_its_history_and_taken_back(empty_house: House) -> None:
    client = program(empty_house)

    refused = client.put(PATH, json={"text": 'id = "other"'})
    kept = Rule.model_validate_json(client.put(PATH, json={"text": SOUND}).text)
    page = Page.model_validate_json(client.get(PATH).text)
    back = TakenBack.model_validate_json(client.delete(PATH).text)
    twice = client.delete(PATH)
    editions = Editions.model_validate_json(client.get(f"{PATH}/editions").text)

    assert (refused.status_code, refused.json()["key"]) == (422, "unsound_page")
    assert refused.json()["issues"][0]["key"] == "other_id"
    assert (kept.severity, kept.origin, page.own) == ("low", "changed", SOUND)
    assert back.rule is not None
    assert back.rule.origin == "shipped"
    assert (twice.status_code, twice.json()["key"]) == (404, "unknown_rule")
    assert [one.text for one in editions.editions] == [None, SOUND]


def test_a_changed_rule_is_tried_as_a_job(kept: TestClient, kept_house: House) -> None:
    begun = kept.post(f"{PATH}/rehearsals", json={"text": f'id = "{RULE}"\nstatus = "off"\n'})
    job = kept_house.jobs.wait(begun.json()["job"])

    assert begun.status_code == 202
    assert job.result["after"] == 0
    assert job.result["rule"] == RULE


def test_a_text_that_is_no_page_is_malformed(empty_house: House) -> None:
    client = program(empty_house)

    for body in ({}, {"text": 3}, {"text": SOUND, "also": 1}):
        assert client.post(f"{PATH}/check", json=body).json()["key"] == "malformed"
    surrogate = client.post(f"{PATH}/check", content=b'{"text": "\\ud800"}',
                            headers={"content-type": "application/json"})
    assert surrogate.status_code == 422
