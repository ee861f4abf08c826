"""What a mapped file lacks is derived, where it can be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from caopan.ingest.mapping import Mapped, Mapping


def mapped(table: str, **columns: str) -> Mapping:
    return Mapping(name="m", table=table, columns=tuple(
        Mapped(header=header, to=to) for header, to in columns.items()))


def test_a_file_without_a_host_belongs_to_the_account(reading: Callable[..., Any]) -> None:
    mapping = mapped("sessions", 开播="started_at", 金额="gmv")

    rows, found = reading("开播,金额\n2026-03-01 19:30,5\n", layouts=(), mapping=mapping,
                          account="小美")

    assert rows["sessions"][0]["streamer_id"] == "小美"
    assert found.issues == []


def test_two_shows_of_one_start_are_told_apart_by_their_title(reading: Callable[..., Any]) -> None:
    mapping = mapped("sessions", 主播="streamer_id", 开播="started_at", 标题="title")

    rows, _ = reading("主播,开播,标题\na,2026-03-01 19:30,甲\na,2026-03-01 19:30,乙\n",
                      layouts=(), mapping=mapping)

    assert len({row["session_id"] for row in rows["sessions"]}) == 2


@pytest.mark.parametrize(("table", "columns", "row", "key"), [
    ("products", {"名称": "name", "价格": "list_price"}, "苹果,5", "product_id"),
    ("ad_spend", {"开始": "starts_at", "花费": "spend"}, "2026-03-01 19:30,5", "plan_id"),
])
def test_an_id_that_the_file_lacks_is_derived(
    reading: Callable[..., Any], table: str, columns: dict[str, str], row: str, key: str,
) -> None:
    text = ",".join(columns) + f"\n{row}\n"

    rows, _ = reading(text, layouts=(), mapping=mapped(table, **columns))

    assert rows[table][0][key].startswith(f"{key[0]}-")


def test_an_id_that_nothing_can_replace_is_missing_by_name(reading: Callable[..., Any]) -> None:
    rows, found = reading("付款,金额\n2026-03-01 19:30,5\n", layouts=(),
                          mapping=mapped("orders", 付款="paid_at", 金额="amount"))

    assert rows["orders"] == []
    assert [(issue.row, issue.column, issue.message.key) for issue in found.issues] == [
        (2, "order_id", "missing")]


def test_a_duration_without_a_start_is_left_out(reading: Callable[..., Any]) -> None:
    mapping = mapped("sessions", 场次="session_id", 主播="streamer_id", 时长="duration_seconds",
                     开播="started_at", 下播="ended_at")

    rows, _ = reading("场次,主播,时长,开播,下播\n1,a,60,2026-03-01 19:30,2026-03-01 21:30\n",
                      layouts=(), mapping=mapping)

    session = rows["sessions"][0]
    assert (session["ended_at"] - session["started_at"]).total_seconds() == 7_200
