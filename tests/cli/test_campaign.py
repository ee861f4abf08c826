from __future__ import annotations

import json
from pathlib import Path

import pytest

from caopan import Workspace
from caopan.cli.app import run


def test_a_campaign_is_designed_kept_and_told(
        tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Workspace.open(tmp_path / "w"):
        pass
    words = ["--workspace", str(tmp_path / "w"), "plan", "campaign", "--level", "S", "--name",
             "周年庆", "--on", "2031-01-10", "--target", "500000", "--budget", "20000"]

    assert run([*words, "--keep", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert run([*words, "--lang", "en"]) == 0
    said = capsys.readouterr().out

    assert told["campaign"]["level"] == "S"
    assert told["campaign"]["phases"][0]["start"] == "2031-01-03"
    assert sum(float(one["target"]) for one in told["campaign"]["phases"]) == 500_000
    assert (told["outlook"]["status"], told["outlook"]["probability"]) == ("cannot_tell", None)
    assert told["readiness"]["last_moment"].startswith("2031-01-06T18:00")
    assert [one["part"] for one in told["proposal"]["offers"]] == [
        "sessions", "targets", "budget", "stock", "pitches", "run_sheets"]
    assert "cannot tell: no session stands here yet" in said
    with Workspace.open(tmp_path / "w") as opened:
        assert [one.campaign.name for one in opened.campaigns()] == ["周年庆"]


def test_a_level_that_is_none_is_wrong_usage(tmp_path: Path) -> None:
    assert run(["--workspace", str(tmp_path / "w"), "plan", "campaign", "--level", "C"]) == 2
