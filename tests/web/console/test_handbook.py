from __future__ import annotations

import re

import pytest
from markupsafe import escape

from caopan.playbook.vocabulary import PLACEHOLDERS
from caopan.web.console.handbook import PLACES
from caopan.web.house import House
from tests.web.conftest import owner, token

RULE = "traffic_viewers_fell"


def test_every_rule_stands_in_the_list_once(toy_house: House) -> None:
    page = owner(toy_house).get("/handbook").text

    counts = [page.count(f'href="/handbook/{rule.id}"')
              for rule in toy_house.workspace.handbook().rules]

    assert set(counts) == {1}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_list_calls_rules_by_name_and_shows_no_placeholder(
        toy_house: House, language: str) -> None:
    page = owner(toy_house, language=language).get("/handbook").text
    rules = toy_house.workspace.handbook().rules

    assert [rule.id for rule in rules if str(escape(rule.called.plain(language))) not in page] == []
    assert not set("{}⟨⟩") & set(page.split('id="rule-list"')[1].split("</main>")[0])


def test_a_rules_sentences_name_the_numbers_to_come(toy_house: House) -> None:
    page = owner(toy_house).get(f"/handbook/{RULE}").text

    assert ('每场场观从 <span class="rule-place">对比</span> 掉到 '
            '<span class="rule-place">本期</span>') in page


def test_every_place_of_a_sentence_has_a_word() -> None:
    assert set(PLACES) == set(PLACEHOLDERS)


def test_a_rule_says_when_why_and_what_it_misses(toy_house: House) -> None:
    rule = toy_house.workspace.handbook().rule(RULE)
    assert rule is not None

    page = owner(toy_house).get(f"/handbook/{RULE}").text

    for sentence in (rule.advice.zh, rule.limits.zh, rule.source.zh):
        assert sentence in page


def test_a_page_with_a_problem_is_named_by_line_and_not_kept(empty_house: House) -> None:
    client = owner(empty_house, language="en")

    answer = client.post(f"/handbook/{RULE}", data={
        "token": token(client), "do": "keep", "text": f'id = "{RULE}"\nseverity = "loud"\n'})

    assert answer.status_code == 422
    assert "line 2" in answer.text
    assert "severity = &#34;loud&#34;" in answer.text
    assert empty_house.workspace.rule_page(RULE).own is None


def test_a_kept_page_is_in_force_and_in_the_history_and_can_be_taken_back(
        empty_house: House) -> None:
    client = owner(empty_house)
    sent = {"token": token(client), "text": f'id = "{RULE}"\r\nstatus = "off"\r\n'}

    client.post(f"/handbook/{RULE}", data={**sent, "do": "keep"})
    kept = empty_house.workspace.handbook().rule(RULE)
    client.post(f"/handbook/{RULE}", data={**sent, "do": "take_back"})
    back = empty_house.workspace.handbook().rule(RULE)

    assert kept is not None
    assert back is not None
    assert (kept.status, back.status) == ("off", "active")
    assert [edition.text for edition in empty_house.workspace.rule_page(RULE).editions] == [
        None, f'id = "{RULE}"\nstatus = "off"\n']


def test_a_page_of_another_rule_is_refused(empty_house: House) -> None:
    client = owner(empty_house, language="en")

    answer = client.post(f"/handbook/{RULE}", data={
        "token": token(client), "do": "check", "text": 'id = "../../ledger"\n'})

    assert "not traffic_viewers_fell" in answer.text


def test_a_trial_says_for_whom_the_rule_speaks_before_and_after(toy_house: House) -> None:
    client = owner(toy_house, language="en")

    sent = client.post(f"/handbook/{RULE}", follow_redirects=False, data={
        "token": token(client), "do": "try", "text": f'id = "{RULE}"\nstatus = "off"\n'})
    toy_house.jobs.wait(sent.headers["location"].rpartition("/")[2])
    page = client.get(sent.headers["location"]).text

    found = re.search(r"Of (\d+) hosts, the rule in force speaks about (\d+), the changed one "
                      r"about (\d+)", page)
    assert found is not None
    told = toy_house.workspace.diagnose()
    speaking = sum(any(one.rule == RULE for one in each.findings) for each in told.diagnoses)
    assert [int(number) for number in found.groups()] == [len(told.diagnoses), speaking, 0]
    assert toy_house.workspace.rule_page(RULE).own is None


def test_an_unknown_rule_is_not_found(toy_house: House) -> None:
    assert owner(toy_house).get("/handbook/none").status_code == 404
