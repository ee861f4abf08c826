"""The page that says how good the forecast would have been."""

from __future__ import annotations

from caopan.units import number
from caopan.web.house import House
from tests.web.conftest import owner


def test_without_sessions_there_is_one_way_on(empty_house: House) -> None:
    page = owner(empty_house).get("/plan/backtest")

    assert page.status_code == 200
    assert 'href="/import"' in page.text


def test_too_few_sessions_are_told_and_nothing_is_claimed(toy_house: House) -> None:
    found = toy_house.workspace.backtest(outcome="viewers").found
    page = owner(toy_house, language="en").get("/plan/backtest?outcome=viewers").text

    assert (found.own is None) == ("cannot tell yet" in page)
    assert (found.own is None) == ("Did it keep its word" not in page)


def test_every_rule_stands_with_its_misses(toy_house: House) -> None:
    found = toy_house.workspace.backtest(outcome="viewers").found
    page = owner(toy_house, language="en").get("/plan/backtest?outcome=viewers").text

    assert found.own is not None
    for one in (found.own, *found.baselines):
        assert f'<td class="r">{number.percent(one.wape)}</td>' in page
    for band in found.bands:
        assert f'<td class="r">{number.percent(band.coverage)}</td>' in page


def test_an_outcome_that_nobody_forecasts_is_named(toy_house: House) -> None:
    page = owner(toy_house, language="en").get("/plan/backtest?outcome=joy")

    assert page.status_code == 200
    assert "joy is not forecast" in page.text
