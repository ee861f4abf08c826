"""The shape of the tree: sizes, names, places, words that may not stand in it."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "caopan"
WALL = 400
SINKS = {"utils", "common", "helpers", "manager", "misc", "services"}

MODULES = sorted(SOURCE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def tracked() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return [ROOT / name for name in listing.stdout.decode().split("\0") if name]


@pytest.mark.parametrize("path", MODULES + TESTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_climbs_the_wall(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= WALL


def test_no_folder_or_file_is_a_sink() -> None:
    sinks = [path for path in MODULES if path.stem in SINKS or path.parent.name in SINKS]

    assert sinks == []


@pytest.mark.parametrize("path", [path for path in MODULES if path.name == "__init__.py"
                                  and path.parent != SOURCE],
                         ids=lambda path: str(path.relative_to(ROOT)))
def test_an_init_holds_a_docstring_and_nothing_else(path: Path) -> None:
    body = ast.parse(path.read_text(encoding="utf-8")).body

    assert len(body) == 1
    assert isinstance(body[0], ast.Expr)


def test_nothing_names_a_machine_or_a_registry() -> None:
    own = Path(__file__).name
    pattern = re.compile(r"/(work|farm|root)/[a-z.]|pypi\.org|pythonhosted|npmjs\.org")
    named = [f"{path.relative_to(ROOT)}: {line.strip()[:80]}"
             for path in tracked() if path.is_file() and path.name != own
             and path.suffix not in {".xlsx", ".parquet"}
             for line in path.read_text(encoding="utf-8", errors="replace").splitlines()
             if pattern.search(line)]

    assert named == []


def test_nothing_is_left_unfinished_or_switched_off() -> None:
    own = Path(__file__).name
    pattern = re.compile(r"raise NotImplementedError|TODO|FIXME|XXX[: ]|pragma: no cover"
                         r"|pytest\.mark\.(skip\b|xfail)")
    found = [f"{path.relative_to(ROOT)}: {line.strip()[:80]}"
             for path in MODULES + TESTS if path.name != own
             for line in path.read_text(encoding="utf-8").splitlines() if pattern.search(line)]

    assert found == []


def test_a_test_file_stands_where_its_source_stands() -> None:
    whole = {"contracts", "journeys", "reference", "engines", "browser"}
    homeless = []
    for path in TESTS:
        place = path.relative_to(ROOT / "tests")
        if not path.name.startswith("test_") or place.parts[0] in whole:
            continue
        if not (SOURCE / place.parent).is_dir():
            homeless.append(str(place))

    assert homeless == []
