"""Every sentence for people exists in both languages and asks for the same values."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "caopan"
CHINESE = re.compile(r"[一-鿿]")


def texts(path: Path) -> list[tuple[int, str, str]]:
    """Return (line, zh, en) of every literal Text(...) of one module."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Text":
            sides = {word.arg: word.value for word in node.keywords}
            zh, en = sides.get("zh"), sides.get("en")
            if isinstance(zh, ast.Constant) and isinstance(en, ast.Constant):
                found.append((node.lineno, str(zh.value), str(en.value)))
    return found


def placeholders(sentence: str) -> set[str]:
    """Return the values a sentence asks for; ``what_zh`` and ``what_en`` are one value."""
    names = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
    return {name.removesuffix("_zh").removesuffix("_en") for name in names}


MODULES = [path for path in sorted(SOURCE.rglob("*.py")) if "Text(" in path.read_text("utf-8")]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_both_languages_ask_for_the_same_values(path: Path) -> None:
    uneven = [(line, zh, en) for line, zh, en in texts(path)
              if placeholders(zh) != placeholders(en)]

    assert uneven == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_the_english_side_holds_no_chinese(path: Path) -> None:
    mixed = [(line, en) for line, _, en in texts(path) if CHINESE.search(en)]

    assert mixed == []
