from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from caopan import Workspace
from caopan.units.message import CaopanError
from caopan.workspace.stocking import StockResult

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
SHOWS = 24
PLANNED = ("session_id,streamer_id,started_at,planned_minutes,currency\n"
           "n1,林晚,2027-03-01T20:00:00+08:00,120,CNY\n")
SECOND = "n2,林晚,2027-03-03T20:00:00+08:00,120,CNY\n"
HEAD = ("session_id,product_id,role,live_price,position,units,gmv,refund_amount,stock_planned,"
        "sold_out_at,currency")


def history(folder: Path) -> Path:
    """Write a host's sessions of two hours: strawberries sell about 20, and run out; pears 5."""
    folder.mkdir()
    shows = ["session_id,streamer_id,started_at,ended_at,units,currency"]
    parts = [HEAD]
    for at in range(SHOWS):
        start = START + timedelta(days=at)
        end = start + timedelta(hours=2)
        shows.append(f"s{at},林晚,{start.isoformat()},{end.isoformat()},20,CNY")
        gone = (start + timedelta(hours=1)).isoformat() if at % 2 else ""
        sold = 10 if at % 2 else 18 + at % 5
        parts.append(f"s{at},草莓,hero,20.00,1,{sold},{sold * 20}.00,0.00,{10 if at % 2 else 40},"
                     f"{gone},CNY")
        parts.append(f"s{at},梨,regular,9.00,2,{3 + at % 5},{(3 + at % 5) * 9}.00,0.00,40,,CNY")
    (folder / "sessions.csv").write_text("\n".join(shows), encoding="utf-8")
    (folder / "session_products.csv").write_text("\n".join(parts), encoding="utf-8")
    return folder


def plan(folder: Path, products: str, sessions: str = PLANNED) -> Path:
    folder.mkdir()
    (folder / "planned_sessions.csv").write_text(sessions, encoding="utf-8")
    (folder / "planned_products.csv").write_text(products, encoding="utf-8")
    return folder


LINE_UP = ("session_id,product_id,role,live_price,unit_cost,stock_on_hand\n"
           "n1,草莓,hero,20.00,8.00,0\nn1,梨,regular,9.00,,0\n")


@pytest.fixture
def fruit(workspace: Workspace, tmp_path: Path) -> Workspace:
    workspace.import_files([history(tmp_path / "history")])
    return workspace


def items(result: StockResult) -> list[dict[str, object]]:
    return list(result.document("en")["items"])  # type: ignore[call-overload]


def test_demand_is_what_was_asked_for_not_what_the_stock_allowed(
        fruit: Workspace, tmp_path: Path) -> None:
    berry, pear = items(fruit.stock(plan=plan(tmp_path / "plan", LINE_UP)))

    assert berry["demand"]["mid"] == pytest.approx(20, abs=3)  # type: ignore[index]
    assert berry["sold_out"] == SHOWS // 2
    assert berry["quantity"] > 18  # type: ignore[operator]
    assert berry["cost"] == f"{8 * berry['quantity']:.2f}"  # type: ignore[operator]
    assert berry["status"] == "ok"
    assert pear["demand"]["mid"] == pytest.approx(5, abs=2)  # type: ignore[index]


def test_a_missing_cost_is_named_by_its_row_and_the_others_go_on(
        fruit: Workspace, tmp_path: Path) -> None:
    result = fruit.stock(plan=plan(tmp_path / "plan", LINE_UP))

    document = result.document("en")
    issue = next(one for one in document["issues"]  # type: ignore[attr-defined]
                 if one["key"] == "no_cost")
    assert (issue["row"], issue["column"]) == (3, "unit_cost")
    assert "梨" in issue["message"]
    assert [one["status"] for one in items(result)] == ["ok", "cannot_tell"]
    assert items(result)[1]["quantity"] is None
    assert document["status"] == "ok"


def test_a_session_without_a_line_up_takes_the_products_of_its_merchant(
        fruit: Workspace, tmp_path: Path) -> None:
    products = tmp_path / "products.csv"
    products.write_text("product_id,merchant_id,unit_cost,list_price,salvage_value,currency\n"
                        "草莓,果园,8.00,20.00,1.00,CNY\n樱桃,果园,15.00,39.00,,CNY\n",
                        encoding="utf-8")
    fruit.import_files([products])
    file = tmp_path / "planned_sessions.csv"
    file.write_text("session_id,streamer_id,merchant_id,started_at,planned_minutes,currency\n"
                    "n1,林晚,果园,2027-03-01T20:00:00+08:00,120,CNY\n", encoding="utf-8")

    found = {one["product_id"]: one for one in items(fruit.stock(plan=file))}

    assert set(found) == {"草莓", "樱桃"}
    assert found["樱桃"]["status"] == "cold_start"
    assert {"list_price", "salvage_unknown", "assumed"} <= {
        note["key"] for note in found["樱桃"]["notes"]}  # type: ignore[attr-defined]


