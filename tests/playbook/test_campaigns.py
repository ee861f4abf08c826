from __future__ import annotations

from pathlib import Path

from caopan.playbook.campaign import Level
from caopan.playbook.campaign_compiler import compiled_template
from caopan.playbook.campaigns import campaign_templates
from caopan.playbook.cards import cards
from caopan.playbook.reader import shipped
from caopan.playbook.rule import Origin
from caopan.playbook.source import Source, parse


def edited(folder: Path, name: str, text: str) -> Path:
    (folder / "campaigns").mkdir(exist_ok=True)
    (folder / "campaigns" / name).write_text(text, encoding="utf-8")
    return folder


def test_the_shipped_templates_are_sound_and_name_cards_that_are_there() -> None:
    found = campaign_templates()
    known = {one.id for one in cards().cards}

    assert found.issues == ()
    assert [one.level for one in found.templates] == [Level.S, Level.A, Level.B]
    assert all(set(one.cards) <= known for one in found.templates)


def test_an_edit_holds_only_what_changes(tmp_path: Path) -> None:
    found = campaign_templates(edited(
        tmp_path, "s.toml", 'id = "s"\n[session]\nhours = [10, 12]\n[guards]\ncool_minutes = 30\n'))
    changed = found.template("s")

    assert changed is not None
    assert (changed.hours, changed.guards.cool_minutes) == ((10.0, 12.0), 30)
    assert changed.guards.cover_minutes == 8
    assert changed.origin is Origin.CHANGED
    assert len(changed.phases) == 5


def test_an_own_template_stands_beside_the_shipped_ones(tmp_path: Path) -> None:
    text = shipped().joinpath("campaigns", "a.toml").read_text(encoding="utf-8")
    found = campaign_templates(edited(tmp_path, "launch.toml",
                                      text.replace('id = "a"', 'id = "launch"')))

    assert [one.id for one in found.of_level(Level.A)] == ["a", "launch"]
    assert found.template("launch").origin is Origin.ADDED  # type: ignore[union-attr]


def test_an_unsound_edit_is_an_issue_with_its_line_and_leaves_the_shipped_one(
        tmp_path: Path) -> None:
    found = campaign_templates(edited(
        tmp_path, "b.toml", 'id = "b"\n[session]\nhours = [5, 1]\nlenght = 3\n'))

    assert [(one.message.key, one.row) for one in found.issues] == [
        ("playbook_wrong_type", 3), ("playbook_unknown_field", 4)]
    assert found.template("b").hours == (1.0, 5.0)  # type: ignore[union-attr]


def test_a_file_that_is_not_named_as_its_template_is_an_issue(tmp_path: Path) -> None:
    text = shipped().joinpath("campaigns", "a.toml").read_text(encoding="utf-8")
    found = campaign_templates(edited(tmp_path, "other.toml", text))

    assert [one.message.key for one in found.issues] == ["playbook_id_not_file"]


def test_shares_that_do_not_add_up_are_refused() -> None:
    text = shipped().joinpath("campaigns", "b.toml").read_text(encoding="utf-8")
    source = parse(text.replace("target_share = 0.8", "target_share = 0.5"), file="b.toml")
    assert isinstance(source, Source)

    made, issues = compiled_template(source)

    assert made is None
    assert [one.column for one in issues] == ["phases"]
