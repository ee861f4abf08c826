from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from caopan import Workspace
from caopan.units.message import CaopanError
from tests.workspace.conftest import five_hosts


def test_the_synthetic_world_is_labelled_and_its_plans_are_known(toy: Workspace) -> None:
    told = toy.backtest()

    document = told.document("en")
    assert document["status"] == "ok"
    assert document["synthetic"] is True
    assert told.lines("zh")[0].startswith("【合成数据】")
    assert [one["name"] for one in document["baselines"]] == [  # type: ignore[attr-defined]
        "last_session", "median_5", "mean_so_far", "rate_hours", "rate_8", "rate_12",
        "rate_20", "rate_32", "mixed", "boosted", "hybrid"]
    assert document["rule"] == "average"
    assert sum(document["weights"].values()) == pytest.approx(1.0)  # type: ignore[attr-defined]


def test_the_same_history_gives_the_same_words(
        five_host_room: Workspace, workspace: Workspace, tmp_path: Path) -> None:
    workspace.import_files([five_hosts(tmp_path)])

    told = five_host_room.backtest().document("zh")

    assert told["status"] == "ok"
    assert workspace.backtest().document("zh") == told
    assert five_host_room.backtest().document("zh") == told


def test_scoring_may_begin_on_a_day_of_ones_own(five_host_room: Workspace) -> None:
    whole = five_host_room.backtest()
    last = date.fromisoformat(str(whole.document("en")["to"]))

    later = five_host_room.backtest(start=last - timedelta(days=3))

    assert 0 < later.found.n < whole.found.n


def test_a_short_history_cannot_tell_and_says_what_would(
        workspace: Workspace, sessions: Path) -> None:
    workspace.import_files([sessions])

    document = workspace.backtest().document("en")

    assert document["status"] == "cannot_tell"
    assert "cannot tell yet" in str(document["reason"])
    assert document["wape"] is None


def test_an_outcome_that_nobody_kept_names_those_that_were(
        workspace: Workspace, sessions: Path) -> None:
    workspace.import_files([sessions])

    with pytest.raises(CaopanError) as refused:
        workspace.backtest(outcome="viewers")

    assert "viewers" in refused.value.message.say("en")
    assert "gmv, units, orders" in (refused.value.message.advise("zh") or "")


@pytest.mark.parametrize("asked", [{"outcome": "luck"}, {"level": 0.95}, {"level": 0.0}])
def test_what_cannot_be_asked_is_refused_in_words(
        workspace: Workspace, asked: dict[str, object]) -> None:
    with pytest.raises(CaopanError) as refused:
        workspace.backtest(**asked)  # type: ignore[arg-type]

    assert refused.value.usage
    assert refused.value.message.advise("en")


@pytest.mark.shared
def test_real_hosts_sell_by_the_hour(workspace: Workspace, shared_data: Path) -> None:
    workspace.import_files([shared_data / "live_douyin_2021"], year=2021)

    told = workspace.backtest()

    assert told.found.n > 300
    assert told.found.gain is not None
    assert told.found.gain.low > 0.15
    assert "偏乐观" in str(told.document("zh")["warning"])
