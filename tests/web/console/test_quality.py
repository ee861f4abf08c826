from __future__ import annotations

from caopan.web.house import House
from tests.web.conftest import owner


def test_an_empty_workspace_is_told_what_would_stand_here(empty_house: House) -> None:
    page = owner(empty_house).get("/quality")

    assert page.status_code == 200
    assert 'href="/import"' in page.text


def test_totals_problems_and_files_stand_on_the_page(toy_house: House) -> None:
    page = owner(toy_house, language="en").get("/quality").text

    assert "Do the totals agree" in page
    assert 'hx-get="/quality/coverage"' in page


def test_every_table_with_rows_says_which_columns_are_known(toy_house: House) -> None:
    part = owner(toy_house).get("/quality/coverage").text

    for one in toy_house.workspace.coverage():
        assert f">{one.table}</span>" in part
