from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from caopan import Workspace
from caopan.facts.issue import Level
from caopan.workspace.planning import NoPlanError, plan_of

NOW = datetime(2026, 3, 4, tzinfo=UTC)
PLAN = ("session_id,streamer_id,started_at,planned_minutes\n"
        "n1,林晚,2026-03-05T19:30:00+08:00,120\n")
LINE_UP = "session_id,product_id,live_price,unit_cost\nn1,苹果,9.90,5.00\n"


@pytest.fixture
def room(workspace: Workspace, sessions: Path) -> Workspace:
    """Return a workspace with three sessions of two hosts."""
    workspace.import_files([sessions])
    return workspace


def folder(where: Path, **files: str) -> Path:
    where.mkdir()
    for name, text in files.items():
        (where / f"{name}.csv").write_text(text, encoding="utf-8")
    return where


def test_other_tables_are_left_out_under_any_name(
        room: Workspace, sessions: Path, tmp_path: Path) -> None:
    made = folder(tmp_path / "p", 排期=PLAN, 货盘=LINE_UP, 上月=sessions.read_text("utf-8"))

    plan = plan_of(room.store, made, now=NOW)

    assert [one.session_id for one in plan.sessions] == ["n1"]
    assert plan.counted() == {"n1": 1}
    assert not plan.issues


def test_a_plan_under_the_name_of_another_table_is_read(room: Workspace, tmp_path: Path) -> None:
    made = folder(tmp_path / "p", products=LINE_UP, orders=PLAN)

    plan = plan_of(room.store, made, now=NOW)

    assert [one.session_id for one in plan.sessions] == ["n1"]
    assert plan.counted() == {"n1": 1}


def test_a_missing_column_is_named_without_an_option_that_is_not_there(
        room: Workspace, tmp_path: Path) -> None:
    made = folder(tmp_path / "p", planned_sessions=PLAN.replace("started_at", "开始时间"),
                  planned_products=LINE_UP)

    with pytest.raises(NoPlanError) as refused:
        plan_of(room.store, made, now=NOW)

    [issue] = [one for one in refused.value.issues if one.message.key == "unknown_columns"]
    assert issue.level is Level.ERROR
    for language in ("zh", "en"):
        advice = issue.message.advise(language) or ""
        assert "caopan import" in advice
        assert "--plan" in advice


def test_a_file_that_is_nothing_known_is_not_passed_over(room: Workspace, tmp_path: Path) -> None:
    made = folder(tmp_path / "p", planned_sessions=PLAN, 笔记="a,b,c\n1,2,3\n")

    plan = plan_of(room.store, made, now=NOW)

    assert [one.session_id for one in plan.sessions] == ["n1"]
    assert [one.message.key for one in plan.issues] == ["unknown_layout"]
