from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from caopan import Workspace
from caopan.units.message import Text
from caopan.workspace.models import KIND
from tests.workspace.conftest import five_hosts

PLAN = ("session_id,streamer_id,started_at,planned_minutes,currency\n"
        "n1,host2,2026-03-01T19:00:00+08:00,120,CNY\n")

@pytest.fixture
def plan(tmp_path: Path) -> Path:
    file = tmp_path / "plan.csv"
    file.write_text(PLAN, "utf-8")
    return file


def test_a_model_is_fitted_once_and_told_from_by_whoever_opens_the_workspace(
        five_host_room: Workspace, plan: Path) -> None:
    fitted = five_host_room.forecast(plan)

    with five_host_room.again() as another:
        served = another.forecast(plan)

    assert served.forecasts == fitted.forecasts
    assert served.models[0].fitted_at == fitted.models[0].fitted_at
    [kept] = five_host_room.store.documents(f"{KIND}.gmv")
    assert kept.body["learnt"]["models"] is not None


def test_which_model_told_is_said(five_host_room: Workspace, plan: Path) -> None:
    document = five_host_room.forecast(plan).document("en")

    [model] = document["models"]  # type: ignore[misc]
    assert {name: model[name] for name in ("outcome", "version", "sessions", "hosts")} == {
        "outcome": "gmv", "version": 1, "sessions": 120, "hosts": 5}
    assert datetime.fromisoformat(model["fitted_at"]).tzinfo is not None


def test_a_history_that_grew_gets_a_new_version_and_an_undo_the_earlier_one(
        five_host_room: Workspace, plan: Path, tmp_path: Path) -> None:
    first = five_host_room.forecast(plan)
    grown = five_host_room.import_files([five_hosts(tmp_path, since=24, until=26)])

    second = five_host_room.forecast(plan)
    five_host_room.undo(grown.batch or 0)
    third = five_host_room.forecast(plan)

    assert [(one.models[0].version, one.models[0].sessions) for one in (first, second, third)] == [
        (1, 120), (2, 130), (1, 120)]
    assert third.forecasts == first.forecasts
    assert second.forecasts[0].quantiles != first.forecasts[0].quantiles


def test_fitted_anew_elsewhere_the_same_history_tells_the_same(
        five_host_room: Workspace, plan: Path, tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "other") as other:
        other.import_files([five_hosts(tmp_path)])
        again = other.forecast(plan)

    assert again.forecasts == five_host_room.forecast(plan).forecasts


def test_an_imported_plan_leaves_the_model_as_it_is(
        five_host_room: Workspace, plan: Path, tmp_path: Path) -> None:
    first = five_host_room.forecast(plan)
    kept = tmp_path / "planned_sessions.csv"
    kept.write_text(PLAN, "utf-8")
    five_host_room.import_files([kept])

    assert five_host_room.forecast().models[0].id == first.models[0].id


def test_a_backtest_is_looked_back_once(five_host_room: Workspace) -> None:
    heard: list[str] = []
    first = five_host_room.backtest()

    def hear(step: Text, _done: int, _of: int | None) -> None:
        heard.append(step.en)

    again = five_host_room.backtest(progress=hear)
    wider = five_host_room.backtest(level=0.9, progress=hear)

    assert first.found == again.found
    assert again.document("zh") == first.document("zh")
    assert heard.count("looking back, week by week") == 1
    assert wider.found.level == 0.9
