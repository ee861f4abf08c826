from __future__ import annotations

from pathlib import Path

from caopan import Workspace

SESSIONS = ("session_id,streamer_id,started_at,ended_at,gmv,currency\n"
            "s1,林晚,2026-03-01T19:00:00+08:00,2026-03-01T21:00:00+08:00,900.00,CNY\n"
            "s2,林晚,2026-03-02T19:00:00+08:00,2026-03-02T21:00:00+08:00,800.00,CNY\n")
ADS = ("plan_id,starts_at,session_id,streamer_id,tool,spend,experiment,currency\n"
       "a1,2026-03-01T19:00:00+08:00,s1,林晚,qianchuan,30.00,x1,CNY\n"
       "a2,2026-03-01T20:15:00+08:00,,林晚,jinniu,10.00,x1,CNY\n"
       "a3,2026-03-02T20:59:00+08:00,,林晚,qianchuan,20.00,x2,CNY\n"
       "a4,2026-03-02T21:30:00+08:00,,林晚,qianchuan,7.00,x2,CNY\n")


def test_rows_that_ran_while_a_session_was_live_are_its_and_the_others_are_counted(
        workspace: Workspace, tmp_path: Path) -> None:
    for name, text in (("sessions", SESSIONS), ("ad_spend", ADS)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    workspace.import_files([tmp_path / "sessions.csv", tmp_path / "ad_spend.csv"])

    told = workspace.response()

    assert told.document("en")["ad_rows"] == {
        "rows": 4, "by_time": 2, "without_session": 1, "spend_without_session": "7.00"}
    assert told.ads.sessions["s1"]["spend"] == 4_000
    assert told.ads.sessions["s2"]["spend"] == 2_000
    assert told.ads.tools == {"林晚": {"qianchuan": 5_000, "jinniu": 1_000}}
    assert any("1 of 4 ad rows found no session" in line for line in told.lines("en"))
    assert any("4 行里有 1 行找不到场次" in line for line in told.lines("zh"))
