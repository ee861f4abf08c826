"""The documents run: every ``python`` fence, and every ``console`` fence line by line."""

from __future__ import annotations

import os
import shlex
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sybil import Example, Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser

from caopan.cli.app import run

ROOT = Path(__file__).resolve().parent
NOT_HERE = ("make", "cd", "git", ".venv/bin/caopan")
"""Commands a document may show that set the machine up; other tests run what they call."""


def console(example: Example) -> None:
    """Run the lines of a ``console`` fence that begin with ``$``; each must end with 0."""
    for line in str(example.parsed).splitlines():
        if not line.startswith("$ "):
            continue
        words = shlex.split(line.removeprefix("$ "), comments=True)
        if words[0] in NOT_HERE:
            continue
        if words[0] != "caopan":
            message = f"a console fence may call caopan only, not {words[0]}"
            raise AssertionError(message)
        code = run(words[1:])
        if code != 0:
            message = f"{line}: exit code {code}"
            raise AssertionError(message)


@pytest.fixture
def quiet_place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a document its own empty folder, with the real data reachable as it says."""
    shared = os.environ.get("CAOPAN_SHARED_DATA", str(ROOT.parent / "shared" / "data"))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "caopan"
        place.mkdir()
        (Path(folder) / "shared").mkdir()
        if Path(shared).is_dir():
            (Path(folder) / "shared" / "data").symlink_to(Path(shared).resolve())
        monkeypatch.chdir(place)
        monkeypatch.setenv("CAOPAN_LANG", "en")
        monkeypatch.delenv("CAOPAN_WORKSPACE", raising=False)
        yield place


pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(), CodeBlockParser(language="console", evaluator=console)],
    patterns=["*.md"],
    fixtures=["quiet_place"],
).pytest()
