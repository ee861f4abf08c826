"""The documents run: every ``python`` fence, and every ``console`` fence line by line."""

from __future__ import annotations

import os
import shlex
import tempfile
from pathlib import Path
from typing import Any

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
        if "../shared/data" in line and not Path("../shared/data").is_dir():
            example.namespace["_without_data"] = True
        if example.namespace.get("_without_data"):
            pytest.skip("the real data is not beside the project (CAOPAN_SHARED_DATA)")
        code = run(words[1:])
        if code != 0:
            message = f"{line}: exit code {code}"
            raise AssertionError(message)


def enter(namespace: dict[str, Any]) -> None:
    """Give a document its own empty folder, with the real data reachable as it says."""
    shared = Path(os.environ.get("CAOPAN_SHARED_DATA", ROOT.parent / "shared" / "data"))
    folder = tempfile.TemporaryDirectory()
    place = Path(folder.name) / "caopan"
    place.mkdir()
    (Path(folder.name) / "shared").mkdir()
    if shared.is_dir():
        (Path(folder.name) / "shared" / "data").symlink_to(shared.resolve())
    patch = pytest.MonkeyPatch()
    patch.chdir(place)
    patch.setenv("CAOPAN_LANG", "en")
    patch.delenv("CAOPAN_WORKSPACE", raising=False)
    namespace["_leave"] = (patch, folder)


def leave(namespace: dict[str, Any]) -> None:
    """Take the folder away again."""
    patch, folder = namespace["_leave"]
    patch.undo()
    folder.cleanup()


pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(), CodeBlockParser(language="console", evaluator=console)],
    patterns=["*.md"],
    setup=enter,
    teardown=leave,
).pytest()
