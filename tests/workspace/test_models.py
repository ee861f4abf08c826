from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from caopan import Workspace
from caopan.workspace.models import KIND

HEAD = "session_id,streamer_id,started_at,ended_at,planned_minutes,gmv,currency"
PLAN = ("session_id,streamer_id,started_at,planned_minutes,currency\n"
        "n1,host2,2026-03-01T19:00:00+08:00,120,CNY\n")
START = datetime(2026, 1, 1, 11, tzinfo=UTC)


def _sessions(folder: Path, *, since: int = 0, until: int = 24) -> Path:
    """Return a file of five hosts' sessions of some days, a session a day."""
    lines = [HEAD]
    for host in range(5):
        rng = np.random.default_rng(host)
        for day in range(until):
            minutes, luck = int(rng.integers(60, 240)), float(rng.lognormal(0.0, 0.4))
            begin = START + timedelta(days=day, minutes=host)
            if day >= since:
                lines.append(
                    f"s{host}-{day},host{host},{begin.isoformat()},"
                    f"{(begin + timedelta(minutes=minutes)).isoformat()},{minutes},"
                    f"{int(minutes * (host + 1) * luck)}.00,CNY")
    file = folder / "sessions.csv"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    file = tmp_path / "plan.csv"
    file.write_text(PLAN, "utf-8")
    return file


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Workspace]:
    """Return a workspace of five hosts and 120 sessions."""
    with Workspace.open(tmp_path / "w") as opened:
        opened.import_files([_sessions(tmp_path)])
        yield opened


def test_a_model_is_fitted_once_and_told_from_by_whoever_opens_the_workspace(
        room: Workspace, plan: Path) -> None:
    fitted = room.forecast(plan)

    with room.again() as another:
        served = another.forecast(plan)

    assert served.forecasts == fitted.forecasts
    assert served.models[0].fitted_at == fitted.models[0].fitted_at
    [kept] = room.store.documents(f"{KIND}.gmv")
    assert kept.body["learnt"]["models"] is not None


def test_which_model_told_is_said(room: Workspace, plan: Path) -> None:
    document = room.forecast(plan).document("en")

    [model] = document["models"]  # type: ignore[misc]
    assert {name: model[name] for name in ("outcome", "version", "sessions", "hosts")} == {
        "outcome": "gmv", "version": 1, "sessions": 120, "hosts": 5}
    assert datetime.fromisoformat(model["fitted_at"]).tzinfo is not None


def test_a_history_that_grew_gets_a_new_version_and_an_undo_the_earlier_one(
        room: Workspace, plan: Path, tmp_path: Path) -> None:
    first = room.forecast(plan)
    grown = room.import_files([_sessions(tmp_path, since=24, until=26)])

    second = room.forecast(plan)
    room.undo(grown.batch or 0)
    third = room.forecast(plan)

    assert [(one.models[0].version, one.models[0].sessions) for one in (first, second, third)] == [
        (1, 120), (2, 130), (1, 120)]
    assert third.forecasts == first.forecasts
    assert second.forecasts[0].quantiles != first.forecasts[0].quantiles


def test_fitted_anew_elsewhere_the_same_history_tells_the_same(
        room: Workspace, plan: Path, tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "other") as other:
        other.import_files([_sessions(tmp_path)])
        again = other.forecast(plan)

    assert again.forecasts == room.forecast(plan).forecasts


def test_an_imported_plan_leaves_the_model_as_it_is(
        room: Workspace, plan: Path, tmp_path: Path) -> None:
    first = room.forecast(plan)
    kept = tmp_path / "planned_sessions.csv"
    kept.write_text(PLAN, "utf-8")
    room.import_files([kept])

    assert room.forecast().models[0].id == first.models[0].id


def test_a_backtest_is_looked_back_once(room: Workspace) -> None:
    first, heard = room.backtest(), []

    again = room.backtest(progress=lambda step, _done, _of: heard.append(step.en))
    wider = room.backtest(level=0.9, progress=lambda step, _done, _of: heard.append(step.en))

    assert first.found == again.found
    assert again.document("zh") == first.document("zh")
    assert heard.count("looking back, week by week") == 1
    assert wider.found.level == 0.9
