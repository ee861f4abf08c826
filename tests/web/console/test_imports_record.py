"""The record of imports: what each brought, and taking one back."""

from __future__ import annotations

from pathlib import Path

import pytest

from caopan.web.house import House
from tests.web.conftest import owner, token
from tests.web.console.conftest import SESSIONS


@pytest.fixture
def two_imports(empty_house: House, tmp_path: Path) -> House:
    """Return a house whose second import replaced a value of the first."""
    file = tmp_path / "sessions.csv"
    for text in (SESSIONS, SESSIONS.replace("500.00", "600.00")):
        file.write_text(text, encoding="utf-8")
        empty_house.workspace.import_files([file])
    return empty_house


def test_the_record_says_what_must_be_undone_first(two_imports: House) -> None:
    page = owner(two_imports).get("/import/batches").text

    assert "先撤销 2" in page
    assert "可撤销" in page
    assert "sessions.csv" in page
    assert "/sessions.csv" not in page.replace("/import/batches", "")


def test_an_import_that_others_lean_on_is_refused_in_words(two_imports: House) -> None:
    client = owner(two_imports)

    answer = client.post("/import/batches/1/undo", data={"token": token(client)})

    assert answer.status_code == 422
    assert "不能先撤销" in answer.text
    assert 'href="/import/batches/2"' in answer.text
    assert two_imports.workspace.imports.active() == (1, 2)


def test_undo_asks_first_and_brings_the_old_value_back(two_imports: House) -> None:
    client = owner(two_imports)
    assert "确定撤销" in client.get("/import/batches/2").text

    client.post("/import/batches/2/undo", data={"token": token(client)})

    rows = two_imports.workspace.metric("gmv_gross", by=("session_id",)).document("en")["rows"]
    assert {row["session_id"]: row["value"] for row in rows}["s1"] == "500.00"
    again = client.post("/import/batches/2/undo", data={"token": token(client)})
    assert again.status_code == 422
    assert "撤销过" in again.text


def test_an_empty_record_leads_to_the_first_import(empty_house: House) -> None:
    page = owner(empty_house).get("/import/batches").text

    assert "还没有导入过" in page
