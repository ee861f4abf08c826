"""``caopan rooms tail`` as a shell would call it."""

from __future__ import annotations

from pathlib import Path

import pytest

from caopan.cli.app import run


def test_without_a_token_it_says_where_one_belongs(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("CAOPAN_TOKEN", raising=False)

    code = run(["--workspace", str(tmp_path), "--lang", "en", "rooms", "tail", "r1",
                str(tmp_path / "events.ndjson"), "--once"])

    assert code == 2
    assert "CAOPAN_TOKEN" in capsys.readouterr().err


def test_an_empty_file_is_followed_to_its_end(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAOPAN_TOKEN", "owner-of-nobody")
    (tmp_path / "events.ndjson").touch()

    code = run(["--workspace", str(tmp_path), "rooms", "tail", "r1",
                str(tmp_path / "events.ndjson"), "--once"])

    assert code == 0
    assert not (tmp_path / "tails").exists()
