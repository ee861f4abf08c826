from __future__ import annotations

from pathlib import Path

import pytest

from caopan import Workspace
from caopan.units.message import CaopanError
from tests.workspace.test_stocking import history

PLANNED = ("session_id,streamer_id,started_at,planned_minutes,currency\n"
           "n1,林晚,2027-03-01T20:00:00+08:00,60,CNY\n")
PRODUCTS = ("session_id,product_id,role,live_price,unit_cost,stock_on_hand,planned_seconds\n"
            "n1,草莓,hero,20.00,8.00,15,600\nn1,梨,regular,9.00,4.00,60,300\n"
            "n1,橙,welfare,1.00,3.00,5,120\n")


def plan(folder: Path, *, rules: str = "", products: str = PRODUCTS) -> Path:
    folder.mkdir()
    (folder / "planned_sessions.csv").write_text(PLANNED, encoding="utf-8")
    (folder / "planned_products.csv").write_text(products, encoding="utf-8")
    if rules:
        (folder / "rules.toml").write_text(rules, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def fruit(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("lineup")
    opened = Workspace.open(folder / "w")
    opened.import_files([history(folder / "history")])
    return opened


def test_a_plan_becomes_a_run_sheet_of_its_own_length(fruit: Workspace, tmp_path: Path) -> None:
    found = fruit.line_up(plan=plan(tmp_path / "plan")).document("en")

    items = found["items"]
    assert isinstance(items, list)
    assert [one["type"] for one in items[:2]] == ["open", "welfare"]
    assert items[-1]["type"] == "close"
    assert sum(one["seconds"] for one in items) == found["seconds"] == 3600
    assert {one["product_id"] for one in items} == {"草莓", "梨", "橙", None}
    assert 0 < float(str(found["value"])) <= float(str(found["bound"]))
    assert found["violations"] == []
    hero = next(one for one in items if one["product_id"] == "草莓")
    assert hero["stock_batches"][0]["quantity"] == 15
    assert hero["target"]["units"]["high"] <= 15
    assert hero["seconds"] >= 180


def test_minutes_that_hold_no_line_up_are_refused_by_name(
        fruit: Workspace, tmp_path: Path) -> None:
    with pytest.raises(CaopanError) as refused:
        fruit.line_up(plan=plan(tmp_path / "plan"), minutes=5)

    assert refused.value.message.key == "demands_clash"
    assert refused.value.message.values["rules"] == ["minutes"]
    assert "--minutes" in str(refused.value.message.advise("zh"))


def test_a_plans_own_rules_are_demands(fruit: Workspace, tmp_path: Path) -> None:
    rules = '[[pins]]\nproduct = "草莓"\nminute = 30\n'
    found = fruit.line_up(plan=plan(tmp_path / "plan", rules=rules))

    starts, at = {}, 0
    for one in found.sheet.items:
        starts[one.product_id] = at
        at += one.seconds
    assert starts["草莓"] == 30 * 60


def test_demands_that_clash_are_named(fruit: Workspace, tmp_path: Path) -> None:
    rules = ('[[pins]]\nproduct = "草莓"\nminute = 10\n[[pins]]\nproduct = "梨"\nminute = 40\n'
             '[[orders]]\nfirst = "梨"\nthen = "草莓"\n')
    with pytest.raises(CaopanError) as refused:
        fruit.line_up(plan=plan(tmp_path / "plan", rules=rules))

    assert refused.value.message.values["rules"] in (["order"], ["pin"], ["order", "pin"])


def test_a_loss_cap_that_nothing_can_keep_is_named(fruit: Workspace, tmp_path: Path) -> None:
    with pytest.raises(CaopanError) as refused:
        fruit.line_up(plan=plan(tmp_path / "plan", rules="loss_cap = 0\n"))

    assert refused.value.message.values["rules"] == ["loss_cap"]


def test_rules_with_faults_are_refused_by_line(fruit: Workspace, tmp_path: Path) -> None:
    rules = 'loss_cap = 10\n[apart_minutes]\nhero = "often"\n'
    with pytest.raises(CaopanError) as refused:
        fruit.line_up(plan=plan(tmp_path / "plan", rules=rules))

    assert [one.row for one in refused.value.issues] == [3]  # type: ignore[attr-defined]


def test_a_missing_cost_turns_profit_into_gmv_and_says_so(
        fruit: Workspace, tmp_path: Path) -> None:
    found = fruit.line_up(plan=plan(tmp_path / "plan", products=PRODUCTS.replace(",4.00,", ",,")))

    assert found.basis.profit is False
    assert any("GMV" in line for line in found.lines("zh"))
