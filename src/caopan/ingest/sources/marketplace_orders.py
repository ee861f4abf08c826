"""Marketplace orders: the order report of a Tmall shop (天猫订单报表), 7 columns.

Some header cells end in a space. 买家实际支付金额 is what the buyer has paid *after* refunds: an
order paid and refunded in full shows 0 there. ``amount`` is what was paid, refunds included
(成交金额), so it is 买家实际支付金额 + 退款金额. An order without 订单付款时间 was never paid: its
``paid_at`` is null and its amount 0. What the basket was worth stays as ``x_order_total``. The
report does not say when a refund was made: ``refunded_at`` stays null. It is the report of one
shop, named by ``--account``.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from caopan.facts.schema import Kind
from caopan.ingest.chunk import Chunk
from caopan.ingest.context import Context
from caopan.ingest.layout import Field, Layout
from caopan.ingest.twins import unique
from caopan.units.message import Text


def _shape(rows: pa.Table, context: Context) -> Iterable[Chunk]:
    """Yield the orders of the one shop whose report this is."""
    rows = unique(rows, problems=context.problems)
    refunded = pc.fill_null(rows["refund_amount"], 0)
    shop = pa.array([context.account()] * rows.num_rows, pa.string())
    orders = rows.drop_columns("kept").append_column(
        "amount", pc.add(rows["kept"], refunded)).append_column("merchant_id", shop)
    yield Chunk(table="orders", rows=orders)
    yield Chunk(table="merchants", rows=pa.table({"merchant_id": shop.unique()}), derived=True)


LAYOUTS = (
    Layout(
        name="marketplace.tmall_orders",
        platform="tmall",
        title=Text(zh="天猫订单报表", en="Tmall order report"),
        table="orders",
        header_row=1,
        currency="CNY",
        timezone="Asia/Shanghai",
        shape=_shape,
        notes=(Text(zh="成交金额 = 买家实际支付金额 + 退款金额",
                    en="amount = paid by the buyer after refunds + refunded"),),
        fields=(
            Field(header="订单编号", to="order_id", read="id"),
            Field(header="总金额", to="x_order_total"),
            Field(header="买家实际支付金额", to="kept", kind=Kind.MONEY),
            Field(header="收货地址", to="province", read="province"),
            Field(header="订单创建时间", to="created_at"),
            Field(header="订单付款时间", to="paid_at"),
            Field(header="退款金额", to="refund_amount"),
        ),
    ),
)
