from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from caopan import Workspace
from caopan.units.message import CaopanError
from caopan.workspace.budgeting import Scenario
from tests.workspace.test_stocking import HEAD, START, history, plan

SPENDING = ("session_id,streamer_id,started_at,planned_minutes,planned_ad_spend,currency\n"
            "n1,林晚,2027-03-01T20:00:00+08:00,120,300.00,CNY\n"
            "n2,林晚,2027-03-03T20:00:00+08:00,120,100.00,CNY\n")
LINE_UP = ("session_id,product_id,role,live_price,position,planned_seconds,unit_cost,"
           "stock_on_hand\n"
           "n1,草莓,hero,20.00,1,3600,8.00,0\nn1,梨,regular,9.00,2,3600,4.00,0\n"
           "n2,草莓,hero,20.00,1,3600,8.00,0\nn2,梨,welfare,3.00,2,3600,4.00,0\n")


def drawn(folder: Path, *, sessions: int = 60) -> Path:
    """Write a host whose spend was drawn: 0, 300 or 600 yuan, which bring about 3 times as much."""
    folder.mkdir()
    rng = np.random.default_rng(8)
    shows = ["session_id,streamer_id,started_at,ended_at,units,gmv,ad_spend,currency"]
    ads = ["plan_id,starts_at,session_id,streamer_id,tool,spend,experiment,currency"]
    parts = [HEAD]
    for at in range(sessions):
        start = START + timedelta(days=at)
        rung = int(rng.integers(0, 3))
        boxes = round(float((100 + 90 * rung / (1 + rung / 4)) * rng.lognormal(0, 0.12)))
        end = (start + timedelta(hours=2)).isoformat()
        shows.append(f"s{at},林晚,{start.isoformat()},{end},{boxes},{boxes * 20}.00,"
                     f"{300 * rung}.00,CNY")
        tool = "jinniu" if at % 4 == 0 else "qianchuan"
        ads.append(f"a{at},{start.isoformat()},s{at},林晚,{tool},"
                   f"{300 * rung}.00,x{rung},CNY")
        parts.append(f"s{at},草莓,hero,20.00,1,{boxes},{boxes * 20}.00,0.00,900,,CNY")
        parts.append(f"s{at},梨,regular,9.00,2,{5 + at % 3},{(5 + at % 3) * 9}.00,0.00,90,,CNY")
    for name, rows in (("sessions", shows), ("ad_spend", ads), ("session_products", parts)):
        (folder / f"{name}.csv").write_text("\n".join(rows), encoding="utf-8")
    return folder


def test_without_drawn_spend_the_plan_is_paced_and_no_return_is_claimed(
        workspace: Workspace, tmp_path: Path) -> None:
    workspace.import_files([history(tmp_path / "history")])

    result = workspace.budget(plans=[plan(tmp_path / "plan", LINE_UP, sessions=SPENDING)])

    document = result.document("en")
    assert document["status"] == "cannot_tell"
    assert document["reason"]
    assert (document["bound"], document["gain"]) == (None, None)
    assert document["spend"] == "400.00"
    waves = document["waves"]
    assert {one["session_id"] for one in waves} == {"n1", "n2"}  # type: ignore[attr-defined]
    assert sum(float(one["spend"]) for one in waves) == pytest.approx(400, abs=0.03)  # type: ignore[attr-defined]
    assert "no return is claimed" in result.lines("en")[0]


def test_gifts_get_no_spend_and_their_loss_is_budgeted(
        workspace: Workspace, tmp_path: Path) -> None:
    workspace.import_files([history(tmp_path / "history")])

    document = workspace.budget(
        plans=[plan(tmp_path / "plan", LINE_UP, sessions=SPENDING)]).document("zh")

    gifts = [one for one in document["waves"] if one["products"] == ["梨"]]  # type: ignore[attr-defined]
    assert [float(one["spend"]) for one in gifts if one["session_id"] == "n2"] == [0.0]
    assert [one["role"] for one in document["losses"]] == ["welfare"]  # type: ignore[attr-defined]