def test_a_show_without_products_has_no_stock(fruit: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "planned_sessions.csv"
    file.write_text("session_id,streamer_id,started_at,planned_minutes,planned_products,currency\n"
                    "n1,林晚,2027-03-01T20:00:00+08:00,120,0,CNY\n"
                    "n2,林晚,2027-03-02T20:00:00+08:00,120,,CNY\n", encoding="utf-8")

    assert {one["session_id"] for one in items(fruit.stock(plan=file))} == {"n2"}


def test_what_the_orders_add_stands_apart_from_what_is_held(
        fruit: Workspace, tmp_path: Path) -> None:
    full = LINE_UP.replace("20.00,8.00,0", "20.00,8.00,99").replace("9.00,,0", "9.00,4.00,99")

    total = fruit.stock(plan=plan(tmp_path / "plan", full)).document("en")["total"]

    assert total["quantity"] == 0  # type: ignore[index]
    assert float(total["without_orders"]) > 200  # type: ignore[index]
    assert float(total["orders_add"]) == 0  # type: ignore[index]
    empty = fruit.stock(plan=plan(tmp_path / "other", LINE_UP)).document("en")["total"]
    assert float(empty["without_orders"]) == 0  # type: ignore[index]
    assert empty["orders_add"] == empty["expected_profit"]  # type: ignore[index]


def test_the_same_stock_in_two_sessions_is_counted_once(
        fruit: Workspace, tmp_path: Path) -> None:
    listed = ("session_id,product_id,role,live_price,unit_cost,stock_on_hand\n"
              "n1,草莓,hero,20.00,8.00,25\nn2,草莓,hero,20.00,8.00,25\n")

    folder = plan(tmp_path / "plan", listed, sessions=PLANNED + SECOND)
    first, second = items(fruit.stock(plan=folder))

    assert first["stock_on_hand"] == 25
    assert second["stock_on_hand"] < 12  # type: ignore[operator]
    assert "stock_repeated" in {note["key"] for note in second["notes"]}  # type: ignore[attr-defined]


def test_orders_keep_within_the_cash(fruit: Workspace, tmp_path: Path) -> None:
    listed = LINE_UP.replace("9.00,,0", "9.00,4.00,0")
    folder = plan(tmp_path / "plan", listed)
    free = fruit.stock(plan=folder).document("en")

    tight = fruit.stock(plan=folder, cash=10_000).document("en")

    assert float(free["total"]["cost"]) > 100  # type: ignore[index]
    assert float(tight["total"]["cost"]) <= 100  # type: ignore[index]
    assert tight["price_of_cash"] > 0  # type: ignore[operator]
    assert float(str(tight["bound"])) >= float(
        tight["total"]["expected_profit"]) - 0.01  # type: ignore[index]


def test_the_same_plan_gives_the_same_words(fruit: Workspace, tmp_path: Path) -> None:
    folder = plan(tmp_path / "plan", LINE_UP)

    assert fruit.stock(plan=folder).lines("zh") == fruit.stock(plan=folder).lines("zh")


def test_without_sales_by_product_nothing_is_claimed(
        workspace: Workspace, sessions: Path, tmp_path: Path) -> None:
    workspace.import_files([sessions])

    document = workspace.stock(plan=plan(tmp_path / "plan", LINE_UP)).document("en")

    assert document["status"] == "cannot_tell"
    assert "session_products" in str(document["reason"])
    assert document["total"] is None


@pytest.mark.parametrize("asked", [{"cash": -1}, {"loss_cap": -5}, {"level": 1.0}])
def test_what_cannot_be_asked_is_refused_in_words(
        fruit: Workspace, tmp_path: Path, asked: dict[str, object]) -> None:
    with pytest.raises(CaopanError) as refused:
        fruit.stock(plan=plan(tmp_path / "plan", LINE_UP), **asked)  # type: ignore[arg-type]

    assert refused.value.usage
    assert refused.value.message.advise("en")


def test_the_synthetic_world_has_orders_for_every_planned_product(toy: Workspace) -> None:
    result = toy.stock()

    document = result.document("zh")
    assert document["status"] == "ok"
    assert document["synthetic"] is True
    assert all(one["quantity"] is not None for one in items(result))
    assert result.lines("zh")[0].startswith("【合成数据】")


def test_each_line_says_what_told_it_and_the_plan_whether_it_follows_the_forecast(
        fruit: Workspace, tmp_path: Path) -> None:
    listed = f"{LINE_UP}n1,新品,hero,20.00,8.00,0\n"

    result = fruit.stock(plan=plan(tmp_path / "plan", listed))

    berry, _, new = items(result)
    assert (berry["told_by"], berry["n"]) == ("rates", SHOWS)
    assert "24 shows" in str(berry["basis"])
    assert berry["trial"] is None
    assert new["told_by"] == "kin"
    scale = result.document("en")["scale"]
    assert scale["outcome"] is None  # type: ignore[index]
    assert scale["reason"] in result.lines("en")  # type: ignore[index]
    assert all(str(berry["basis"]) not in line for line in result.lines("zh"))


def test_the_bound_of_all_lines_stands_beside_the_profit_of_all(
        fruit: Workspace, tmp_path: Path) -> None:
    listed = ("session_id,product_id,role,live_price,unit_cost,stock_on_hand\n"
              "n1,草莓,hero,20.00,8.00,0\nn1,梨,welfare,3.00,4.00,0\n")

    document = fruit.stock(plan=plan(tmp_path / "plan", listed), cash=8_000).document("en")

    total = document["total"]
    given, bound, expected = (float(total[name]) for name in (  # type: ignore[index]
        "given_away", "bound", "expected_profit"))
    assert given < 0
    assert bound == pytest.approx(float(str(document["bound"])) + given, abs=0.011)
    assert expected <= bound + 0.01
    assert expected > 0.9 * bound
