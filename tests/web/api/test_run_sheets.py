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


def test_edits_go_together_and_a_clash_tells_both_values(client: TestClient) -> None:
    client.put("/api/run_sheets/s2", json={"run_sheet": SHEET})
    longer = {"do": "change", "item": "b", "fields": {"seconds": 1200}}
    shorter = {"do": "change", "item": "b", "fields": {"seconds": 600}}
    first = client.post("/api/run_sheets/s2/edits", json={"edits": [longer], "after": 1})
    beside = client.post("/api/run_sheets/s2/edits", json={"after": 1, "edits": [
        {"do": "change", "item": "b", "fields": {"title": "新"}}]})

    clash = client.post("/api/run_sheets/s2/edits", json={"edits": [shorter], "after": 1})

    assert first.json()["edits"] == [longer | {"after": None}]
    assert {one["id"]: (one["title"], one["seconds"]) for one in beside.json()["items"]}["b"] == (
        "新", 1200)
    assert (clash.status_code, clash.json()["key"]) == (409, "sheet_clash")
    told, = clash.json()["details"]["clashes"]
    assert (told["field"], told["theirs"], told["mine"]) == ("seconds", 1200, 600)
    kept = client.post("/api/run_sheets/s2/edits", json={"edits": [told["mend"]], "after": 3})
    assert kept.json()["version"] == 4
    bad = client.post("/api/run_sheets/s2/edits", json={"edits": [{"do": "dance"}]})
    assert (bad.status_code, bad.json()["key"]) == (422, "bad_edit")


def test_a_look_tells_times_sums_and_what_an_undo_restores(client: TestClient) -> None:
    client.put("/api/run_sheets/s3", json={"run_sheet": SHEET})
    client.post("/api/run_sheets/s3/edits", json={"edits": [
        {"do": "change", "item": "a", "fields": {"seconds": 900}}]})

    look = client.get("/api/run_sheets/s3/look").json()

    assert [(one["item"], one["over"]) for one in look["times"]][:2] == [("a", 0.0), ("b", 300.0)]
    assert (look["beside"], look["undo_to"], look["starts_at"]) == (1, 1, None)
    assert look["figures"]["gmv"]["of"] >= look["figures"]["gmv"]["items"]
    back = client.post("/api/run_sheets/s3/restore", json={"version": 1, "after": 2}).json()
    assert (back["version"], back["restores"]) == (3, 1)
    late = client.post("/api/run_sheets/s3/restore", json={"version": 1, "after": 2})
    assert late.status_code == 409
    assert [one["session_id"] for one in client.get("/api/run_sheets").json()["sessions"]] == ["s3"]


def test_a_workbook_is_taken_away_looked_at_and_kept(client: TestClient) -> None:
    client.put("/api/run_sheets/s4", json={"run_sheet": SHEET})
    book = client.get("/api/run_sheets/s4/workbook")
    client.post("/api/run_sheets/s4/edits", json={"edits": [{"do": "remove", "item": "c"}]})
    upload = client.post("/api/uploads", files=[("files", ("s4.xlsx", book.content))]).json()

    looked = client.post("/api/run_sheets/s4/workbook", json={"upload": upload["upload"]}).json()
    kept = client.post("/api/run_sheets/s4/workbook",
                       json={"upload": upload["upload"], "keep": True}).json()

    assert book.headers["content-type"].startswith("application/vnd.openxml")
    assert (looked["base"], looked["version"], looked["edits"]) == (1, None, [])
    assert (kept["version"], kept["difference"]["items"]) == (2, [])
    assert client.get("/api/run_sheets/s4/workbook?version=9").status_code == 404


def test_a_kept_run_sheet_is_rehearsed(client: TestClient) -> None:
    client.put("/api/run_sheets/s5", json={"run_sheet": SHEET})

    begun = client.post("/api/rehearsals", json={"speed": 60, "minutes": 1,
                                                 "run_sheet_of": "s5"}).json()
    client.post(f"/api/rehearsals/{begun['room']}/stop")

    sheet = client.get(f"/api/rooms/{begun['room']}/run_sheet").json()
    assert [one["id"] for one in sheet["items"]] == [one["id"] for one in SHEET["items"]]
    assert client.post("/api/rehearsals", json={"run_sheet_of": "nobody"}).status_code == 404