def test_with_drawn_spend_the_total_is_divided_up_to_the_bound(
        workspace: Workspace, tmp_path: Path) -> None:
    workspace.import_files([drawn(tmp_path / "history")])

    result = workspace.budget(plans=[plan(tmp_path / "plan", LINE_UP, sessions=SPENDING)])

    document = result.document("en")
    assert document["status"] == "ok"
    assert document["reason"] is None
    spends = [float(one["spend"]) for one in document["allocations"]]  # type: ignore[attr-defined]
    assert sum(spends) <= 400.0
    assert max(spends) <= 600.0  # no draw reached farther
    expected, bound = float(str(document["expected_gain"])), float(str(document["bound"]))
    assert 0.9 * bound < expected <= bound  # two sessions cannot halve a curve with a threshold
    for one in document["allocations"]:  # type: ignore[attr-defined]
        assert sum(float(part["spend"]) for part in one["tools"]) == pytest.approx(
            float(one["spend"]), abs=0.02)
    assert any("cannot be told): qianchuan" in line for line in result.lines("en"))
    gain = document["gain"]
    assert float(gain["low"]) < float(gain["mid"]) < float(gain["high"])  # type: ignore[index]


def test_plans_stand_side_by_side_with_ranges(workspace: Workspace, tmp_path: Path) -> None:
    workspace.import_files([history(tmp_path / "history")])
    usual = plan(tmp_path / "usual", LINE_UP, sessions=SPENDING)
    dearer = plan(tmp_path / "dearer", LINE_UP.replace("20.00", "24.00"),
                  sessions=SPENDING.replace("300.00", "500.00"))

    result = workspace.budget(plans=[usual, dearer])

    only, = result.document("en")["compared"]  # type: ignore[misc]
    assert (only["plan"], only["first"]) == ("dearer", "usual")  # type: ignore[index]
    assert only["spend"] == "200.00"  # type: ignore[index]
    assert 0 < float(only["stock_profit"]["low"]) < float(only["stock_profit"]["high"])  # type: ignore[index]
    assert only["spend_gain"] is None  # type: ignore[index]
    assert "plan dearer against usual" in result.lines("en")[-1]


def test_a_plan_without_amounts_has_nothing_to_divide(
        workspace: Workspace, tmp_path: Path) -> None:
    workspace.import_files([history(tmp_path / "history")])
    bare = plan(tmp_path / "plan", LINE_UP, sessions=SPENDING.replace("300.00", "").replace(
        "100.00", ""))

    assert "nothing to divide" in str(workspace.budget(plans=[bare]).document("en")["reason"])
    paced = workspace.budget(plans=[bare], total=10_000).document("en")
    assert [one["spend"] for one in paced["allocations"]] == ["50.00", "50.00"]  # type: ignore[attr-defined]


def test_more_than_three_plans_and_limits_below_zero_are_refused(
        workspace: Workspace, tmp_path: Path) -> None:
    for asked in ({"plans": [tmp_path] * 4}, {"total": -1}, {"level": 0.0}):
        with pytest.raises(CaopanError) as refused:
            workspace.budget(**asked)  # type: ignore[arg-type]
        assert refused.value.usage


def test_the_synthetic_plan_has_waves_for_what_it_spends(toy: Workspace) -> None:
    result = toy.budget()

    document = result.document("zh")
    assert document["synthetic"] is True
    assert document["waves"]
    assert result.lines("zh")[0].startswith("【合成数据】")


def test_plans_with_a_total_of_their_own_stand_side_by_side(
        workspace: Workspace, tmp_path: Path) -> None:
    workspace.import_files([drawn(tmp_path / "history")])
    file = plan(tmp_path / "plan", LINE_UP, sessions=SPENDING)

    document = workspace.compare(
        [Scenario(plan=file), Scenario(plan=file, total=60_000), Scenario(plan=file, total=0)]
    ).document("en")

    more, none = document["compared"]  # type: ignore[misc]
    assert float(more["spend"]) > 0
    assert float(none["spend"]) == -float(str(document["spend"]))
    assert none["spend_gain"]["high"] is not None
    assert float(none["spend_gain"]["mid"]) == -float(document["gain"]["mid"])  # type: ignore[index]
    assert float(none["stock_profit"]["high"]) == pytest.approx(0.0, abs=0.02)
