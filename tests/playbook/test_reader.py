from __future__ import annotations

from pathlib import Path

import pytest

from caopan.facts.issue import Issue
from caopan.playbook.reader import FILE_LIMIT, read_rules, read_source, read_sources
from caopan.playbook.source import Source


def test_the_good_files_of_a_folder_load_and_the_others_are_issues(
    tmp_path: Path, aov_fell: str, known: frozenset[str]
) -> None:
    (tmp_path / "aov_fell.toml").write_text(aov_fell, encoding="utf-8")
    (tmp_path / "broken.toml").write_text("id = ", encoding="utf-8")
    (tmp_path / "faulty.toml").write_text('id = "faulty"', encoding="utf-8")
    (tmp_path / "notes.md").write_text("not a rule", encoding="utf-8")

    sources, unreadable = read_sources(tmp_path)
    rules, faults = read_rules(sources, known=known)

    assert list(rules) == ["aov_fell"]
    assert [issue.file for issue in unreadable] == ["broken.toml"]
    assert {issue.file for issue in faults} == {"faulty.toml"}


def test_a_rule_must_stand_in_a_file_of_its_own_name(
    aov_fell: str, tmp_path: Path, known: frozenset[str]
) -> None:
    (tmp_path / "other.toml").write_text(aov_fell, encoding="utf-8")

    rules, (issue,) = read_rules(read_sources(tmp_path)[0], known=known)

    assert rules == {}
    assert (issue.row, issue.column, issue.value) == (1, "id", "aov_fell")
    assert issue.message.advise("zh") == "文件名改为 aov_fell.toml"


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ("标题".encode("gb18030"), "playbook_not_text"),
        (b"a = 1\n" * FILE_LIMIT, "playbook_too_long"),
        (b"\x00", "playbook_not_toml"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_issue(tmp_path: Path, body: bytes, key: str) -> None:
    (tmp_path / "x.toml").write_bytes(body)

    issue = read_source(tmp_path / "x.toml", file="x.toml")

    assert isinstance(issue, Issue)
    assert issue.message.key == key
    assert issue.message.say("zh")
    assert issue.message.say("en")


def test_a_mark_at_the_start_and_windows_lines_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_bytes(b"\xef\xbb\xbfid = 'x'\r\n[title]\r\nzh = 'y'\r\n")

    source = read_source(tmp_path / "x.toml", file="x.toml")

    assert isinstance(source, Source)
    assert source.data == {"id": "x", "title": {"zh": "y"}}
    assert source.line(("title", "zh")) == 3


def test_a_folder_named_like_a_rule_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()

    assert read_sources(tmp_path) == ([], [])
