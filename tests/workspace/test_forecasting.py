from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from caopan import Workspace
from caopan.units.message import CaopanError
from caopan.workspace import ground
from caopan.workspace.answers import Kept
from caopan.workspace.forecasting import next_sessions
from caopan.workspace.progress import silent

HEAD = ("session_id,streamer_id,started_at,ended_at,planned_minutes,viewers,orders,units,gmv,"
        "currency")
PLAN = "session_id,streamer_id,started_at,planned_minutes,planned_products,currency\n"
START = datetime(2026, 1, 1, 11, tzinfo=UTC)


def _history(folder: Path, *, hosts: int = 6, sessions: int = 20, kept: bool = False) -> Path:
    rng = np.random.default_rng(1)
    lines = [HEAD]
    for host in range(hosts):
        for at in range(sessions):
            minutes = int(rng.integers(60, 240))
            orders = int(minutes * (host + 1) * rng.lognormal(0.0, 0.3) / 6)
            begin = START + timedelta(days=at, minutes=host)
            planned = str(int(minutes * rng.lognormal(0.0, 0.2))) if kept else ""
            lines.append(
                f"s{host}-{at},host{host},{begin.isoformat()},"
                f"{(begin + timedelta(minutes=minutes)).isoformat()},{planned},{orders * 20},"
                f"{orders},{int(orders * 1.2)},{orders * 50}.00,CNY")
    file = folder / "sessions.csv"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


def _plan(folder: Path, *rows: str) -> Path:
    file = folder / "plan.csv"
    file.write_text(PLAN + "\n".join(rows) + "\n", "utf-8")
    return file


