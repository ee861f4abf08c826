"""The page of planned sessions."""

from __future__ import annotations

import csv
import io

from caopan.units import number
from caopan.web.house import House
from tests.web.conftest import owner


def test_without_a_plan_it_says_how_to_bring_one(empty_house: House) -> None:
    page = owner(empty_house, language="en").get("/plan")

    assert page.status_code == 200
    assert "planned_minutes" in page.text
    assert 'href="/import"' in page.text


def test_every_forecast_of_the_next_session_stands_with_its_range(toy_house: House) -> None:
    found = toy_house.workspace.forecast().forecasts
    page = owner(toy_house, language="en").get("/plan").text

    for one in found:
        if one.session_id == found[0].session_id and one.interval is not None:
            assert number.interval(one.interval, unit=one.unit, language="en",
                                   currency=one.currency or "CNY") in page


def test_the_export_has_a_row_a_session_and_outcome(toy_house: House) -> None:
    found = toy_house.workspace.forecast().forecasts
    answer = owner(toy_house).get("/plan/forecasts.csv")

    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert len(rows) == len(found)
    assert rows[0]["session_id"] == found[0].session_id
