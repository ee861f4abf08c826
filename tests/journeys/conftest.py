"""An operator at the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from caopan.cli.app import run


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """Return the one JSON document on stdout."""
        return json.loads(self.out)


@dataclass(slots=True)
class Operator:
    """Somebody who types commands into one workspace."""

    workspace: Path
    read: Callable[[], Any]
    language: str = "en"
    said: list[str] = field(default_factory=list)

    def types(self, *words: object) -> Answer:
        """Run one command and return what it left."""
        arguments = ["--workspace", str(self.workspace), "--lang", self.language,
                     *(str(word) for word in words)]
        code = run(arguments)
        seen = self.read()
        assert "Traceback" not in seen.out + seen.err
        return Answer(code, seen.out, seen.err)

    def asks(self, *words: object) -> dict[str, Any]:
        """Run one command that must succeed with ``--json`` and return its document."""
        answer = self.types(*words, "--json")
        assert answer.code == 0, answer.out + answer.err
        return answer.document


@pytest.fixture
def operator(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Operator:
    """Return an operator with an empty workspace."""
    return Operator(workspace=tmp_path / "工作 区", read=capsys.readouterr)
