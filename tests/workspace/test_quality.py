from __future__ import annotations

from pathlib import Path

from caopan import Workspace

SESSIONS = ("session_id,streamer_id,started_at,viewers,gmv\n"
            "s1,h1,2026-03-01T19:30:00+08:00,100,12.5\n"
            "s2,h1,2026-03-02T19:30:00+08:00,,0\n")


def test_what_is_not_known_is_not_counted_and_zero_is(tmp_path: Path) -> None:
    (tmp_path / "sessions.csv").write_text(SESSIONS, encoding="utf-8")
    with Workspace.open(tmp_path / "room") as workspace:
        workspace.import_files([tmp_path / "sessions.csv"])

        told = {one.table: one for one in workspace.coverage()}

    assert told["sessions"].rows == 2
    assert (told["sessions"].known["viewers"], told["sessions"].known["gmv"]) == (1, 2)
    assert told["sessions"].known["ad_spend"] == 0
    assert "orders" not in told


def test_the_summary_is_the_reports_own(shared_data: Path, tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "room") as workspace:
        workspace.run([shared_data / "live_douyin_2021"])

        told = workspace.quality()

    assert told.sessions == 695
    assert len(told.imported) == 3
    assert {row.subject for row in told.reconciliation} == {f"主播{n:02d}" for n in (
        1, 3, 5, 6, 7, 8, 9, 12, 13, 14, 18, 19)}
