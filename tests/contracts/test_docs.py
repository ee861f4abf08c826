"""What the documents name exists."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "ARCHITECTURE.md", ROOT / "README.md", ROOT / "README.zh-CN.md",
         *sorted((ROOT / "docs").rglob("*.md"))]
PLACE = re.compile(r"`((?:src|tests|docs|bench|requirements|changes)/[\w./-]*)`")
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_place_a_page_names_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    missing = [place for place in PLACE.findall(text) if not (ROOT / place).exists()]
    missing += [link for link in LINK.findall(text) if not (page.parent / link).exists()]

    assert missing == []


def test_the_map_names_every_folder_of_the_source() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")

    unnamed = [folder.name for folder in (ROOT / "src" / "caopan").iterdir()
               if folder.is_dir() and folder.name != "__pycache__"
               and not re.search(rf"^  {folder.name}/ ", text, re.MULTILINE)]

    assert unnamed == []


def test_a_decision_says_what_enforces_it() -> None:
    silent = [page.name for page in (ROOT / "docs" / "decisions").glob("*.md")
              if "**Held by**" not in page.read_text(encoding="utf-8")]

    assert silent == []


def test_the_glossary_has_three_columns_and_no_word_twice() -> None:
    rows = [line.split("|")[1:-1] for line in
            (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
            if line.startswith("| ") and not line.startswith("| 中文")]

    assert all(len(row) == 3 and all(cell.strip() for cell in row) for row in rows)
    assert len({row[0] for row in rows}) == len(rows)


def test_the_reference_is_made_from_the_code_as_it_is() -> None:
    made = subprocess.run([sys.executable, str(ROOT / "docs" / "generate.py"), "--check"],
                          capture_output=True, text=True, check=False)

    assert made.returncode == 0, made.stderr
