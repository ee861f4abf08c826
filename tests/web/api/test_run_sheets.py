from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from caopan.web.house import House
from tests.web.api.test_rooms import SHEET
from tests.web.conftest import guest


@pytest.fixture
def client(empty_house: House) -> Iterator[TestClient]:
    client = guest(empty_house)
    client.headers["authorization"] = f"Bearer {empty_house.keys.owner}"
    client.headers["accept-language"] = "en"
    return client


def test_a_run_sheet_is_kept_checked_and_compared(client: TestClient) -> None:
    first = client.put("/api/run_sheets/s1", json={"run_sheet": SHEET})
    longer = {"items": [*SHEET["items"][:1], SHEET["items"][1] | {
        "seconds": 1200, "daily_price": "49.90"}, *SHEET["items"][2:]]}
    second = client.put("/api/run_sheets/s1", json={"run_sheet": longer, "after": 1})
    stale = client.put("/api/run_sheets/s1", json={"run_sheet": SHEET, "after": 1})
    difference = client.get("/api/run_sheets/s1/difference?before=1&after=2").json()
    lints = client.post("/api/run_sheet_check", json={"run_sheet": longer}).json()["lints"]

    assert (first.json()["version"], second.json()["version"]) == (1, 2)
    assert stale.json()["key"] == "sheet_changed"
    assert difference["seconds"] == 300
    assert [part["field"] for part in difference["items"][0]["fields"]] == [
        "seconds", "daily_price"]
    assert [(one["item_id"], one["fix"]["changes"]) for one in lints] == [
        ("b", {"live_price": "49.90"})]
    assert len(client.get("/api/run_sheets/s1/versions").json()["versions"]) == 2
    assert client.get("/api/run_sheets/s1").json()["version"] == 2
    assert client.get("/api/run_sheets/other").json()["key"] == "no_run_sheet"
