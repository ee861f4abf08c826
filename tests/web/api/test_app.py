from __future__ import annotations

from pathlib import Path

from caopan.web.house import House
from tests.web.api.conftest import ORDERS, ended, program, uploaded
from tests.web.conftest import guest, owner, token


def test_an_upload_is_looked_at_then_imported_then_taken_back(empty_house: House) -> None:
    client = program(empty_house)
    upload = uploaded(client)

    dry = ended(client, empty_house, "/imports", {"upload": upload, "dry_run": True})
    kept = client.get("/api/batches").json()
    done = ended(client, empty_house, "/imports", {"upload": upload})
    undone = client.post(f"/api/batches/{done['result']['batch']}/undo").json()

    assert (dry["state"], dry["result"]["batch"], kept["batches"]) == ("done", None, [])
    assert dry["result"]["tables"]["orders"]["rows_added"] == 2
    assert (done["state"], done["result"]["batch"]) == ("done", 1)
    assert undone["undone_at"] is not None
    assert client.get("/api/workspace").json()["revision"] == 2
    assert client.get(f"/api/uploads/{upload}").status_code == 404


def test_a_file_that_is_none_fails_the_job_with_its_reasons(empty_house: House) -> None:
    client = program(empty_house)

    job = ended(client, empty_house, "/imports",
                {"upload": uploaded(client, "hello\nworld\n", "words.csv")})

    assert job["state"] == "failed"
    assert job["problem"]["title"]
    assert [skipped["file"].endswith("words.csv") for skipped in job["result"]["skipped"]] == [True]


def test_money_is_decimal_text_as_on_the_command_line(empty_house: House) -> None:
    client = program(empty_house)
    ended(client, empty_house, "/imports", {"upload": uploaded(client)})

    told = client.get("/api/metrics/gmv_orders").json()

    assert [row["value"] for row in told["rows"]] == ["50.00"]
    assert client.get("/api/metrics/gmv_orders?from=2026-03-02").json()["rows"] in (
        [], [{**told["rows"][0], "value": None, "n": 0}])


def test_a_refusal_is_a_problem_in_the_callers_language(empty_house: House) -> None:
    english = program(empty_house).get("/api/metrics/none")
    chinese = program(empty_house, language="zh-CN,en;q=0.5").get("/api/metrics/none")

    assert english.status_code == chinese.status_code == 404
    assert english.headers["content-type"] == "application/problem+json"
    assert set(english.json()) >= {"type", "title", "status", "detail", "key", "issues"}
    assert english.json()["key"] == chinese.json()["key"]
    assert english.json()["title"].isascii()
    assert not chinese.json()["title"].isascii()


def test_a_request_that_cannot_be_read_says_where(empty_house: House) -> None:
    answer = program(empty_house).get("/api/metrics/gmv?from=yesterday")
    missing = program(empty_house).get("/api/nowhere")

    assert (answer.status_code, answer.json()["key"]) == (422, "malformed")
    assert "query.from" in answer.json()["title"]
    assert (missing.status_code, missing.json()["key"]) == (404, "no_such_endpoint")


def test_a_cookie_alone_changes_nothing(empty_house: House) -> None:
    client = owner(empty_house)
    client.headers["x-nothing"] = "1"

    bare = client.post("/api/demo", json={"size": "huge"})
    carried = client.post("/api/demo", json={"size": "huge"},
                          headers={"x-caopan-token": token(client)})
    read = client.get("/api/batches")

    assert (bare.status_code, bare.json()["key"]) == (403, "forged")
    assert (carried.status_code, carried.json()["key"]) == (422, "malformed")
    assert read.status_code == 200


def test_a_wrong_token_is_a_guest(empty_house: House) -> None:
    answer = guest(empty_house).get("/api/batches", headers={"authorization": "Bearer x"})

    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


def test_an_export_is_fetched_as_an_archive(empty_house: House) -> None:
    client = program(empty_house)
    ended(client, empty_house, "/imports", {"upload": uploaded(client)})

    job = ended(client, empty_house, "/exports", {"form": "csv"})
    archive = client.get(job["result"]["next"])

    assert job["result"]["tables"]["orders"] == 2
    assert archive.content.startswith(b"PK")
    assert client.get("/api/exports/../../ledger.zip").status_code == 404


def test_an_unknown_files_columns_are_proposed_and_saved(empty_house: House) -> None:
    client = program(empty_house)
    upload = uploaded(client, ORDERS.replace("order_id", "单号"), "old.csv")

    told = client.post("/api/mappings", json={"upload": upload, "file": "old.csv",
                                              "table": "orders", "save": "old"})
    gone = client.post("/api/mappings", json={"upload": upload, "file": "../ledger.sqlite"})

    assert told.status_code == 200, told.text
    assert gone.status_code == 404


def test_a_name_from_outside_stays_in_its_folder(empty_house: House) -> None:
    client = program(empty_house)

    upload = uploaded(client, ORDERS, "../../orders.csv")

    folder = Path(empty_house.workspace.path) / "incoming" / upload
    assert [path.name for path in (folder / "files").iterdir()] == ["orders.csv"]
    assert client.delete(f"/api/uploads/{upload}").json() == {"upload": upload, "files": []}
    assert not folder.exists()


def test_everyone_is_diagnosed_in_one_document(toy_house: House) -> None:
    client = program(toy_house)

    everyone = client.get("/api/diagnoses").json()
    first = everyone["subjects"][0]["subject"]
    alone = client.get(f"/api/diagnoses/streamer/{first['id']}").json()
    nobody = client.get("/api/diagnoses/streamer/nobody")

    assert everyone["synthetic"] is True
    assert alone["subjects"][0]["subject"] == first
    assert nobody.status_code == 404


def test_nothing_to_diagnose_is_a_problem_not_half_a_document(empty_house: House) -> None:
    answer = program(empty_house).get("/api/diagnoses")

    assert answer.status_code == 422
    assert answer.json()["detail"]


def test_the_main_job_leads_to_its_report(empty_house: House) -> None:
    client = program(empty_house)

    none_yet = client.get("/api/report")
    job = ended(client, empty_house, "/runs", {"upload": uploaded(client)})

    assert none_yet.status_code == 404
    assert job["state"] == "done", job
    assert job["result"]["next"] == "/api/report"
    assert "attachment" in client.get("/api/report").headers["content-disposition"]
    assert client.get("/api/report.json").json()["subjects"] == []


def test_the_synthetic_world_is_made_as_a_job_and_listed(empty_house: House) -> None:
    client = program(empty_house)

    job = ended(client, empty_house, "/demo", {"size": "toy"})

    assert job["result"]["synthetic"] is True
    assert [one["job"] for one in client.get("/api/jobs").json()["jobs"]] == [job["job"]]
    assert client.get("/api/jobs/none").status_code == 404
