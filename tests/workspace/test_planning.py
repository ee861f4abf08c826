from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from caopan import Workspace
from caopan.facts.issue import Issue, Level
from caopan.facts.schema import TABLES
from caopan.workspace.planning import NoPlanError, plan_of

NOW = datetime(2026, 3, 3, tzinfo=UTC)
PLAN = """session_id,streamer_id,started_at,planned_minutes,planned_ad_spend,planned_products
n1,林晚,2026-03-05T19:30:00+08:00,120,50.00,
n2,阿泽,2026-03-06T20:00:00+08:00,,,12
"""
LINE_UP = """session_id,product_id,role,live_price,position,unit_cost,stock_on_hand
n1,苹果,hero,39.90,1,21.50,40
n1,梨,profit,19.90,2,,
"""


def _plan(opened: Workspace, folder: Path, text: str, line_up: str | None = None) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "planned_sessions.csv").write_text(text, encoding="utf-8")
    if line_up is not None:
        (folder / "planned_products.csv").write_text(line_up, encoding="utf-8")
    assert opened.path.is_dir()
    return folder


@pytest.fixture
def room(workspace: Workspace, sessions: Path) -> Workspace:
    """Return a workspace with three sessions of two hosts."""
    workspace.import_files([sessions])
    return workspace


def test_a_folder_gives_sessions_and_their_line_ups(room: Workspace, tmp_path: Path) -> None:
    folder = _plan(room, tmp_path / "plan", PLAN, LINE_UP)

    plan = plan_of(room.store, folder, now=NOW)

    assert not plan.issues
    first, second = plan.sessions
    assert (first.session_id, first.planned_minutes, first.planned_ad_spend) == ("n1", 120.0, 5000)
    assert first.started_at == datetime(2026, 3, 5, 11, 30, tzinfo=UTC)
    assert first.currency == "CNY"
    assert (second.planned_minutes, second.planned_products) == (None, 12)
    apple, pear = plan.line_up("n1")
    assert (apple.unit_cost, apple.stock_on_hand, apple.place.row) == (2150, 40, 2)
    assert (pear.unit_cost, pear.stock_on_hand) == (None, None)
    assert plan.counted() == {"n1": 2}


