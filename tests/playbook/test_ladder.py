from __future__ import annotations

from pathlib import Path

import pytest

from caopan.facts.issue import Issue
from caopan.playbook.handbook import handbook
from caopan.playbook.ladder import Ladder, read_ladder
from caopan.playbook.source import Source, parse

WAN = 10_000 * 100
"""Ten thousand yuan in minor units."""

TWO_RUNGS = """
confidence = "trade"
source = { zh = "经验", en = "experience" }
limits = { CNY = [100] }
[[rungs]]
id = "low"
name = { zh = "低", en = "low" }
bottleneck = { zh = "没货", en = "no goods" }
first_moves = { zh = "找货", en = "find goods" }
gate = { zh = "有货", en = "goods" }
[[rungs]]
id = "high"
name = { zh = "高", en = "high" }
bottleneck = { zh = "没人", en = "nobody" }
first_moves = { zh = "招人", en = "hire" }
gate = { zh = "有人", en = "people" }
"""


def read(text: str) -> tuple[Ladder | None, list[Issue]]:
    source = parse(text, file="ladder.toml")
    assert isinstance(source, Source), source
    return read_ladder(source)


@pytest.fixture
def shipped_ladder(known: frozenset[str]) -> Ladder:
    return handbook(known=known).ladder


@pytest.mark.parametrize(
    ("wan", "rung"),
    [
        (0, "cold_start"), (9.99, "cold_start"), (10, "conversion"), (30, "depth"), (50, "reach"),
        (100, "team"), (300, "repeat"), (999, "repeat"), (1000, "brand"), (1900, "brand"),
    ],
)
def test_monthly_gmv_stands_on_the_rung_of_the_ladder(
    shipped_ladder: Ladder, wan: float, rung: str
) -> None:
    index = shipped_ladder.rung(wan * WAN, currency="CNY")

    assert index is not None
    assert shipped_ladder.rungs[index].id == rung


def test_nothing_is_claimed_for_another_currency(shipped_ladder: Ladder) -> None:
    assert shipped_ladder.rung(50 * WAN, currency="IDR") is None
    with pytest.raises(KeyError):
        shipped_ladder.bounds(0, currency="IDR")


def test_a_rung_knows_where_it_begins_and_ends(shipped_ladder: Ladder) -> None:
    assert shipped_ladder.bounds(0, currency="CNY") == (None, 10 * WAN)
    assert shipped_ladder.bounds(3, currency="CNY") == (50 * WAN, 100 * WAN)
    assert shipped_ladder.bounds(6, currency="CNY") == (1000 * WAN, None)


def test_a_workspace_gives_its_own_currency_and_keeps_the_rungs(
    tmp_path: Path, known: frozenset[str], shipped_ladder: Ladder
) -> None:
    (tmp_path / "ladder.toml").write_text("[limits]\nIDR = [2, 6, 10, 20, 60, 200]\n")

    found = handbook(tmp_path, known=known)

    assert [issue for issue in found.issues if issue.file == "ladder.toml"] == []
    assert found.ladder.rung(700, currency="IDR") == 2
    assert found.ladder.limits["CNY"] == shipped_ladder.limits["CNY"]
    assert found.ladder.rungs == shipped_ladder.rungs
    assert found.ladder.files == ("ladder.toml", "ladder.toml")


@pytest.mark.parametrize(
    "text", ["[limits]\nIDR = [2, 1, 3, 4, 5, 6]\n", "[limits]\nIDR = [2]\n", "[limits\n"]
)
def test_a_broken_ladder_of_a_workspace_leaves_the_shipped_one(
    tmp_path: Path, known: frozenset[str], shipped_ladder: Ladder, text: str
) -> None:
    (tmp_path / "ladder.toml").write_text(text)

    found = handbook(tmp_path, known=known)

    assert found.ladder == shipped_ladder
    assert [issue.file for issue in found.issues if issue.file == "ladder.toml"] == ["ladder.toml"]


@pytest.mark.parametrize(
    ("before", "after", "key", "column"),
    [
        ("CNY = [100]", "CNY = [100, 200]", "wrong_count", "limits.CNY"),
        ("CNY = [100]", "CNY = [100.5]", "wrong_type", "limits.CNY"),
        ("CNY = [100]", "CNY = [true]", "wrong_type", "limits.CNY"),
        ("CNY = [100]", "CNY = [0]", "wrong_type", "limits.CNY"),
        ("CNY = [100]", "RMB = [100]", "unknown_choice", "limits.RMB"),
        ("limits = { CNY = [100] }", "", "missing_field", "limits"),
        ('confidence = "trade"', "", "missing_field", "confidence"),
        ('gate = { zh = "有货", en = "goods" }', "", "missing_field", "rungs[1].gate"),
        ('gate = { zh = "有人", en = "people" }', 'gate = { zh = "有人" }', "missing_language",
         "rungs[2].gate"),
        ('id = "high"', 'id = "high"\ncolour = "red"', "unknown_field", "rungs[2].colour"),
    ],
)
def test_each_fault_of_a_ladder_is_named(before: str, after: str, key: str, column: str) -> None:
    ladder, issues = read(TWO_RUNGS.replace(before, after))

    assert ladder is None
    assert [(issue.message.key, issue.column) for issue in issues] == [(f"playbook_{key}", column)]
    assert all(issue.message.say("zh") and issue.message.say("en") for issue in issues)


def test_limits_must_ascend() -> None:
    three = TWO_RUNGS + TWO_RUNGS[TWO_RUNGS.rindex("[[rungs]]") :]

    ladder, (issue,) = read(three.replace("CNY = [100]", "CNY = [200, 100]"))

    assert ladder is None
    assert issue.message.say("en") == "limits.CNY must ascend: [200, 100]"


def test_a_ladder_without_rungs_is_refused() -> None:
    ladder, issues = read(TWO_RUNGS[: TWO_RUNGS.index("[[rungs]]")])

    assert ladder is None
    assert ("playbook_missing_field", "rungs") in [
        (issue.message.key, issue.column) for issue in issues
    ]
