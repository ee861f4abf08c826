"""The page of plans side by side."""

from __future__ import annotations

from caopan.units import number
from caopan.units.clock import now
from caopan.web.house import House
from caopan.workspace.budgeting import Scenario
from tests.web.conftest import owner


def test_without_a_plan_there_is_one_way_on(empty_house: House) -> None:
    page = owner(empty_house).get("/plan/compare")

    assert page.status_code == 200
    assert 'href="/import"' in page.text


def test_two_totals_stand_side_by_side_with_the_difference_as_a_range(toy_house: House) -> None:
    house = owner(toy_house, language="en")

    page = house.get("/plan/compare?total_b=20000").text

    result = toy_house.workspace.compare([Scenario(), Scenario(total=2_000_000)])
    (_, by), = result.others
    assert by.stock_profit is not None
    assert (by.stock_profit.low, by.stock_profit.high) == (0.0, 0.0)  # the same goods either way
    assert "the same" in page
    assert "B · the imported plan · ¥20.0K" in page
    rest = result.others[0][0].budget.rest
    assert rest > 0
    assert "Better left unspent" in page
    assert number.money(rest, currency="CNY", language="en") in page
    assert "C · " not in page


def test_a_plan_that_waits_on_the_import_page_can_be_chosen(toy_house: House) -> None:
    shelf = toy_house.workspace.imports.incoming
    upload = shelf.begin(now=now()).id
    (shelf.files(upload) / "冲量方案.csv").write_bytes(b"session_id\n")

    house = owner(toy_house, language="en")
    offered = house.get("/plan/compare").text
    refused = house.get(f"/plan/compare?plan_b={upload}").text
    unknown = house.get("/plan/compare?plan_b=gone").text
    shelf.discard(upload)

    assert "冲量方案.csv" in offered
    assert 'href="/import"' in refused  # its file holds no plan
    assert 'href="/import"' in unknown


def test_an_amount_that_is_none_is_named_and_left_out(toy_house: House) -> None:
    page = owner(toy_house, language="en").get("/plan/compare?total_b=lots").text

    assert "Write an amount such as 50000 or 50k" in page
    assert "B · " not in page
