from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from caopan import Workspace
from caopan.facts.plan import Plan, PlannedSession
from caopan.workspace.learning import learning
from caopan.workspace.strength import strengths

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
SHOWS = 90


@pytest.fixture
def rising(workspace: Workspace, tmp_path: Path) -> Workspace:
    """Return a workspace whose host sells 20 an hour, and since some time 60."""
    rows = ["session_id,streamer_id,started_at,ended_at,units,viewers,currency"]
    for at in range(SHOWS):
        start = START + timedelta(days=at)
        units = 40 + at % 5 if at < SHOWS - 10 else 120 + at % 5
        rows.append(f"s{at},林晚,{start.isoformat()},{(start + timedelta(hours=2)).isoformat()},"
                    f"{units},,CNY")
    file = tmp_path / "sessions.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    workspace.import_files([file])
    return workspace


def test_a_session_is_as_strong_as_it_was_forecast_beside_what_is_usual(
        rising: Workspace) -> None:
    planned = PlannedSession(session_id="n1", streamer_id="林晚", planned_minutes=180.0,
                             started_at=START + timedelta(days=SHOWS), currency="CNY")

    found = strengths(learning(rising.store), Plan(sessions=(planned,)), {None: 2.0})

    ahead, before, first = (found[name][0] for name in ("n1", "s75", "s0"))
    assert ahead / before == pytest.approx(3.0, rel=0.15)  # 60 an hour beside 20
    assert np.isnan(first)  # nothing was known before it
    assert np.isnan(found["n1"][1])  # nobody says how many viewers came


def test_a_host_nobody_knows_has_no_strength(rising: Workspace) -> None:
    planned = PlannedSession(session_id="n1", streamer_id="新人",
                             started_at=START + timedelta(days=SHOWS), currency="CNY")

    assert "n1" not in strengths(learning(rising.store), Plan(sessions=(planned,)), {None: 2.0})


def test_without_sessions_there_is_nothing_to_say(workspace: Workspace) -> None:
    assert strengths(learning(workspace.store), Plan(), {}) == {}
