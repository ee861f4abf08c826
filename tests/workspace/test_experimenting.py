from __future__ import annotations

from pathlib import Path

import pytest

from caopan import Workspace
from caopan.units.message import CaopanError

HEAD = "session_id,streamer_id,started_at,ended_at,gmv,ad_spend,currency\n"


@pytest.fixture
def spending(workspace: Workspace, tmp_path: Path) -> Workspace:
    """Return a host with twenty sessions of about a thousand yuan, eighty of them spent."""
    file = tmp_path / "sessions.csv"
    file.write_text(HEAD + "".join(
        f"s{day},林晚,2026-03-{day:02d}T19:30:00+08:00,2026-03-{day:02d}T21:30:00+08:00,"
        f"{900 + 37 * day % 300}.00,80.00,CNY\n" for day in range(1, 21)), encoding="utf-8")
    workspace.import_files([file])
    return workspace


def test_a_design_says_sessions_power_cost_and_the_draw(spending: Workspace) -> None:
    made = spending.experiment(streamer="林晚", sessions=30)

    document = made.document("en")
    assert document["sessions"] == 30
    assert 0.0 < float(str(document["power"])) <= 1.0
    assert document["spend"] == "80.00"
    assert isinstance(document["cost"], dict)
    assert sorted(made.drawn) == ["x0"] * 10 + ["x1"] * 10 + ["x2"] * 10
    assert made.drawn == spending.experiment(streamer="林晚", sessions=30).drawn
    assert made.drawn != spending.experiment(streamer="林晚", sessions=30, seed=2).drawn
    assert "caopan experiment --log" in made.lines("zh")[2]


def test_what_is_logged_counts_as_drawn_and_can_be_taken_back(spending: Workspace) -> None:
    spending.log_experiment({"s1": "x1", "s2": "x1"})
    before = spending.response(streamer="林晚").found

    log = spending.log_experiment({"s2": "off"})

    assert before.drawn == 2
    assert log == {"s1": "x1", "s2": "off"}
    assert spending.response(streamer="林晚").found.drawn == 1
    assert spending.response(streamer="林晚").document("en")["key"] == "few_drawn"


@pytest.mark.parametrize(("asked", "key"), [
    ({"streamer": "nobody"}, "unknown_subject"), ({"streamer": "林晚", "sessions": 0}, "no_ladder"),
    ({"streamer": "林晚", "detect": 0.0}, "no_ladder")])
def test_a_design_that_cannot_be_is_refused(
        spending: Workspace, asked: dict[str, object], key: str) -> None:
    with pytest.raises(CaopanError) as refused:
        spending.experiment(**asked)  # type: ignore[arg-type]

    assert refused.value.message.key == key
    assert refused.value.message.advise("zh")


def test_a_host_that_never_spent_has_no_scale(workspace: Workspace, sessions: Path) -> None:
    workspace.import_files([sessions])

    with pytest.raises(CaopanError) as refused:
        workspace.experiment(streamer="林晚")

    assert refused.value.message.key == "no_scale"


@pytest.mark.parametrize("drawn", [{}, {"s1": "x3"}, {"": "x1"}])
def test_an_entry_that_says_no_rung_is_refused(
        workspace: Workspace, drawn: dict[str, str]) -> None:
    with pytest.raises(CaopanError) as refused:
        workspace.log_experiment(drawn)

    assert refused.value.message.key == "no_rung"
