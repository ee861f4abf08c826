"""Guesses for a file nobody knows."""

from __future__ import annotations

import pytest

from caopan.facts.schema import TABLES
from caopan.ingest.completion import SCRATCH
from caopan.ingest.guess import guesses
from caopan.ingest.header import folded
from caopan.ingest.synonyms import SYNONYMS


def guessed(
    headers: list[str], *rows: list[str], table: str | None = None,
) -> tuple[str, dict[str, str | None]]:
    found, columns = guesses(headers, list(rows), table=table)
    return found, {each.header: each.to for each in columns}


@pytest.mark.parametrize(("headers", "row", "table"), [
    (["主播", "开播时间", "成交金额", "观看人数", "新增粉丝数"],
     ["小美", "2026-03-01 19:30", "1.2万", "3456", "12"], "sessions"),
    (["Creator", "Start time", "GMV", "Views", "Items sold"],
     ["mei", "2026-03-01 19:30", "$1,200", "3456", "12"], "sessions"),
    (["订单编号", "付款时间", "实付金额", "商品ID", "退款金额"],
     ["71", "2026-03-01 19:30", "5", "p1", "0"], "orders"),
    (["计划ID", "投放开始时间", "消耗", "目标"], ["c1", "2026-03-01", "5", "gmv"], "ad_spend"),
    (["商品编号", "商品名称", "成本价", "库存"], ["p1", "苹果", "5", "100"], "products"),
    (["主播", "日期", "粉丝数"], ["小美", "2026-03-01", "1000"], "followers_daily"),
    (["Id", "Date", "Price"], ["1", "1997-01-01", "29.33"], "orders"),
    (["order_id", "customer_id", "order_purchase_timestamp"], ["a", "b", "10/2/2017 10:56"],
     "orders"),
    (["product id", "price"], ["p1", "29.33"], "products"),
])
def test_the_table_is_the_one_that_explains_most(
    headers: list[str], row: list[str], table: str,
) -> None:
    assert guessed(headers, row)[0] == table


def test_columns_are_guessed_in_both_languages() -> None:
    _, chinese = guessed(["直播间观看人数", "直播时长(分钟)", "直播开始时间", "主播昵称", "退款额"],
                         ["3456", "90", "2026/3/1 19:30", "小美", "5"])
    _, english = guessed(["Viewers", "Duration", "Start time", "Host", "Refund amount"],
                         ["3456", "90", "2026/3/1 19:30", "mei", "5"])

    assert list(chinese.values()) == list(english.values()) == [
        "viewers", "duration_seconds", "started_at", "streamer_id", "refund_amount"]


@pytest.mark.parametrize("header", ["收货地址", "手机号", "收件人姓名", "Phone number", "Email",
                                    "shipping address"])
def test_columns_about_persons_are_never_read(header: str) -> None:
    _, columns = guesses(["订单编号", "付款时间", header], [["1", "2026-03-01", "x"]])

    assert columns[2].to is None
    assert "个人信息" in columns[2].reason.say("zh")


def test_a_province_is_read_from_its_own_column_only() -> None:
    _, found = guessed(["订单编号", "付款时间", "收货省份"], ["1", "2026-03-01", "浙江"])

    assert found["收货省份"] == "province"


def test_values_that_contradict_lower_the_confidence() -> None:
    _, sure = guesses(["订单编号", "付款时间"], [["1", "2026-03-01 19:30"]])
    _, unsure = guesses(["订单编号", "付款时间"], [["1", "微信"]], table="orders")

    assert unsure[1].confidence < sure[1].confidence / 2
    assert "读不成" in unsure[1].reason.say("zh")


def test_of_two_columns_for_one_target_the_surer_stays() -> None:
    _, columns = guesses(["成交金额", "含税成交金额合计", "开播时间", "主播"],
                         [["5", "6", "2026-03-01", "a"]])

    assert [each.to for each in columns][:2] == ["gmv", None]
    assert "成交金额" in columns[1].reason.say("zh")


def test_a_plain_date_is_the_payment_where_no_column_says_so_itself() -> None:
    _, alone = guessed(["订单编号", "日期", "实付金额"], ["1", "2026-03-01", "5"])
    _, beside = guessed(["订单编号", "日期", "付款时间", "实付金额"],
                        ["1", "2026-03-01", "2026-03-02", "5"])

    assert alone["日期"] == "paid_at"
    assert (beside["日期"], beside["付款时间"]) == (None, "paid_at")


def test_underscores_in_a_header_are_spaces() -> None:
    _, found = guessed(["order_id", "customer_id", "order_item_id", "seller_id"],
                       ["1", "2", "3", "4"], table="orders")

    assert list(found.values()) == ["order_id", "buyer_id", "line", "merchant_id"]


def test_every_guess_says_why_in_both_languages() -> None:
    _, columns = guesses(["{odd}", "主播"], [["1", "a"]])

    for each in columns:
        assert each.reason.say("zh")
        assert each.reason.say("en")
        assert 0.0 <= each.confidence <= 1.0


def test_the_operator_may_name_the_table() -> None:
    assert guessed(["商品ID", "名称"], ["1", "a"], table="products")[0] == "products"


def test_the_synonyms_name_canonical_columns_only() -> None:
    known = {name for table in TABLES.values() for name in table.names}
    scratch = {name for names in SCRATCH.values() for name in names}

    assert set(SYNONYMS) <= known | scratch
    assert all(word == folded(word) for words in SYNONYMS.values() for word in words)