def _rows(opened: Workspace, plan: Path, *, level: float = 0.8) -> dict[tuple[str, str], Any]:
    document: Any = opened.forecast(plan, level=level).document("en")
    return {(row["session_id"], row["outcome"]): row for row in document["forecasts"]}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Return six hosts of twenty sessions that sell by the hour, to be read only."""
    folder = tmp_path_factory.mktemp("six")
    with Workspace.open(folder / "w") as opened:
        opened.import_files([_history(folder)])
        yield opened


@pytest.fixture
def own_room(room: Workspace, tmp_path: Path) -> Iterator[Workspace]:
    """Return a copy of it, to be imported into."""
    copy = shutil.copytree(room.path, tmp_path / "own")
    with Workspace.open(copy) as opened:
        yield opened


def test_each_planned_session_and_outcome_is_told_as_a_distribution(
        room: Workspace, tmp_path: Path) -> None:
    plan = _plan(tmp_path, "n1,host2,2026-02-01T19:00:00+08:00,120,,")

    rows = _rows(room, plan)

    assert set(rows) == {("n1", name) for name in ("gmv", "units", "orders", "viewers")}
    for row in rows.values():
        assert (row["status"], row["n_history"], row["rule"]) == ("ok", 20, "average")
        assert list(row["quantiles"]) == [f"{at / 20:g}" for at in range(1, 20)]
        told = [float(value) for value in row["quantiles"].values()]
        assert all(low <= high for low, high in pairwise(told))
        assert told[0] >= 0
        assert float(row["low"]) == told[1]
        assert float(row["high"]) == told[17]
    money = rows["n1", "gmv"]
    assert isinstance(money["mid"], str)
    assert money["currency"] == "CNY"
    assert 0.5 < float(money["mid"]) / (120 * 3 / 6 * 50) < 2.0
    assert rows["n1", "orders"]["mid"] <= rows["n1", "units"]["mid"]


def test_the_level_asked_for_is_the_level_of_the_range(room: Workspace, tmp_path: Path) -> None:
    plan = _plan(tmp_path, "n1,host2,2026-02-01T19:00:00+08:00,120,,")

    narrow, wide = (_rows(room, plan, level=level)["n1", "gmv"] for level in (0.5, 0.9))

    assert (narrow["level"], wide["level"]) == (0.5, 0.9)
    assert float(wide["low"]) < float(narrow["low"]) < float(narrow["high"]) < float(wide["high"])
    assert float(wide["high"]) == float(wide["quantiles"]["0.95"])


def test_the_hours_move_a_forecast_and_it_says_by_how_much(
        room: Workspace, tmp_path: Path) -> None:
    plan = _plan(tmp_path, "n1,host2,2026-02-01T19:00:00+08:00,60,,",
                 "n2,host2,2026-02-02T19:00:00+08:00,240,,")

    rows = _rows(room, plan)

    short, long = rows["n1", "gmv"], rows["n2", "gmv"]
    assert float(long["mid"]) == pytest.approx(4 * float(short["mid"]), rel=0.02)
    [move] = long["moves"]
    assert (move["term"], move["planned"]) == ("hours", 4.0)
    assert float(move["amount"]) == pytest.approx(
        float(long["mid"]) * (1 - move["usual"] / 4.0), rel=0.01)
    assert float(short["moves"][0]["amount"]) < 0


def test_without_planned_hours_it_says_no_better_than_your_median(
        room: Workspace, tmp_path: Path) -> None:
    plan = _plan(tmp_path, "n1,host2,2026-02-01T19:00:00+08:00,,,")

    row = _rows(room, plan)["n1", "gmv"]

    assert (row["status"], row["rule"]) == ("ok", "median_5")
    assert row["reason"] == "no planned hours: no better than your median of the last 5"
    assert row["moves"] == []


def test_a_new_host_is_told_from_hosts_alike(own_room: Workspace, tmp_path: Path) -> None:
    newcomer = tmp_path / "streamers.csv"
    newcomer.write_text("streamer_id,name\nnew,新主播\n", "utf-8")
    own_room.import_files([newcomer])

    row = _rows(own_room, _plan(tmp_path, "n1,new,2026-02-01T19:00:00+08:00,120,,CNY"))["n1", "gmv"]

    assert (row["status"], row["n_history"], row["rule"]) == ("cold_start", 0, "pooled")
    assert "6 hosts alike" in row["reason"]
    assert len(row["quantiles"]) == 19
    assert float(row["low"]) < 120 / 6 * 50 * 3.5 < float(row["high"])


def test_a_new_host_among_few_cannot_be_told(
        workspace: Workspace, sessions: Path, tmp_path: Path) -> None:
    newcomer = tmp_path / "streamers.csv"
    newcomer.write_text("streamer_id,name\nnew,新主播\n", "utf-8")
    workspace.import_files([sessions, newcomer])

    rows = _rows(workspace, _plan(tmp_path, "n1,new,2026-04-01T19:00:00+08:00,120,,",
                                  "n2,林晚,2026-04-01T19:00:00+08:00,120,,"))

    for row in rows.values():
        assert row["status"] == "cannot_tell"
        assert row["quantiles"] is None
        assert row["mid"] is None
    assert "at least 5" in rows["n1", "gmv"]["reason"]
    assert "at least 19" in rows["n2", "gmv"]["reason"]


def test_without_products_nothing_is_sold_and_people_still_come(
        room: Workspace, tmp_path: Path) -> None:
    rows = _rows(room, _plan(tmp_path, "n1,host2,2026-02-01T19:00:00+08:00,120,0,"))

    assert {float(value) for value in rows["n1", "gmv"]["quantiles"].values()} == {0.0}
    assert rows["n1", "gmv"]["reason"] == "no products are planned: nothing can be sold"
    assert rows["n1", "viewers"]["mid"] > 0


def test_the_error_of_kept_plans_is_carried_and_said(
        workspace: Workspace, tmp_path: Path) -> None:
    plan = _plan(tmp_path, "n1,host2,2026-02-01T19:00:00+08:00,120,,")
    workspace.import_files([_history(tmp_path, kept=True)])

    told = workspace.forecast(plan)

    assert told.note is not None
    assert told.note.en.endswith("learnt from 120 that were kept")


def test_where_no_plan_was_kept_that_is_said(room: Workspace, tmp_path: Path) -> None:
    told = room.forecast(_plan(tmp_path, "n1,host2,2026-02-01T19:00:00+08:00,120,,"))

    assert told.note is not None
    assert "assume that the plan is kept to" in told.note.en


def test_a_plan_in_another_currency_says_so_and_not_that_the_host_is_new(
        room: Workspace, tmp_path: Path) -> None:
    row = _rows(room, _plan(tmp_path, "n1,host2,2026-02-01T19:00:00+08:00,120,,USD"))["n1", "gmv"]

    assert row["status"] == "cannot_tell"
    assert row["reason"] == ("this host's history is in CNY, none of it in USD, and amounts are "
                             "not converted")


def test_bad_rows_are_named_and_the_others_told(room: Workspace, tmp_path: Path) -> None:
    told = room.forecast(_plan(tmp_path, "n1,host2,2026-02-01T19:00:00+08:00,120,,",
                               "n2,nobody,2026-02-01T19:00:00+08:00,120,,",
                               "n3,host2,2020-02-01T19:00:00+08:00,120,,"))

    assert {one.session_id for one in told.forecasts} == {"n1"}
    assert {(one.message.key, one.row) for one in told.issues if one.level == "error"} == {
        ("unknown_host", 3), ("plan_in_past", 4)}


def test_a_level_that_no_range_has_is_refused(room: Workspace, tmp_path: Path) -> None:
    plan = _plan(tmp_path, "n1,host2,2026-02-01T19:00:00+08:00,120,,")

    with pytest.raises(CaopanError, match="level"):
        room.forecast(plan, level=0.95)


def test_the_same_history_and_plan_give_the_same_words(toy: Workspace) -> None:
    first, again = toy.forecast(), toy.forecast()

    assert first.document("zh") == again.document("zh")
    assert first.lines("zh")[0] == "【合成数据】"
    assert {one.status for one in first.forecasts} == {"ok"}
    assert any("区间里已含计划本身的误差" in line for line in first.lines("zh"))


def test_every_host_has_a_next_session_planned_or_not(own_room: Workspace, tmp_path: Path) -> None:
    plan = tmp_path / "planned_sessions.csv"
    plan.write_text(PLAN + "n1,host2,2026-02-01T19:00:00+08:00,120,,CNY\n", "utf-8")
    own_room.import_files([plan])

    told = next_sessions(own_room.store, now=START + timedelta(days=25), kept=Kept(),
                         progress=silent)

    assert {(one.streamer_id, one.session_id, one.rule) for one in told.forecasts} == {
        *((f"host{at}", None, "median_5") for at in (0, 1, 3, 4, 5)),
        ("host2", "n1", "average")}
    asked = own_room.forecast(plan)
    assert [one for one in told.forecasts if one.session_id == "n1"] == list(asked.forecasts)
    assert [one.id for one in told.models] == [one.id for one in asked.models]


def test_without_planned_hours_no_model_is_fitted_for_next_sessions(
        workspace: Workspace, sessions: Path) -> None:
    workspace.import_files([sessions])

    told = next_sessions(workspace.store, now=datetime(2026, 4, 1, tzinfo=UTC), kept=Kept(),
                         progress=silent)

    assert told.forecasts
    assert told.models == ()


def test_a_long_history_without_models_is_told_by_rate_and_hours(
        own_room: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ground, "QUICK_FROM", 10)
    own_room.import_files([_history(tmp_path, sessions=21)])
    plan = tmp_path / "planned_sessions.csv"
    plan.write_text(PLAN + "n1,host2,2026-02-01T19:00:00+08:00,120,,CNY\n", "utf-8")
    own_room.import_files([plan])

    told = next_sessions(own_room.store, now=START + timedelta(days=25), kept=Kept(),
                         progress=silent)

    assert told.models == ()
    assert {one.rule for one in told.forecasts if one.session_id == "n1"} == {"rate_hours"}


@pytest.mark.shared
def test_real_hosts_are_told_by_the_plan(workspace: Workspace, shared_data: Path,
                                         tmp_path: Path) -> None:
    workspace.import_files([shared_data / "live_douyin_2021"], year=2021)

    rows = _rows(workspace, _plan(
        tmp_path, "n1,主播06,2021-09-02T19:30:00+08:00,240,40,",
        "n2,主播06,2021-09-02T22:30:00+08:00,60,1,"))

    assert float(rows["n1", "gmv"]["low"]) > 0
    assert float(rows["n2", "gmv"]["mid"]) == 0.0  # its 69 shows of one product sold nothing
    assert rows["n1", "gmv"]["n_history"] > 150
