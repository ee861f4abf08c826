from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from caopan import Workspace
from caopan.workspace.grain import Grain
from caopan.workspace.maturing import Curve, Refusal, compared

SESSION = ("session_id,streamer_id,merchant_id,started_at,gmv,currency\n"
           "s1,h1,m1,2026-03-01T20:00:00+08:00,100,CNY\n"
           "s2,h2,m2,2026-03-01T20:00:00+08:00,100,CNY\n")


def curve(month: int, ripe: int) -> Curve:
    return Curve(month=date(2026, month, 1), lines=100, shares=tuple(
        0.01 * day if day <= ripe else None for day in range(31)))


def test_months_are_compared_only_at_an_age_both_have_reached() -> None:
    found = compared((curve(1, 30), curve(2, 30), curve(3, 9)))

    assert found.at == 30
    assert found.older is not None
    assert found.newer is not None
    assert (found.older.month.month, found.newer.month.month) == (1, 2)


def test_a_month_alone_is_compared_with_nothing() -> None:
    found = compared((curve(1, 30), curve(2, 0)))

    assert (found.at, found.older, found.newer) == (None, None, None)


def written(folder: Path, orders: str) -> list[Path]:
    sessions, lines = folder / "sessions.csv", folder / "orders.csv"
    sessions.write_text(SESSION, encoding="utf-8")
    lines.write_text(orders, encoding="utf-8")
    return [sessions, lines]


def paid(name: str, day: int, merchant: str, refund: str = ",") -> str:
    return (f"{name},,2026-03-{day:02}T12:00:00+08:00,{merchant},{name}b,100.00,{refund},CNY\n")


HEAD = ("order_id,line,paid_at,merchant_id,buyer_id,amount,refunded_at,refund_amount,currency\n")


def test_the_share_by_day_is_worked_out_by_hand(workspace: Workspace, tmp_path: Path) -> None:
    lines = [paid(f"o{n}", 1, "m1", "2026-03-03T12:00:00+08:00,100.00" if n < 5 else ",")
             for n in range(50)]
    workspace.import_files(written(tmp_path, HEAD + "".join(lines) + paid("x", 20, "m2")))

    found = workspace.rooms.maturity(workspace.rooms.room(Grain.MERCHANT, "m1"))

    assert found.refusal is None
    assert found.curves[0].lines == 50
    assert found.curves[0].shares[1] == 0
    assert found.curves[0].shares[2] == pytest.approx(0.1)
    assert found.curves[0].ripe == 18


def test_a_shop_without_a_refund_in_a_ledger_with_refunds_has_none(
        workspace: Workspace, tmp_path: Path) -> None:
    lines = [paid(f"o{n}", 1, "m1") for n in range(30)]
    other = paid("x", 2, "m2", "2026-03-20T12:00:00+08:00,100.00")
    workspace.import_files(written(tmp_path, HEAD + "".join(lines) + other))

    found = workspace.rooms.maturity(workspace.rooms.room(Grain.MERCHANT, "m1"))

    assert found.curves[0].shares[7] == 0


def test_a_ledger_without_refunds_cannot_tell(workspace: Workspace, tmp_path: Path) -> None:
    head = "order_id,line,paid_at,merchant_id,buyer_id,amount,currency\n"
    lines = "".join(f"o{n},,2026-03-01T12:00:00+08:00,m1,b,100.00,CNY\n" for n in range(30))
    workspace.import_files(written(tmp_path, head + lines))

    found = workspace.rooms.maturity(workspace.rooms.room(Grain.MERCHANT, "m1"))

    assert found.refusal is Refusal.NO_REFUNDS


def test_refunds_without_a_date_cannot_tell(workspace: Workspace, tmp_path: Path) -> None:
    lines = [paid(f"o{n}", 1, "m1", ",100.00" if n == 0 else ",") for n in range(30)]
    workspace.import_files(written(tmp_path, HEAD + "".join(lines) + paid("x", 20, "m2")))

    found = workspace.rooms.maturity(workspace.rooms.room(Grain.MERCHANT, "m1"))

    assert found.refusal is Refusal.UNDATED


def test_few_orders_say_nothing(workspace: Workspace, tmp_path: Path) -> None:
    lines = [paid(f"o{n}", 1, "m1", "2026-03-03T12:00:00+08:00,100.00" if n == 0 else ",")
             for n in range(5)]
    workspace.import_files(written(tmp_path, HEAD + "".join(lines)))

    found = workspace.rooms.maturity(workspace.rooms.room(Grain.MERCHANT, "m1"))

    assert found.refusal is Refusal.LITTLE


def test_no_orders_are_said_to_be_none(workspace: Workspace, sessions: Path) -> None:
    workspace.import_files([sessions])

    found = workspace.rooms.maturity(workspace.rooms.room(Grain.STREAMER, "林晚"))

    assert found.refusal is Refusal.NO_ORDERS


def test_one_shop_alone_is_what_the_whole_ledger_says_of_it(toy: Workspace) -> None:
    from caopan.metrics.refund_curve import refund_curve
    from caopan.metrics.scope import Scope

    tables = toy.store.tables()
    row = toy.rooms.everyone(Grain.MERCHANT).rows.to_pylist()[0]
    whole = toy.store.fetch(refund_curve(Scope(tables=tables, by=("merchant_id", "month"))))
    mine = {(one["month"], one["day"]): one["share"] for one in whole.to_pylist()
            if one["merchant_id"] == row["id"]}

    found = toy.rooms.maturity(toy.rooms.room(Grain.MERCHANT, row["id"]))

    told = [(curve.month, day, share) for curve in found.curves
            for day, share in enumerate(curve.shares) if share is not None]
    assert len(told) > 60
    assert all(share == pytest.approx(mine[month, day]) for month, day, share in told)
