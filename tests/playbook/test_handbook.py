from __future__ import annotations

from pathlib import Path

import pytest

from caopan.playbook import handbook as module
from caopan.playbook.handbook import BrokenHandbookError, handbook
from caopan.playbook.rule import Origin, Status, Topic


def test_the_rules_stand_by_topic_and_then_by_id() -> None:
    rules = handbook().rules

    places = [(list(Topic).index(rule.topic), rule.id) for rule in rules]
    assert places == sorted(places)
    assert handbook().issues == ()


def test_a_workspace_without_a_folder_has_the_shipped_handbook(tmp_path: Path) -> None:
    assert handbook(tmp_path / "playbook") == handbook()


def test_a_workspace_changes_one_rule_of_the_shipped_handbook(tmp_path: Path) -> None:
    (tmp_path / "quiet.toml").write_text('id = "refund_hint"\nstatus = "off"\n')

    found = handbook(tmp_path)

    rule = found.rule("refund_hint")
    assert rule is not None
    assert (rule.status, rule.origin) == (Status.OFF, Origin.CHANGED)
    assert rule.files == ("refund_hint.toml", "quiet.toml")
    assert len(found.rules) == len(handbook().rules)
    assert found.issues == ()


def test_an_unknown_rule_is_none() -> None:
    assert handbook().rule("no_such_rule") is None


def test_rules_about_metrics_that_are_not_known_are_issues_and_the_others_load() -> None:
    found = handbook(known={"aov"})

    assert [rule.id for rule in found.rules] == ["basket_aov_fell"]
    assert {issue.message.key for issue in found.issues} == {"playbook_unknown_metric"}


@pytest.mark.parametrize("text", ["rungs = 3\n", "rungs = \n"])
def test_a_product_whose_own_ladder_is_broken_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    (tmp_path / "diagnosis").mkdir()
    (tmp_path / "ladder.toml").write_text(text)
    monkeypatch.setattr(module, "shipped", lambda: tmp_path)

    with pytest.raises(BrokenHandbookError) as broken:
        handbook(known=())

    assert broken.value.issues[0].file == "ladder.toml"
