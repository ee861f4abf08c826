"""Files on their way in through the API: the console's shelf, looks, columns, taking in."""

from __future__ import annotations

from pathlib import Path

from starlette.testclient import TestClient

from caopan.web.api.answers.imports import (
    ColumnMap,
    Issues,
    Look,
    OneRecord,
    Records,
    Saved,
    Upload,
    Uploads,
)
from caopan.web.house import House
from tests.web.api.conftest import ORDERS, program, uploaded
from tests.web.conftest import owner
from tests.web.console.conftest import lines

UNKNOWN = "单子编号,付钱时间,实付\nA1,2026-03-01 20:00:00,19.90\nA2,2026-03-01 20:05:00,30.10\n"


def worked(client: TestClient, house: House, method: str, path: str,
           body: object = None) -> dict[str, object]:
    """Begin work on an upload, wait for it, and return its job."""
    begun = client.request(method, f"/api{path}", json=body)
    assert begun.status_code == 202, begun.text
    house.jobs.wait(begun.json()["job"])
    told: dict[str, object] = client.get(begun.json()["url"]).json()
    return told


def test_an_upload_is_looked_at_taken_in_and_stands_in_the_record(empty_house: House) -> None:
    client = program(empty_house)
    upload = uploaded(client)
    here = f"/uploads/{upload}"

    unseen = client.get(f"/api{here}/look")
    looked = worked(client, empty_house, "POST", f"{here}/look")
    look = Look.model_validate_json(client.get(f"/api{here}/look").text)
    issues = Issues.model_validate_json(client.get(f"/api{here}/issues").text)
    waiting = Uploads.model_validate_json(client.get("/api/uploads").text)
    taken = worked(client, empty_house, "POST", f"{here}/take")
    again = client.post(f"/api{here}/take")

    assert (unseen.status_code, unseen.json()["key"]) == (404, "unknown_look")
    assert (looked["state"], taken["state"]) == ("done", "done")
    assert (look.standing, look.tables["orders"].rows_added) == ("ready", 2)
    assert issues.total == len(issues.issues)
    assert [one.upload for one in waiting.uploads] == [upload]
    assert again.json()["job"] == taken["job"]
    record = OneRecord.model_validate_json(client.get("/api/imports/1").text)
    assert (record.rows, record.can_undo, len(record.said.files)) == (2, True, 1)
    assert len(Records.model_validate_json(client.get("/api/imports").text).imports) == 1
    assert client.get("/api/imports/9").json()["key"] == "unknown_batch"
    assert client.get("/api/uploads").json() == {"uploads": []}
    assert client.get(f"/api{here}").json()["batch"] == 1


def test_the_shelf_is_the_consoles_own(empty_house: House) -> None:
    upload = uploaded(program(empty_house))

    assert upload in owner(empty_house).get("/import").text


def test_a_file_streams_in_as_the_body_of_a_call(empty_house: House) -> None:
    client = program(empty_house)
    upload = uploaded(client)

    answer = client.put(f"/api/uploads/{upload}/files?name=../more%00.csv",
                        content=b"x" * 3_000_000)

    told = Upload.model_validate_json(answer.text)
    assert [(file.name, file.bytes) for file in told.files] == [
        ("more_.csv", 3_000_000), ("orders.csv", len(ORDERS))]
    folder = Path(empty_house.workspace.path) / "incoming" / upload
    assert {path.name for path in folder.rglob("*.part")} == set()


def test_an_unknown_tables_columns_are_said_once(empty_house: House) -> None:
    client = program(empty_house)
    upload = uploaded(client, UNKNOWN, "old.csv")
    here = f"/api/uploads/{upload}/columns"
    shown = ColumnMap.model_validate_json(client.get(f"{here}?file=old.csv&table=orders").text)
    to = {"单子编号": "order_id", "付钱时间": "paid_at", "实付": "amount"}
    chosen = [{"to": to[column.header]} for column in shown.columns]
    body = {"file": "old.csv", "table": "orders", "name": "旧表", "columns": chosen}

    short = client.put(here, json={**body, "columns": chosen[:1]})
    wild = client.put(here, json={**body, "columns": [{"to": "drop table"}, *chosen[1:]]})
    saved = Saved.model_validate_json(client.put(here, json=body).text)
    empty_house.jobs.wait(str(saved.look["job"]))

    assert (short.status_code, short.json()["key"]) == (400, "unanswered")
    assert wild.json()["key"] in {"bad_mapping", "lacking"}
    assert saved.saved == "旧表"
    look = Look.model_validate_json(client.get(f"/api/uploads/{upload}/look").text)
    assert [file.state for file in look.files] == ["known"]
    assert client.get(f"{here}?file=../../ledger.sqlite").json()["key"] == "unknown_uploaded_file"


