from __future__ import annotations

from dataclasses import replace

import pytest

from caopan.metrics.catalogue import METRICS
from caopan.units import number
from caopan.web.console.metric_words import GROUPS
from caopan.web.figures import Figures
from caopan.web.house import House
from caopan.workspace.grain import Grain
from tests.web.conftest import owner


def test_every_metric_stands_in_the_catalogue_once(toy_house: House) -> None:
    page = owner(toy_house).get("/metrics").text

    counts = [page.count(f'href="/metrics/{metric.id}?show"')
              for metric in toy_house.workspace.metrics()]

    assert set(counts) == {1}


def test_a_search_narrows_the_catalogue(toy_house: House) -> None:
    part = owner(toy_house).get("/metrics?q=观看 成交率", headers={"HX-Request": "true"}).text

    assert "view_pay_rate" in part
    assert "new_followers" not in part
    assert "<html" not in part


def test_values_are_what_the_command_line_says(toy_house: House) -> None:
    told = toy_house.workspace.metric("sessions", by=("streamer_id",))

    page = owner(toy_house).get("/metrics/sessions?show&by=streamer_id").text

    for row in told.rows:
        assert str(row["streamer_id"]) in page
        assert f'<td class="r b">{row["value"]:,.0f}</td>' in page


def test_an_impossible_period_is_said_calmly(toy_house: House) -> None:
    page = owner(toy_house, language="en").get(
        "/metrics/sessions?show&from=2026-03-02&to=2026-03-01")
    spoilt = owner(toy_house, language="en").get("/metrics/sessions?show&from=yesterday")

    assert (page.status_code, spoilt.status_code) == (200, 200)
    assert "yesterday is not a day" in spoilt.text


def test_an_unknown_metric_is_not_found_and_names_the_near_ones(toy_house: House) -> None:
    answer = owner(toy_house).get("/metrics/view_pay")

    assert answer.status_code == 404
    assert "view_pay_rate" in answer.text


def test_a_card_says_definition_n_and_source(toy_house: House) -> None:
    card = owner(toy_house).get("/metrics/gpm/card?n=12&value=¥320").text

    assert "成交金额" in card
    assert "¥320" in card
    assert ">12" in card
    assert 'href="/metrics/gpm?show"' in card


def test_a_card_is_there_for_what_only_the_report_names(toy_house: House) -> None:
    assert "计入场次" in owner(toy_house).get("/metrics/gmv/card").text


def test_what_was_typed_into_an_address_stays_text(toy_house: House) -> None:
    card = owner(toy_house).get("/metrics/gpm/card?value=<img src=x>").text

    assert "<img src=x>" not in card


def test_the_export_holds_every_row_and_no_formula(toy_house: House) -> None:
    answer = owner(toy_house).get("/metrics/gmv_gross/values.csv?by=streamer_id")
    told = toy_house.workspace.metric("gmv_gross", by=("streamer_id",))

    lines = answer.text.strip().splitlines()

    assert answer.headers["content-disposition"].endswith('"gmv_gross.csv"')
    assert len(lines) == len(told.rows) + 1


def test_every_grouping_of_every_metric_has_a_word() -> None:
    assert {group for metric in METRICS.values() for group in metric.groups} <= GROUPS.keys()


def test_values_that_take_long_come_by_themselves(toy_house: House) -> None:
    hurried = replace(toy_house, figures=Figures(patience=0))
    client, address = owner(hurried), "/metrics/sessions?show&by=streamer_id"
    page = client.get(address).text
    part = ""
    while 'class="r b"' not in part:
        part = client.get(address, headers={"HX-Request": "true"}).text

    assert 'aria-busy="true"' in page
    assert f'hx-get="{address.replace("&", "&amp;")}"' in page
    assert 'aria-busy="true"' not in part


def test_a_page_opens_with_one_large_number_and_a_picture_over_months(toy_house: House) -> None:
    page = owner(toy_house).get("/metrics/gmv_gross?show").text
    whole, = toy_house.workspace.metric("gmv_gross").rows
    months = toy_house.workspace.metric("gmv_gross", by=("month",)).rows

    assert f'<p class="metric-number">{number.money(whole["value"], language="zh")}' in page
    assert 'class="strip line"' in page
    assert page.count('class="r b"') == len(months)
    assert '<option value="month" selected>' in page


def test_no_grouping_asked_for_is_no_grouping(toy_house: House) -> None:
    page = owner(toy_house).get("/metrics/gmv_gross?show&by=&by=").text

    assert page.count('class="r b"') == 1
    assert "<figure" not in page


def test_hosts_are_called_by_name_and_lead_to_their_pages(toy_house: House) -> None:
    page = owner(toy_house).get("/metrics/sessions?show&by=streamer_id").text
    everyone = toy_house.workspace.rooms.everyone(Grain.STREAMER).rows.to_pylist()

    assert 'class="chart chart-bars"' in page
    for one in everyone[:5]:
        assert f'href="/subjects/streamer/{one["id"]}"' in page
        assert one["name"] in page


@pytest.mark.parametrize("metric", list(METRICS))
def test_every_metric_has_a_page_in_its_usual_grouping(toy_house: House, metric: str) -> None:
    client = owner(toy_house, language="en")

    assert client.get(f"/metrics/{metric}?show").status_code == 200
