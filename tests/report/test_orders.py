"""What the orders say where there is no session: known figures, and what lacks a column."""

from __future__ import annotations

from datetime import date, timedelta

from caopan.report.orders import DAYS, OrderFigure, OrderGroup, OrdersSaid, orders_view
from caopan.report.page import Definition
from caopan.report.words import Words
from caopan.units.message import Text
from caopan.units.unit import Unit

SALES = Definition(id="gmv_orders", name=Text(zh="订单成交金额", en="GMV of orders"),
                   formula=Text(zh="已付订单金额", en="paid amount"), unit=Unit.MONEY)
AGAIN = Definition(id="repurchase_30", name=Text(zh="30 日复购率", en="R30"),
                   formula=Text(zh="复购", en="bought again"), unit=Unit.RATIO)
FIRST = date(2026, 3, 1)


def _said(days: int = 2) -> OrdersSaid:
    return OrdersSaid(
        currency="CNY",
        figures=(OrderFigure(definition=SALES, value=1_234_500.0, n=7),
                 OrderFigure(definition=AGAIN, value=None, n=0)),
        days=tuple(OrderGroup(of=FIRST + timedelta(days=place), gmv=10_000.0 + place, orders=3,
                              refunded=0.25) for place in range(days)),
        provinces=(OrderGroup(of="浙江", gmv=20_000.0, orders=4, refunded=None),
                   OrderGroup(of=None, gmv=5_000.0, orders=1, refunded=0.0)))


def test_a_known_figure_stands_beside_its_formula_and_a_lacking_one_is_named() -> None:
    view = orders_view(_said(), words=Words(language="zh"))

    assert view.figures == (("订单成交金额", "¥1.2万", "7", "已付订单金额"),)
    assert view.lacking == "30 日复购率"


def test_a_refund_rate_nobody_knows_is_a_dash_and_an_unnamed_province_is_left_out() -> None:
    view = orders_view(_said(), words=Words(language="en"))

    assert view.provinces == (("浙江", "¥200", "4", "—"),)
    assert view.days[0] == ("1 Mar", "¥100", "3", "25.0%")


def test_only_the_last_days_are_printed_and_the_rest_is_counted() -> None:
    view = orders_view(_said(DAYS + 4), words=Words(language="en"))

    assert (len(view.days), view.days_more) == (DAYS, 4)
    assert view.days[-1][0] == "4 Apr"
