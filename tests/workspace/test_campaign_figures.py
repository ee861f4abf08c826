"""The figures of a campaign whose first evening is over."""

from __future__ import annotations

from pathlib import Path

from caopan import Workspace
from caopan.plan.campaign_begun import with_sessions
from tests.plan.campaigns import BURST, evening, grand

HELD = ("session_id,streamer_id,started_at,ended_at,orders,gmv,currency\n"
        "s0,林晚,2026-03-01T20:00:00+08:00,2026-03-01T22:00:00+08:00,9,1234.50,CNY\n"
        "s1,林晚,2026-03-02T20:00:00+08:00,2026-03-02T22:00:00+08:00,9,,CNY\n")


def test_what_was_held_counts_and_what_is_not_imported_of_it_is_said(
        workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "sessions.csv").write_text(HELD, encoding="utf-8")
    workspace.import_files([tmp_path / "sessions.csv"])
    campaign = with_sessions(grand(), [evening(name, BURST) for name in ("s0", "s1", "s2")])

    found = workspace.campaign_outlook(campaign).sessions

    assert found["s0"].interval is not None
    assert found["s0"].interval.low == found["s0"].interval.high == 1_234_50
    assert (found["s1"].held, found["s2"].held) == (0, 0)
    assert found["s1"].reason is not None
    assert "还没导入" in found["s1"].reason.zh
    assert found["s2"].reason is not None
