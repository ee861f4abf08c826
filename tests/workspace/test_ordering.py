from __future__ import annotations

import json
from pathlib import Path

from caopan import Workspace
from caopan.workspace.ordering import orders_said

ORDERS = """order_id,paid_at,created_at,amount,refund_amount,refunded_at,buyer_id,province,currency
1,2026-03-01T12:00:00+08:00,2026-03-01T11:00:00+08:00,100.00,,,b1,浙江,CNY
2,2026-03-02T12:00:00+08:00,2026-03-02T11:00:00+08:00,50.00,50.00,2026-03-03T11:00:00+08:00,b1,上海,CNY
3,,2026-03-02T11:00:00+08:00,70.00,,,b2,上海,CNY
"""


def test_orders_alone_make_a_page_that_says_what_they_carry(
        workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(ORDERS, encoding="utf-8")

    result = workspace.run([file], language="zh")

    [said] = orders_said(workspace.store)
    figures = {figure.definition.id: figure.value for figure in said.figures}
    assert (figures["gmv_orders"], figures["orders_paid"]) == (15_000, 2)
    assert figures["create_pay_rate"] == 2 / 3
    assert [(str(group.of), group.gmv) for group in said.days] == [
        ("2026-03-01", 10_000), ("2026-03-02", 5_000)]
    assert [(group.of, group.gmv) for group in said.provinces] == [
        ("浙江", 10_000), ("上海", 5_000)]
    page = Path(result.report or "").read_text("utf-8")
    assert "只有订单：订单说了什么，没有诊断" in page
    assert "按省份" in page
    assert "导入至少一个直播间的场次明细" in page
    assert "数据范围：—" not in page
    [told] = json.loads(Path(result.document_path or "").read_text("utf-8"))["orders"]
    assert [(row["province"], row["gmv"]) for row in told["provinces"]] == [
        ("浙江", "100.00"), ("上海", "50.00")]


def test_counts_without_a_currency_are_not_said_of_one_currency_among_two(
        workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(ORDERS.replace(",浙江,CNY", ",浙江,USD"), encoding="utf-8")
    workspace.import_files([file])

    said = orders_said(workspace.store)

    assert {one.currency for one in said} == {"CNY", "USD"}
    assert all("create_pay_rate" not in {figure.definition.id for figure in one.figures}
               for one in said)
    assert {one.currency: one.figures[0].value for one in said} == {"CNY": 5_000, "USD": 10_000}
