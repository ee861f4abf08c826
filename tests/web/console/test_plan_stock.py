"""The page of stock and budget."""

from __future__ import annotations

import csv
import io

from caopan.units import number
from caopan.web.console.plan_stock import ranked
from caopan.web.house import House
from tests.web.conftest import owner


def test_without_a_plan_there_is_one_way_on(empty_house: House) -> None:
    page = owner(empty_house).get("/plan/stock")

    assert page.status_code == 200
    assert 'href="/import"' in page.text


def test_orders_stand_with_demand_and_the_largest_money_first(toy_house: House) -> None:
    found = toy_house.workspace.stock().found
    page = owner(toy_house, language="en").get("/plan/stock").text

    first = ranked(found.items)[0]
    assert first.order is not None
    assert number.percent(first.order.stockout) in page
    assert number.money(found.expected, currency="CNY", language="en") in page


def test_a_limit_of_cash_is_kept(toy_house: House) -> None:
    house = owner(toy_house, language="en")
    free = toy_house.workspace.stock()
    limit = round(sum(order.cost for _, order in free.found.orders) / 200)

    kept = toy_house.workspace.stock(cash=limit * 100)
    page = house.get(f"/plan/stock?cash={limit}").text
    assert sum(order.cost for _, order in kept.found.orders) <= limit * 100
    assert number.money(kept.found.expected, currency="CNY", language="en") in page
    assert kept.found.bound is not None
    assert kept.found.expected is not None
    most = kept.found.bound + sum(order.profit for line, order in kept.found.orders if line.given)
    assert most >= kept.found.expected - 1
    assert number.money(most, currency="CNY", language="en") in page


def test_an_amount_that_is_none_is_named_and_left_out(toy_house: House) -> None:
    page = owner(toy_house, language="en").get("/plan/stock?cash=lots").text

    assert "Write an amount such as 50000 or 50k" in page
    assert 'aria-invalid="true"' in page


def test_the_export_has_every_line(toy_house: House) -> None:
    answer = owner(toy_house).get("/plan/stock.csv")

    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert len(rows) == len(toy_house.workspace.stock().found.items)
