"""What identifies a person is stored nowhere."""

from __future__ import annotations

import pytest

from caopan.ingest.personal import betrays, personal


@pytest.mark.parametrize("header", ["收货地址 ", "手机号码", "收件人", "身份证号", "E-MAIL",
                                    "x_phone", "Recipient", "微信号"])
def test_such_headers_are_about_persons(header: str) -> None:
    assert personal(header)


@pytest.mark.parametrize("header", ["成交金额", "收货省份", "商品名称", "Views", "买家昵称"])
def test_such_headers_are_not(header: str) -> None:
    assert not personal(header)


@pytest.mark.parametrize(("table", "to", "kept"), [
    ("orders", "x_anything", True), ("orders", "order_id", True), ("merchants", "city", True),
    ("merchants", "trust_rights", True), ("orders", "buyer_id", False),
    ("orders", "province", False), ("orders", "quantity", False), ("orders", None, False),
])
def test_a_phone_is_betrayed_where_text_is_kept(table: str, to: str | None, *, kept: bool) -> None:
    assert betrays("手机", table=table, to=to) is kept


def test_a_name_is_a_secret_in_orders_and_in_extras_only() -> None:
    assert betrays("姓名", table="orders", to="session_id")
    assert betrays("姓名", table="streamers", to="x_name")
    assert not betrays("姓名", table="streamers", to="name")
    assert betrays("收件人姓名", table="streamers", to="name")
