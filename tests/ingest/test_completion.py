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
    rows, found = reading("件数,金额\n1,5\n", layouts=(),
                          mapping=mapped("orders", 件数="quantity", 金额="amount"))

    assert rows["orders"] == []
    assert [(issue.row, issue.column, issue.message.key) for issue in found.issues] == [
        (2, "order_id", "missing")]


PURCHASES = mapped("orders", 会员="buyer_id", 日期="paid_at", 件数="quantity", 金额="amount")


def ids(rows: dict[str, list[dict[str, Any]]]) -> list[str]:
    return [row["order_id"] for row in rows["orders"]]


def test_two_equal_purchases_of_one_day_are_two_orders(reading: Callable[..., Any]) -> None:
    text = "会员,日期,件数,金额\n1,2026-03-01,1,5\n1,2026-03-01,1,5\n2,2026-03-01,1,5\n"

    rows, found = reading(text, layouts=(), mapping=PURCHASES)
    again, _ = reading(text, layouts=(), mapping=PURCHASES, name="renamed.csv")

    first, second, other = ids(rows)
    assert second == f"{first}-2"
    assert other.startswith("o-")
    assert other != first
    assert ids(again) == ids(rows)
    assert found.issues == []


def test_orders_keep_their_ids_whatever_the_order_of_the_rows(
        reading: Callable[..., Any]) -> None:
    head, lines = "会员,日期,件数,金额\n", ["1,2026-03-01,1,5\n", "1,2026-03-01,1,9\n",
                                       "1,2026-03-02,1,5\n"]

    rows, _ = reading(head + "".join(lines), layouts=(), mapping=PURCHASES)
    turned, _ = reading(head + "".join(reversed(lines)), layouts=(), mapping=PURCHASES)

    assert ({row["order_id"]: row["amount"] for row in rows["orders"]}
            == {row["order_id"]: row["amount"] for row in turned["orders"]})
    assert [each.endswith("-2") for each in ids(rows)] == [True, False, False]


def test_equal_purchases_far_apart_in_a_long_file_are_told_apart(
        reading: Callable[..., Any]) -> None:
    note = "x" * 4_000
    lines = "".join(f"{at % 2_500},2026-03-01,1,5,{note}\n" for at in range(5_000))
    mapping = mapped("orders", 会员="buyer_id", 日期="paid_at", 件数="quantity", 金额="amount",
                     备注="x_note")

    rows, found = reading("会员,日期,件数,金额,备注\n" + lines, layouts=(), mapping=mapping)

    assert len(ids(rows)) == len(set(ids(rows))) == 5_000
    assert sum(each.endswith("-2") for each in ids(rows)) == 2_500
    assert found.issues == []


def test_the_shop_that_the_operator_names_owns_the_orders(reading: Callable[..., Any]) -> None:
    text = "会员,日期,件数,金额\n1,2026-03-01,1,5\n"

    mine, _ = reading(text, layouts=(), mapping=PURCHASES, account="甲店")
    other, _ = reading(text, layouts=(), mapping=PURCHASES, account="乙店")

    assert [row["merchant_id"] for row in mine["orders"]] == ["甲店"]
    assert ids(mine) != ids(other)


def test_a_row_that_says_nothing_to_derive_an_id_from_is_named(
        reading: Callable[..., Any]) -> None:
    rows, found = reading("会员,日期,件数,金额\n,,1,5\n1,,1,5\n", layouts=(), mapping=PURCHASES)

    assert len(ids(rows)) == 1
    assert [(issue.row, issue.message.key) for issue in found.issues] == [(2, "missing")]


def test_a_duration_without_a_start_is_left_out(reading: Callable[..., Any]) -> None:
    mapping = mapped("sessions", 场次="session_id", 主播="streamer_id", 时长="duration_seconds",
                     开播="started_at", 下播="ended_at")

    rows, _ = reading("场次,主播,时长,开播,下播\n1,a,60,2026-03-01 19:30,2026-03-01 21:30\n",
                      layouts=(), mapping=mapping)

    session = rows["sessions"][0]
    assert (session["ended_at"] - session["started_at"]).total_seconds() == 7_200
