"""A mapping is made once, saved, and later files of that layout are recognised."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from caopan.ingest.mapping import (
    BadMappingError,
    Mapped,
    Mapping,
    PersonalColumnError,
    from_dict,
    from_file,
)

SHOWS = Mapping(name="甲店", table="sessions", platform="kuaishou", columns=(
    Mapped(header="主播", to="streamer_id"), Mapped(header="开播", to="started_at"),
    Mapped(header="时长(分)", to="duration_seconds", read="minutes"),
    Mapped(header="金额(万)", to="gmv", scale=10_000.0), Mapped(header="备注")))
TEXT = "主播,开播,时长(分),金额(万),备注\n小美,2026-03-01 19:30,90,1.5,好\n"


def test_a_mapping_given_by_the_operator_reads_the_file(reading: Callable[..., Any]) -> None:
    rows, found = reading(TEXT, layouts=(), mapping=SHOWS)

    session = rows["sessions"][0]
    assert session["gmv"] == 1_500_000
    assert (session["ended_at"] - session["started_at"]).total_seconds() == 5_400
    assert session["platform"] == "kuaishou"
    assert session["session_id"].startswith("s-")
    assert rows["streamers"] == [{"streamer_id": "小美", "name": "小美"}]
    assert found.layout == "mapping.甲店"


def test_a_saved_mapping_recognises_later_files_by_their_header(
    reading: Callable[..., Any],
) -> None:
    saved = {"甲店": SHOWS}

    _, known = reading("周报\n" + TEXT, layouts=(), mappings=saved)
    _, strange = reading(TEXT.replace("备注", "天气"), layouts=(), mappings=saved)

    assert known.layout == "mapping.甲店"
    assert strange.skipped.key == "unknown_columns"
    assert "天气" in strange.skipped.say("zh")


def test_an_id_derived_from_a_row_is_the_same_each_time(reading: Callable[..., Any]) -> None:
    first, _ = reading(TEXT, layouts=(), mapping=SHOWS)
    second, _ = reading(TEXT, layouts=(), mapping=SHOWS, name="renamed.csv")

    assert first["sessions"][0]["session_id"] == second["sessions"][0]["session_id"]


def test_a_mapping_survives_json() -> None:
    assert from_dict(json.loads(json.dumps(SHOWS.as_dict()))) == SHOWS


def test_a_mapping_is_read_from_toml_and_from_json(tmp_path: Path) -> None:
    toml, other = tmp_path / "乙店.toml", tmp_path / "other.txt"
    toml.write_text('table = "orders"\n[[columns]]\nheader = "订单号"\nto = "order_id"\n'
                    '[[columns]]\nheader = "付款"\nto = "paid_at"\nblank = ["未付款"]\n',
                    encoding="utf-8")
    other.write_text(json.dumps(SHOWS.as_dict()), encoding="utf-8-sig")

    assert from_file(toml).name == "乙店"
    assert from_file(toml).columns[1].blank == ("未付款",)
    assert from_file(other) == SHOWS


@pytest.mark.parametrize("body", [
    {}, {"name": "m", "table": "orders"}, {"name": "m", "table": "orders", "columns": []},
    {"name": "m", "table": "nothing", "columns": [{"header": "a", "to": "b"}]},
    {"name": "m", "table": "orders", "columns": [{"header": "a", "to": "gmv"}]},
    {"name": "m", "table": "orders", "columns": [{"header": "a", "to": "amount"},
                                                 {"header": "b", "to": "amount"}]},
    {"name": "m", "table": "orders", "columns": [{"header": "a", "to": "amount", "read": "x"}]},
    {"name": "m", "table": "orders", "columns": [{"header": "a", "too": "amount"}]},
    {"name": "m", "table": "orders", "columns": "amount"},
    {"name": "m", "table": "orders", "columns": [{"header": "a", "to": "amount"}], "colour": 1},
    {"name": "m", "table": "orders", "columns": ["amount"]},
])
def test_a_mapping_that_names_what_is_not_there_is_refused(body: dict[str, object]) -> None:
    with pytest.raises(BadMappingError) as refused:
        from_dict(body)

    assert refused.value.message.say("zh")
    assert refused.value.message.advise("en")


def test_a_file_that_is_no_mapping_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("= 3")

    for name in ("bad.toml", "missing.toml"):
        with pytest.raises(BadMappingError):
            from_file(tmp_path / name)


def test_the_signature_is_what_headers_are_compared_by() -> None:
    assert SHOWS.signature() == tuple(sorted(["主播", "开播", "时长(分)", "金额(万)", "备注"]))


def test_extra_columns_may_be_kept_under_an_x_name(reading: Callable[..., Any]) -> None:
    mapping = Mapping(name="m", table="products", columns=(
        Mapped(header="货号", to="product_id"), Mapped(header="颜色", to="x_colour")))

    rows, _ = reading("货号,颜色\n007,红\n", layouts=(), mapping=mapping)

    assert rows["products"] == [{"product_id": "007", "currency": "CNY", "x_colour": "红"}]


@pytest.mark.parametrize(("header", "to"), [
    ("手机号", "x_note"), ("收货地址", "x_address"), ("收件人姓名", "x_name"),
    ("Phone number", "product_id"), ("Shipping address", "x_to"), ("邮箱", "order_id"),
])
def test_a_column_about_a_person_is_refused_wherever_it_would_be_kept_as_written(
        header: str, to: str) -> None:
    with pytest.raises(PersonalColumnError) as caught:
        Mapping(name="甲店", table="orders", columns=(
            Mapped(header="付款", to="paid_at"), Mapped(header=header, to=to)))

    assert header in caught.value.message.say("zh")
    assert to in caught.value.message.say("en")


def test_a_buyers_phone_may_tell_buyers_apart_as_a_hash_only(reading: Callable[..., Any]) -> None:
    mapping = Mapping(name="甲店", table="orders", columns=(
        Mapped(header="付款", to="paid_at"), Mapped(header="手机", to="buyer_id", read="id")))

    rows, _ = reading("付款,手机\n2026-03-01 19:30,13800001111\n", layouts=(), mapping=mapping)

    assert "13800001111" not in str(rows)
    assert rows["orders"][0]["buyer_id"].startswith("b-")


def test_of_an_address_the_province_alone_is_kept(reading: Callable[..., Any]) -> None:
    mapping = Mapping(name="甲店", table="orders", columns=(
        Mapped(header="付款", to="paid_at"), Mapped(header="收货地址", to="province")))

    rows, _ = reading("付款,收货地址\n2026-03-01 19:30,浙江省杭州市文三路9号\n"
                      "2026-03-01 19:31,文三路9号\n", layouts=(), mapping=mapping)

    assert [row["province"] for row in rows["orders"]] == ["浙江省", None]


def test_the_name_of_a_host_is_no_secret() -> None:
    mapping = Mapping(name="甲店", table="sessions", columns=(
        Mapped(header="主播姓名", to="streamer_id"), Mapped(header="开播", to="started_at")))

    assert mapping.columns[0].to == "streamer_id"