def test_what_files_do_not_say_is_said_and_looked_at_again(empty_house: House) -> None:
    client = program(empty_house)
    upload = uploaded(client)

    worked(client, empty_house, "PUT", f"/uploads/{upload}/answers",
           {"account": "店", "timezone": "Asia/Jakarta", "year": 2026, "leave": ["orders.csv"]})

    told = Upload.model_validate_json(client.get(f"/api/uploads/{upload}").text)
    assert (told.answers.account, told.answers.leave) == ("店", ["orders.csv"])
    assert client.get(f"/api/uploads/{upload}/look").json()["standing"] != "ready"
    refused = client.post(f"/api/uploads/{upload}/take")
    assert (refused.status_code, refused.json()["key"]) == (400, "not_ready")
    assert client.put(f"/api/uploads/{upload}/answers", json={"year": 3}).status_code == 422


def test_a_synthetic_workspace_takes_no_real_files(toy_house: House) -> None:
    answer = program(toy_house).post("/api/uploads", files=[("files", ("a.csv", b"a,b"))])

    assert answer.status_code in {400, 422}
    assert answer.json()["key"] == "synthetic_workspace"


def test_a_cell_is_mended_kept_with_the_upload_and_taken_back(empty_house: House) -> None:
    client = program(empty_house)
    upload = uploaded(client, ORDERS.replace("19.90", "廿"))
    here = f"/uploads/{upload}"
    worked(client, empty_house, "POST", f"{here}/look")
    problem = client.get(f"/api{here}/issues").json()["issues"][0]
    body = {"file": "orders.csv", "row": problem["row"], "column": problem["column"],
            "new": "19.90"}

    worked(client, empty_house, "POST", f"{here}/corrections", body)
    mended = Upload.model_validate_json(client.get(f"/api{here}").text)
    look = Look.model_validate_json(client.get(f"/api{here}/look").text)
    worked(client, empty_house, "DELETE", f"{here}/corrections/0")
    wrong = client.post(f"/api{here}/corrections", json={**body, "column": "nothing"})

    assert [(one.old, one.new, one.row) for one in mended.corrections] == [("廿", "19.90", 2)]
    assert (look.problems, look.tables["orders"].rows_added) == ([], 2)
    assert client.get(f"/api{here}").json()["corrections"] == []
    assert (wrong.status_code, wrong.json()["key"]) == (400, "no_such_cell")
    gone = client.delete(f"/api{here}/corrections/0")
    assert (gone.status_code, gone.json()["key"]) == (404, "unknown_correction")


def test_the_year_of_one_file_counts_for_it_alone(empty_house: House) -> None:
    client = program(empty_house)
    upload = uploaded(client, ORDERS.replace("2026-", ""))

    worked(client, empty_house, "PUT", f"/uploads/{upload}/answers",
           {"years": {"orders.csv": 2024}})

    told = Upload.model_validate_json(client.get(f"/api/uploads/{upload}").text)
    assert told.answers.years == {"orders.csv": 2024}
    look = Look.model_validate_json(client.get(f"/api/uploads/{upload}/look").text)
    assert [one.key for one in look.problems if one.key == "year_assumed"] == []
    assert client.put(f"/api/uploads/{upload}/answers",
                      json={"years": {"orders.csv": 3}}).status_code == 422


def test_a_look_that_runs_is_stopped_and_one_that_does_not_says_so(empty_house: House) -> None:
    client = program(empty_house)
    here = f"/api/uploads/{uploaded(client)}/look"

    idle = client.delete(here)
    let_go = lines(empty_house)
    begun = client.post(here).json()["job"]
    stopped = client.delete(here)
    let_go()
    job = empty_house.jobs.wait(begun)

    assert (idle.status_code, idle.json()["key"]) == (409, "no_look_runs")
    assert (stopped.status_code, stopped.json()["job"]) == (202, begun)
    assert job.problem is not None
    assert job.problem.key == "job_stopped"
    assert client.delete(here).status_code == 409
    assert client.get(here).json()["key"] == "unknown_look"