def test_one_file_under_any_name_is_enough(room: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "下周.csv"
    file.write_text(PLAN, encoding="utf-8")

    assert [one.session_id for one in plan_of(room.store, file, now=NOW).sessions] == ["n1", "n2"]


def test_records_carry_every_column_of_the_tables(room: Workspace, tmp_path: Path) -> None:
    plan = plan_of(room.store, _plan(room, tmp_path / "p", PLAN, LINE_UP), now=NOW)

    for row, table in ((plan.sessions[0], "planned_sessions"),
                       (plan.products[0], "planned_products")):
        assert set(TABLES[table].names) <= set(row.__dataclass_fields__)


@pytest.mark.parametrize(("line", "key", "column"), [
    ("b1,没有这个人,2026-03-05T19:30:00+08:00,60,1.00,3", "unknown_host", "streamer_id"),
    ("b1,林晚,2020-03-05T19:30:00+08:00,60,1.00,3", "plan_in_past", "started_at"),
    ("b1,林晚,2026-03-05T19:30:00+08:00,60,-1.00,3", "negative", "planned_ad_spend"),
    ("s1,林晚,2026-03-05T19:30:00+08:00,60,1.00,3", "plan_done", "session_id"),
    ("n1,林晚,2026-03-07T19:30:00+08:00,60,1.00,3", "planned_twice", "session_id"),
    ("b1,,2026-03-05T19:30:00+08:00,60,1.00,3", "missing", "streamer_id"),
    ("b1,林晚,哪天,60,1.00,3", "unreadable_time", "started_at"),
])
def test_a_bad_row_is_named_and_the_good_ones_go_on(
        room: Workspace, tmp_path: Path, line: str, key: str, column: str) -> None:
    plan = plan_of(room.store, _plan(room, tmp_path / "p", f"{PLAN}{line}\n"), now=NOW)

    [issue] = [one for one in plan.issues if one.level is Level.ERROR]
    assert (issue.message.key, issue.row, issue.column) == (key, 4, column)
    assert issue.message.say("zh") != issue.message.say("en")
    assert issue.message.advise("zh")
    assert [one.session_id for one in plan.sessions] == ["n1", "n2"]


def test_a_start_that_is_past_but_unknown_is_told_with_a_warning(
        room: Workspace, tmp_path: Path) -> None:
    folder = _plan(room, tmp_path / "p", PLAN)

    plan = plan_of(room.store, folder, now=datetime(2026, 3, 5, 20, tzinfo=UTC))

    assert [_said(one) for one in plan.issues] == [("plan_before_now", Level.WARNING, 2)]
    assert len(plan.sessions) == len(PLAN.splitlines()) - 1


def test_a_product_of_a_refused_session_is_refused_too(room: Workspace, tmp_path: Path) -> None:
    folder = _plan(room, tmp_path / "p", PLAN,
                   f"{LINE_UP}n9,桃,hero,9.90,1,5.00,3\nn1,苹果,hero,9.90,1,5.00,3\n")

    plan = plan_of(room.store, folder, now=NOW)

    assert [_said(one) for one in plan.issues] == [
        ("no_planned_session", Level.ERROR, 4), ("planned_twice", Level.ERROR, 5)]
    assert plan.counted() == {"n1": 2}


def test_a_length_of_nothing_is_taken_as_not_said(room: Workspace, tmp_path: Path) -> None:
    text = PLAN.replace(",120,", ",0,")

    plan = plan_of(room.store, _plan(room, tmp_path / "p", text), now=NOW)

    assert [_said(one) for one in plan.issues] == [("no_length", Level.WARNING, 2)]
    assert plan.sessions[0].planned_minutes is None


def test_a_plan_without_a_usable_row_says_why_of_each(room: Workspace, tmp_path: Path) -> None:
    text = PLAN.replace("林晚", "谁").replace("阿泽", "谁谁")

    with pytest.raises(NoPlanError) as refused:
        plan_of(room.store, _plan(room, tmp_path / "p", text), now=NOW)

    assert [issue.message.key for issue in refused.value.issues] == ["unknown_host"] * 2


def test_a_new_host_of_a_known_merchant_is_planned_with_a_warning(
        workspace: Workspace, tmp_path: Path) -> None:
    history = tmp_path / "sessions.csv"
    history.write_text(
        "session_id,streamer_id,merchant_id,started_at,gmv,currency\n"
        "s1,林晚,店一,2026-03-01T19:30:00+08:00,5.00,IDR\n", encoding="utf-8")
    workspace.import_files([history])
    file = tmp_path / "plan.csv"
    file.write_text("session_id,streamer_id,merchant_id,started_at\n"
                    "n1,小新,店一,2026-03-05T19:30:00+08:00\n", encoding="utf-8")

    plan = plan_of(workspace.store, file, now=NOW)

    assert [_said(one) for one in plan.issues] == [("new_host", Level.WARNING, 2)]
    assert plan.sessions[0].currency == "IDR"


def test_an_imported_plan_needs_no_file_and_what_is_over_is_no_problem(
        room: Workspace, tmp_path: Path) -> None:
    over = "n0,林晚,2026-03-01T10:00:00+08:00,60,1.00,3\n"
    room.import_files([_plan(room, tmp_path / "p", PLAN + over, LINE_UP)])

    plan = plan_of(room.store, None, now=NOW)

    assert [one.session_id for one in plan.sessions] == ["n1", "n2"]
    assert plan.counted() == {"n1": 2}
    assert not plan.issues


def test_without_any_plan_the_answer_says_what_to_give(room: Workspace) -> None:
    with pytest.raises(NoPlanError) as refused:
        plan_of(room.store, None, now=NOW)

    assert "--plan" in (refused.value.message.advise("en") or "")


def test_the_folder_of_a_whole_export_is_a_plan(toy: Workspace, tmp_path: Path) -> None:
    toy.export(tmp_path / "all")
    now = datetime(2020, 1, 1, tzinfo=UTC)

    from_files = plan_of(toy.store, tmp_path / "all", now=now)
    kept = plan_of(toy.store, None, now=now)

    assert {one.session_id for one in from_files.sessions} == {
        one.session_id for one in kept.sessions}
    assert len(kept.products) > len(kept.sessions) > 0


def _said(issue: Issue) -> tuple[str, Level, int | None]:
    return issue.message.key, issue.level, issue.row


def test_a_slip_of_the_unit_of_the_year_or_of_the_currency_is_named_by_its_row(
        room: Workspace, tmp_path: Path) -> None:
    head = "session_id,streamer_id,started_at,planned_minutes,currency\n"
    folder = _plan(room, tmp_path / "plan", head
                   + "n1,林晚,2026-03-05T19:30:00+08:00,7200,CNY\n"
                   + "n2,林晚,2062-03-06T19:30:00+08:00,120,CNY\n"
                   + "n3,林晚,2026-03-07T19:30:00+08:00,120,USD\n")

    plan = plan_of(room.store, folder, now=NOW)

    assert [(one.message.key, one.level, one.row, one.column) for one in plan.issues] == [
        ("too_long", Level.ERROR, 2, "planned_minutes"),
        ("plan_far", Level.WARNING, 3, "started_at"),
        ("plan_other_currency", Level.WARNING, 4, "currency")]
    assert [one.session_id for one in plan.sessions] == ["n3", "n2"]
    assert "CNY" in plan.issues[2].message.advise("en")
