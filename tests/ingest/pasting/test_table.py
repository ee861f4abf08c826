"""Tables as people paste them, in two languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from caopan.ingest.feeds.reading import Gauge, Sold
from caopan.ingest.pasting.table import BadPasteError, Kind, Pasted, read
from caopan.units.clock import BUSINESS_ZONE

BEGINS = datetime(2026, 11, 28, 12, tzinfo=UTC)


def pasted(text: str) -> Pasted:
    return read(text, begins=BEGINS, zone=BUSINESS_ZONE)


def test_minutes_of_a_platforms_page_are_read_with_chinese_headings_and_units() -> None:
    found = pasted("时间\t在线人数\t进房人数\t成交订单数\t成交金额（元）\t投放消耗\t备注\n"
                   "20:05\t1.2万\t3,400\t12\t￥7,188.00\t0.05万\t好\n"
                   "20:06\t--\t\t\t\t\t\n")

    first = found.readings[0][1]
    assert (found.kind, found.rows, found.faults) == (Kind.MINUTES, 2, [])
    assert first.at == datetime(2026, 11, 28, 12, 5, 30, tzinfo=UTC)
    assert first.gauges == (Gauge(kind="online", value=12_000),)
    assert first.sold == (Sold(orders=12, minor=718_800),)
    assert (first.totals[("enter", "room")], first.spent) == (3_400, {"room": 50_000})
    assert dict(found.columns)["备注"] is None


def test_orders_of_a_spreadsheet_are_read_with_english_headings_and_commas() -> None:
    found = pasted('Order ID,Paid at,Item ID,Qty,Amount,Buyer\n'
                   'o1,2026-11-28 20:05:09,p1,2,"1,119.80",小李\n')

    order = found.orders[0][1]
    assert (order.order_id, order.product_id, order.quantity) == ("o1", "p1", 2)
    assert (order.amount, order.buyer_id, order.source) == ("1119.80", "小李", "observed")


def test_an_order_pasted_again_has_the_same_id_whatever_else_its_row_says() -> None:
    head = "订单号\t支付时间\t金额\t备注\n"

    first, again = (pasted(head + row).orders[0][1].id for row in (
        "o1\t20:05\t59.9\t", "o1\t2026-11-28 20:05\t59.90\t改"))

    assert first == again


@pytest.mark.parametrize(("row", "heading"), [
    ("25:00\t1\t1\t1", "时间"), ("20:05\tx\t1\t1", "在线"), ("20:05\t-3\t1\t1", "在线"),
    ("20:05\t1.5\t1\t1", "在线"), ("20:05\t1\t1\t", "订单数"), ("20:05\t1\t\t9", "成交额")])
def test_a_row_with_a_fault_is_named_and_left_out_alone(row: str, heading: str) -> None:
    found = pasted(f"时间\t在线\t订单数\t成交额\n{row}\n20:06\t5\t1\t10\n")

    assert [(one.row, one.heading) for one in found.faults] == [(2, heading)]
    assert [number for number, _ in found.readings] == [3]
    assert found.faults[0].message.say("en").startswith("row 2")


@pytest.mark.parametrize("text", [
    "", "时间\t在线", "天气\t心情\n1\t2", "在线\t订单\n1\t2", "订单号\t时间\no1\t20:05",
    "时间\t在线\n" + "20:05\t1\n" * 5_001])
def test_what_is_no_table_that_is_known_is_refused(text: str) -> None:
    with pytest.raises(BadPasteError):
        pasted(text)
