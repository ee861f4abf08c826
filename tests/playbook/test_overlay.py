from __future__ import annotations

from pathlib import Path

import pytest

from caopan.facts.issue import Issue, Level
from caopan.playbook.compiler import compiled
from caopan.playbook.overlay import merged, overlaid
from caopan.playbook.rule import Origin, Rule, Status
from caopan.playbook.source import Source, parse


class Base:
    """A shipped handbook of one rule, and a workspace folder to lay over it."""

    def __init__(self, text: str, folder: Path, known: frozenset[str]) -> None:
        source = parse(text, file="aov_fell.toml")
        assert isinstance(source, Source)
        rule = compiled(source, known=known).rule
        assert rule is not None
        self.rule, self.source, self.folder, self.known = rule, source, folder, known

    def over(self, **files: str) -> tuple[dict[str, Rule], list[Issue]]:
        for name, text in files.items():
            (self.folder / f"{name}.toml").write_text(text, encoding="utf-8")
        return overlaid(
            {"aov_fell": self.rule},
            sources={"aov_fell": self.source},
            folder=self.folder,
            known=self.known,
        )


@pytest.fixture
def base(aov_fell: str, tmp_path: Path, known: frozenset[str]) -> Base:
    return Base(aov_fell, tmp_path, known)


def test_a_threshold_is_changed_and_the_rest_stays(base: Base) -> None:
    rules, issues = base.over(mine='id = "aov_fell"\n[condition]\nchange_at_least = 0.15\n')

    rule = rules["aov_fell"]
    assert issues == []
    assert rule.condition.main.change_at_least == 0.15
    assert rule.condition.main.direction == base.rule.condition.main.direction
    assert rule.title == base.rule.title
    assert (rule.origin, rule.files) == (Origin.CHANGED, ("aov_fell.toml", "mine.toml"))


def test_one_language_of_a_text_is_changed_by_itself(base: Base) -> None:
    rules, _ = base.over(mine='id = "aov_fell"\nadvice.zh = "先看福利款占比"\n')

    assert rules["aov_fell"].advice.zh == "先看福利款占比"
    assert rules["aov_fell"].advice.en == "Add bundles"


def test_a_rule_is_switched_off(base: Base) -> None:
    rules, issues = base.over(mine='id = "aov_fell"\nstatus = "off"\n')

    assert rules["aov_fell"].status is Status.OFF
    assert issues == []


def test_a_new_rule_is_added(base: Base, aov_fell: str) -> None:
    rules, issues = base.over(mine=aov_fell.replace('id = "aov_fell"', 'id = "my_rule"'))

    assert issues == []
    assert list(rules) == ["aov_fell", "my_rule"]
    assert (rules["my_rule"].origin, rules["my_rule"].files) == (Origin.ADDED, ("mine.toml",))


def test_a_new_rule_that_is_not_complete_is_refused(base: Base) -> None:
    rules, issues = base.over(mine='id = "avo_fell"\nstatus = "off"\n')

    assert rules == {"aov_fell": base.rule}
    assert {issue.message.key for issue in issues} == {"playbook_missing_field"}


@pytest.mark.parametrize(
    ("text", "row", "column"),
    [
        ('id = "aov_fell"\n[condition]\nchange_at_least = "15%"\n', 3, "condition.change_at_least"),
        ('id = "aov_fell"\nstatus = "gone"\n', 2, "status"),
        ('id = "aov_fell"\nminimum = 1\n', 2, "minimum"),
        ('id = "aov_fell"\n[condition\n', 2, None),
        ("status = 'off'\n", None, "id"),
        ("id = 3\n", 1, "id"),
    ],
)
def test_a_broken_overlay_is_an_issue_and_the_shipped_rule_stays(
    base: Base, text: str, row: int | None, column: str | None
) -> None:
    rules, issues = base.over(mine=text)

    assert rules == {"aov_fell": base.rule}
    assert (row, column) in [(issue.row, issue.column) for issue in issues]
    assert {issue.file for issue in issues} == {"mine.toml"}


def test_a_sound_edit_counts_beside_a_broken_one(base: Base, aov_fell: str) -> None:
    added = aov_fell.replace('id = "aov_fell"', 'id = "my_rule"')

    rules, issues = base.over(bad="id = ", good=added)

    assert list(rules) == ["aov_fell", "my_rule"]
    assert [issue.file for issue in issues] == ["bad.toml"]


def test_examples_that_no_longer_hold_are_a_warning_and_the_edit_counts(base: Base) -> None:
    rules, issues = base.over(mine='id = "aov_fell"\n[condition]\nchange_at_least = 0.5\n')

    assert rules["aov_fell"].condition.main.change_at_least == 0.5
    assert [(issue.level, issue.column) for issue in issues] == [
        (Level.WARNING, "examples.firing[1]")
    ]
    assert "quiet" in issues[0].message.say("en")


def test_own_examples_that_fail_are_an_error(base: Base) -> None:
    rules, issues = base.over(
        mine='id = "aov_fell"\n[condition]\nchange_at_least = 0.5\n'
        "[[examples.firing]]\nvalue = 80\ncomparison = 100\n"
    )

    assert rules == {"aov_fell": base.rule}
    assert [(issue.level, issue.column) for issue in issues] == [
        (Level.ERROR, "examples.firing[1]")
    ]


def test_two_edits_of_one_rule_are_named_and_the_first_counts(base: Base) -> None:
    edit = 'id = "aov_fell"\nversion = {}\n'

    rules, (issue,) = base.over(a=edit.format(2), b=edit.format(3))

    assert rules["aov_fell"].version == 2
    assert (issue.file, issue.value) == ("b.toml", "aov_fell")
    assert "a.toml" in issue.message.say("zh")


def test_the_ladder_is_no_rule(base: Base) -> None:
    assert base.over(ladder="[limits]\nIDR = [1]\n") == ({"aov_fell": base.rule}, [])


def test_merging_leaves_both_sides_as_they_were() -> None:
    under: dict[str, object] = {"t": {"x": 1}, "n": [1]}
    over: dict[str, object] = {"t": {"y": 2}, "n": [2]}

    assert merged(under, over) == {"t": {"x": 1, "y": 2}, "n": [2]}
    assert under == {"t": {"x": 1}, "n": [1]}
