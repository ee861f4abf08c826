from __future__ import annotations

from pathlib import Path

from caopan.playbook.handbook import handbook
from caopan.playbook.lineup import Pin, line_up_rules


def test_a_workspace_edits_one_distance_and_the_rest_stays(tmp_path: Path) -> None:
    (tmp_path / "lineup.toml").write_text("[apart_minutes]\nhero = 12\n", encoding="utf-8")

    rules, issues = line_up_rules(tmp_path)

    assert issues == []
    assert (rules.apart["hero"], rules.apart["welfare"]) == (12.0, 10.0)
    assert rules.demanded == frozenset()
    assert handbook(tmp_path).issues == ()


def test_what_a_plan_says_itself_is_demanded(tmp_path: Path) -> None:
    own = tmp_path / "rules.toml"
    own.write_text('loss_cap = 100\nfirst = ["hero"]\n[[pins]]\nproduct = "a"\nminute = 5\n'
                   "[show]\nstretch_minutes = 60\n", encoding="utf-8")

    rules, issues = line_up_rules(plan=own)

    assert issues == []
    assert rules.demanded == {"first", "loss_cap", "stretch"}
    assert rules.loss_cap == 10_000
    assert rules.pins == (Pin(product_id="a", minute=5.0),)


def test_a_faulty_edit_changes_nothing_and_names_its_line(tmp_path: Path) -> None:
    (tmp_path / "lineup.toml").write_text("[seconds]\nhero = [9, 3, 5]\n[shoow]\nx = 1\n")

    rules, issues = line_up_rules(tmp_path)

    assert rules.seconds["hero"] == (180, 480, 1500)
    assert [one.row for one in issues] == [2, 3]
