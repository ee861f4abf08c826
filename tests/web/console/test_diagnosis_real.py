"""Twelve real hosts: the page says what the report says of each of them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from caopan import Workspace
from caopan.web.house import House
from tests.web.conftest import owner
from tests.web.console.test_diagnosis import address, agrees, said, subjects

pytestmark = pytest.mark.shared


def test_the_pages_of_real_hosts_say_what_the_report_says(
    tmp_path: Path, shared_data: Path,
) -> None:
    with Workspace.open(tmp_path / "room") as workspace:
        workspace.import_files([shared_data / "live_douyin_2021"])
        workspace.keep_results()
        house = House.of(workspace)
        client, told = owner(house), subjects(house)

        everyone = said(client.get("/diagnose").text)
        for one in told:
            page = client.get(address(one))

            assert page.status_code == 200
            assert one["subject"]["name"] in everyone  # type: ignore[index]
            agrees(said(page.text), one, "zh")

        assert len(told) == 12


def test_findings_of_a_shop_without_money_are_taken_away_in_units(units_house: House) -> None:
    units_house.workspace.keep_results()
    client, one = owner(units_house), subjects(units_house)[0]

    answer = client.get(address(one).replace("/diagnose/", "/diagnosis/findings.csv/"))

    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    findings = one["findings"]
    assert isinstance(findings, list)
    stakes = [finding["units_at_stake"] for finding in findings]
    assert any(stakes)
    assert [float(row["at_stake"]) if row["at_stake"] else None for row in rows] == [
        pytest.approx(stake["mid"]) if stake else None for stake in stakes]
    assert {(row["unit"], row["currency"]) for row in rows} == {("units", "")}
