from __future__ import annotations

import json
from pathlib import Path

import pytest

from caopan import Workspace
from caopan.units.message import CaopanError, Language
from caopan.workspace.asked import Asked

FRUIT = """session_id,streamer_id,started_at,ended_at,viewers,orders,buyers,units,gmv,currency
a,水果摊,2026-03-01T19:30:00+08:00,2026-03-01T21:30:00+08:00,100,10,10,10,990.00,CNY
b,水果摊,2026-03-02T19:30:00+08:00,2026-03-02T21:30:00+08:00,20,1,1,1,99.00,CNY
"""


def test_the_story_of_the_fruit_comes_out_right(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "fruit.csv"
    file.write_text(FRUIT, encoding="utf-8")

    result = workspace.run([file], language="zh")

    [diagnosis] = result.diagnoses
    assert diagnosis.change.refused is not None
    assert "100 → 20" in diagnosis.headline.zh
    assert diagnosis.unknown is not None
    assert "39" in diagnosis.unknown.zh
    verdicts = {found.rule: found.verdict.value for found in diagnosis.findings}
    assert verdicts["traffic_viewers_fell"] == "supported"
    assert verdicts.get("conversion_view_pay_fell", "cannot_tell") == "cannot_tell"


@pytest.mark.parametrize(("language", "head"), [
    ("zh", "水果摊（2026-03-02 – 2026-03-02）"), ("en", "水果摊 (2026-03-02 – 2026-03-02)")])
def test_the_days_said_to_a_person_are_days_that_count(
        workspace: Workspace, tmp_path: Path, language: Language, head: str) -> None:
    file = tmp_path / "fruit.csv"
    file.write_text(FRUIT, encoding="utf-8")
    workspace.import_files([file])

    assert workspace.diagnose(Asked()).lines(language)[0] == head


def test_a_report_is_written_whole_beside_its_data(workspace: Workspace, sessions: Path) -> None:
    result = workspace.run([sessions], language="en")

    report, document = Path(result.report or ""), Path(result.document_path or "")
    assert "</html>" in report.read_text("utf-8")[-20:]
    body = json.loads(document.read_text("utf-8"))
    assert {subject["subject"]["id"] for subject in body["subjects"]} == {"林晚", "阿泽"}
    assert list(report.parent.glob("*.new")) == []


def test_an_empty_workspace_has_nothing_to_report(workspace: Workspace) -> None:
    with pytest.raises(CaopanError) as refused:
        workspace.run()

    assert refused.value.message.key == "no_sessions"


def test_a_subject_nobody_has_is_named(workspace: Workspace, sessions: Path) -> None:
    workspace.import_files([sessions])

    with pytest.raises(CaopanError) as refused:
        workspace.diagnose(Asked(streamer="没有这个人"))

    assert refused.value.message.key == "unknown_subject"


def test_the_workspaces_own_pages_of_the_handbook_count(workspace: Workspace,
                                                        tmp_path: Path) -> None:
    file = tmp_path / "fruit.csv"
    file.write_text(FRUIT, encoding="utf-8")
    pages = workspace.path / "playbook"
    pages.mkdir()
    (pages / "quiet.toml").write_text('id = "traffic_viewers_fell"\nstatus = "off"\n', "utf-8")

    result = workspace.run([file])

    assert "traffic_viewers_fell" not in {
        found.rule for found in result.diagnoses[0].findings}


def test_a_broken_page_is_an_issue_and_the_shipped_rule_stays(workspace: Workspace,
                                                              tmp_path: Path) -> None:
    file = tmp_path / "fruit.csv"
    file.write_text(FRUIT, encoding="utf-8")
    workspace.import_files([file])
    pages = workspace.path / "playbook"
    pages.mkdir()
    (pages / "broken.toml").write_text('id = "traffic_viewers_fell"\nstatus = "gone"\n', "utf-8")

    result = workspace.diagnose()

    assert [issue.file for issue in result.issues]
    assert "traffic_viewers_fell" in {found.rule for found in result.diagnoses[0].findings}


def test_orders_alone_are_imported_and_the_report_says_what_is_missing(
        workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text("order_id,paid_at,amount\n1,2026-03-01T19:40:00+08:00,12.50\n", "utf-8")

    result = workspace.run([file], language="en")

    assert result.diagnoses == ()
    assert result.imported is not None
    assert result.imported.tables["orders"].added == 1
    page = Path(result.report or "").read_text("utf-8")
    assert "Orders alone: what they say, without a diagnosis" in page
    assert "Cannot be computed, for want of a column" in page


def test_what_the_orders_say_is_reported_again_without_files(
        workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text("order_id,paid_at,amount\n1,2026-03-01T19:40:00+08:00,12.50\n", "utf-8")
    workspace.import_files([file])

    result = workspace.run([], language="en")

    page = Path(result.report or "").read_text("utf-8")
    assert "Orders alone: what they say, without a diagnosis" in page


def test_sessions_with_units_and_no_gmv_are_split_in_units_on_their_own_days(
        workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "sessions.csv"
    file.write_text("session_id,streamer_id,started_at,views,units\n" + "".join(
        f"s{day},林晚,2026-03-{day:02d}T19:30:00+08:00,100,{day}\n" for day in range(1, 21)),
        "utf-8")

    [diagnosis] = workspace.run([file]).diagnoses

    assert diagnosis.period.end.isoformat() == "2026-03-21"
    assert (diagnosis.change.identity, diagnosis.change.measure) == ("units", "units")
    assert sum(factor.amount for factor in diagnosis.change.factors) == (
        diagnosis.change.after - diagnosis.change.before)
    assert any("没有金额" in note.say("zh") for note in diagnosis.notes)


def test_sessions_with_neither_gmv_nor_units_say_what_is_missing(
        workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "sessions.csv"
    file.write_text("session_id,streamer_id,started_at,views,orders\n" + "".join(
        f"s{day},林晚,2026-03-{day:02d}T19:30:00+08:00,100,{day}\n" for day in range(1, 21)),
        "utf-8")

    [diagnosis] = workspace.run([file]).diagnoses

    assert diagnosis.period.end.isoformat() == "2026-03-21"
    assert diagnosis.change.refused is not None
    assert any("GMV" in note.say("zh") for note in diagnosis.notes)


@pytest.mark.shared
def test_product_totals_of_a_report_stand_beside_each_hosts_sessions(
    workspace: Workspace, shared_data: Path,
) -> None:
    result = workspace.run([shared_data / "live_douyin_2021"], language="zh")

    body = json.loads(Path(result.document_path or "").read_text("utf-8"))
    ratios = {row["subject"]: row["ratio"] for row in body["reconciliation"]}
    assert len(ratios) == 12
    assert min(ratios.values()) == pytest.approx(0.71, abs=0.005)
    assert sorted(ratios.values())[6] == pytest.approx(1.0, abs=0.005)
    assert "商品 ÷ 场次" in Path(result.report or "").read_text("utf-8")


def test_a_run_ends_with_the_stock_and_the_money_of_the_imported_plan(toy: Workspace) -> None:
    planned = toy.run(language="en").planned

    assert planned is not None
    document = planned.document("en")
    assert document["stock"]["items"]  # type: ignore[index]
    assert document["budget"]["waves"]  # type: ignore[index]
    assert document["plan_reason"] is None
    page = (toy.path / "report.html").read_text(encoding="utf-8")
    assert 'id="planned"' in page


def test_a_run_without_a_plan_says_that_there_is_none(
        workspace: Workspace, sessions: Path) -> None:
    document = workspace.run([sessions], language="en").document("en")

    assert (document["stock"], document["budget"]) == (None, None)
    assert document["plan_reason"]
