from __future__ import annotations

import json
from pathlib import Path

import pytest

from caopan import Workspace
from caopan.units.message import CaopanError

HEAD = "session_id,streamer_id,started_at,ended_at,gmv,ad_spend,currency\n"


def _file(folder: Path, *, spend: str) -> Path:
    file = folder / "sessions.csv"
    file.write_text(HEAD + "".join(
        f"s{day},林晚,2026-03-{day:02d}T19:30:00+08:00,2026-03-{day:02d}T21:30:00+08:00,"
        f"{900 + 37 * day % 300}.00,{spend},CNY\n" for day in range(1, 21)), encoding="utf-8")
    return file


def test_spend_that_somebody_decided_carries_nothing_and_the_experiment_is_designed(
        workspace: Workspace, tmp_path: Path) -> None:
    workspace.import_files([_file(tmp_path, spend="80.00")])

    told = workspace.response(streamer="林晚")

    document = told.document("en")
    assert (document["status"], document["key"]) == ("cannot_tell", "not_drawn")
    assert document["curve"] == []
    assert document["marginal"] is None
    experiment = document["experiment"]
    assert isinstance(experiment, dict)
    assert experiment["sessions"] >= 12
    assert experiment["power"] >= 0.8
    assert "learning costs" in str(document["settles"])
    assert "抽" in told.lines("zh")[1] or "随机" in told.lines("zh")[1]


def test_no_spend_on_record_is_not_zero_spend(workspace: Workspace, tmp_path: Path) -> None:
    workspace.import_files([_file(tmp_path, spend="")])

    document = workspace.response(streamer="林晚").document("en")

    assert document["key"] == "no_spend"
    assert document["spend_unknown"] == 20
    assert document["experiment"] is None


def test_a_host_that_is_not_there_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    workspace.import_files([_file(tmp_path, spend="80.00")])

    with pytest.raises(CaopanError) as refused:
        workspace.response(streamer="nobody")
    with pytest.raises(CaopanError) as wrong:
        workspace.response(level=1.0)

    assert refused.value.message.key == "unknown_subject"
    assert wrong.value.usage


def test_the_platform_s_claim_stands_beside_it_labelled(toy: Workspace) -> None:
    told = toy.response()

    document = told.document("en")
    claimed = document["attributed_roi"]
    assert isinstance(claimed, dict)
    assert claimed["value"] > 1.0
    assert "never the effect" in claimed["label"]
    assert document["synthetic"] is True
    assert len(told.hosts) == 8
    assert json.dumps(document)
    assert any("平台归因" in line for line in told.lines("zh"))
