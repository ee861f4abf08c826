from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from caopan.facts.issue import Issue

RowsOf = Callable[..., tuple[str | None, dict[str, list[dict[str, Any]]], list[Issue]]]
GOLDEN = Path(__file__).parent / "golden"
NAMES = sorted(path.stem for path in (GOLDEN / "expected").glob("*.json"))
CHOICES: dict[str, dict[str, Any]] = {
    "thirdparty_sessions": {"year": 2021},
    "thirdparty_videos": {"year": 2021},
    "thirdparty_products": {},
    "canonical_sessions": {},
    "douyin_sessions": {},
    "tiktok_videos": {},
}


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_of_each_layout_gives_the_rows_written_by_hand(name: str, rows_of: RowsOf) -> None:
    expected = json.loads((GOLDEN / "expected" / f"{name}.json").read_text("utf-8"))

    layout, tables, issues = rows_of(sample(name), **CHOICES.get(name, {"account": "toko"}))

    assert layout == expected.pop("layout")
    said = [described(issue) for issue in issues]
    assert said == expected.pop("issues")
    assert without_derived_keys(tables) == expected


@pytest.mark.parametrize("name", NAMES)
def test_reading_a_sample_twice_gives_the_same_keys(name: str, rows_of: RowsOf) -> None:
    choices = CHOICES.get(name, {"account": "toko"})

    first = rows_of(sample(name), **choices)[1]
    again = rows_of(sample(name), **choices)[1]

    assert first == again


def sample(name: str) -> Path:
    """Return the sample file of a name, whatever its ending."""
    return next(path for path in GOLDEN.iterdir() if path.stem == name and path.is_file())


def described(issue: Issue) -> dict[str, Any]:
    """Return what of an issue is worth pinning."""
    said = {"level": str(issue.level), "key": issue.message.key, "row": issue.row,
            "value": issue.value}
    return {name: value for name, value in said.items() if value is not None}


def without_derived_keys(
    tables: dict[str, list[dict[str, Any]]],
) -> dict[str, list[dict[str, Any]]]:
    """Return the tables without the keys that are hashes (tested on their own)."""
    plain = {}
    for table, rows in tables.items():
        keys = {name for name in ("session_id", "plan_id", "product_id", "video_id")
                if any("-" in str(row.get(name, "")) for row in rows)}
        plain[table] = [{k: v for k, v in row.items() if k not in keys} for row in rows]
    return plain
