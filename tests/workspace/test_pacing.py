from __future__ import annotations

import json
from pathlib import Path

import pytest

from caopan import Workspace
from caopan.units.message import CaopanError


def _session(workspace: Workspace) -> tuple[str, float]:
    """Return the latest session with sales and what it sold."""
    table = workspace.store.tables()["sessions"]
    rows = workspace.store.fetch(table.filter(table["gmv"] > 0).order_by(
        table["started_at"].desc()).select("session_id", "gmv").limit(1))
    return rows["session_id"][0].as_py(), rows["gmv"][0].as_py()


def test_a_session_of_the_synthetic_world_is_told_with_a_range_that_narrows(
        toy: Workspace) -> None:
    session, _ = _session(toy)

    early, late = (toy.pace(session, minute=minute).document("en") for minute in (5, 45))

    assert early["status"] == late["status"] == "ok"
    assert early["method"] in {"gamma_poisson", "log_ridge"}
    assert early["synthetic"] is True

    def width(told: dict[str, object]) -> float:
        return float(str(told["high"])) / float(str(told["low"]))
    assert width(late) < width(early)
    assert float(str(late["low"])) >= float(str(late["so_far"]))


def test_it_says_so_in_words_of_both_languages(toy: Workspace) -> None:
    session, _ = _session(toy)

    told = toy.pace(session, minute=20, outcome="units")

    assert told.lines("zh")[0].startswith("【合成数据】播到第 20 分钟已有成交件数")
    assert "in the end" in told.lines("en")[0]
    assert json.dumps(told.document("zh"))


def test_what_comes_later_is_not_read(sessions: Path, tmp_path: Path) -> None:
    first = "session_id,minute,units,gmv\ns2,0,1,50.00\ns2,1,2,100.00\n"
    told = []
    for name, text in (("early", first), ("whole", f"{first}s2,2,90,9000.00\ns3,0,7,700.00\n")):
        minutes = tmp_path / name / "session_minutes.csv"
        minutes.parent.mkdir()
        minutes.write_text(text, encoding="utf-8")
        with Workspace.open(tmp_path / name / "w") as workspace:
            workspace.import_files([sessions, minutes])
            told.append(workspace.pace("s2", minute=2).document("en"))

    assert told[0] == told[1]


def test_bad_questions_are_answered_one_by_one(toy: Workspace) -> None:
    session, _ = _session(toy)

    for asked, minute, more, key in (
            ("nobody", 5, {}, "unknown_session"), (session, 100_000, {}, "minute_beyond"),
            (session, 0, {}, "pace_minute"), (session, 5, {"outcome": "luck"}, "pace_outcome"),
            (session, 5, {"level": 0.99}, "pace_level"), (session, 5, {"by": "luck"}, "pace_by")):
        with pytest.raises(CaopanError) as refused:
            toy.pace(asked, minute=minute, **more)  # type: ignore[arg-type]
        assert refused.value.message.key == key
        assert refused.value.message.advise("zh")
        assert refused.value.message.advise("en")


def test_a_session_without_minutes_is_said_to_have_none(
        workspace: Workspace, sessions: Path) -> None:
    workspace.import_files([sessions])

    with pytest.raises(CaopanError) as refused:
        workspace.pace("s1", minute=10)

    assert refused.value.message.key == "no_minutes"


def test_the_first_session_of_a_host_cannot_be_told(workspace: Workspace, sessions: Path,
                                                    tmp_path: Path) -> None:
    minutes = tmp_path / "session_minutes.csv"
    minutes.write_text("session_id,minute,units,gmv\ns1,0,1,50.00\ns1,1,2,100.00\n",
                       encoding="utf-8")
    workspace.import_files([sessions, minutes])

    told = workspace.pace("s1", minute=2)

    document = told.document("en")
    assert document["status"] == "cannot_tell"
    assert document["low"] is None
    assert document["so_far"] == "150.00"
    assert "no forecast to move" in told.lines("en")[0]


def test_with_one_session_before_and_no_past_minutes_the_forecast_stands(
        workspace: Workspace, sessions: Path, tmp_path: Path) -> None:
    minutes = tmp_path / "session_minutes.csv"
    minutes.write_text("session_id,minute,units,gmv\ns2,0,1,50.00\ns2,1,2,100.00\n",
                       encoding="utf-8")
    workspace.import_files([sessions, minutes])

    document = workspace.pace("s2", minute=2).document("en")

    assert document["method"] == "forecast"
    assert document["forecast"] == "500.00"
    assert document["mid"] == "500.00"
    assert "no planned length" in str(document["warning"])


def test_it_begins_from_the_sessions_own_forecast(toy: Workspace) -> None:
    session, _ = _session(toy)

    told = toy.pace(session, minute=5).document("en")

    assert told["forecast_by"] == "rate_hours"
    assert float(str(told["forecast"])) > 0
    assert "the rate of the last five times the hours" in toy.pace(session, minute=5).lines("en")[2]
