"""Kept results, questions of one's own, the sessions behind a number, a report of one subject."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from starlette.testclient import TestClient

from caopan import Workspace
from caopan.web.api.answers.basic import Job
from caopan.web.api.answers.results import Evidence, Kept, State
from caopan.web.house import House
from tests.web.api.conftest import program


def first(client: TestClient, grain: str = "streamer") -> dict[str, str]:
    """Return the first of the ranking."""
    listed = client.get(f"/api/ranking?grain={grain}&size=1").json()["subjects"]
    return {"id": listed[0]["id"], "path": f"{grain}/{quote(listed[0]['id'], safe='')}"}


def test_the_ranking_stands_by_money_at_stake_and_is_cut(kept: TestClient) -> None:
    whole = kept.get("/api/ranking?size=500").json()
    second = kept.get("/api/ranking?size=2&page=2").json()
    losses = kept.get("/api/ranking?way=loss&size=500").json()

    stakes = [float(one["at_stake"]) for one in whole["subjects"]]
    assert stakes == sorted(stakes, reverse=True)
    assert second["subjects"] == whole["subjects"][2:4]
    assert losses["total"] == whole["ways"].get("loss", 0)
    assert {one["way"] for one in losses["subjects"]} <= {"loss"}
    assert sum(whole["ways"].values()) == whole["total"] == len(whole["subjects"])


def test_a_kept_diagnosis_is_the_one_worked_out_anew(kept: TestClient) -> None:
    who = first(kept)

    told = kept.get(f"/api/results/{who['path']}").json()
    anew = kept.get(f"/api/diagnoses/{who['path']}").json()["subjects"][0]

    assert told["diagnosis"] == anew
    assert told["moment"]["covered"] is True
    assert kept.get("/api/results/streamer/nobody").json()["key"] == "unknown_subject"


def test_results_are_refreshed_as_a_job_and_then_cover_the_facts(
        kept_house: House, kept: TestClient, tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "room") as workspace:
        house = House.of(workspace)
        client = program(house)
        none = client.get("/api/ranking")
        begun = client.post("/api/results")
        house.jobs.wait(begun.json()["job"])

        assert State.model_validate_json(client.get("/api/results").text).grains == {}
    assert (none.status_code, none.json()["key"]) == (404, "unknown_results")
    assert begun.status_code == 202
    covered = kept.post("/api/results")
    assert covered.status_code == 200
    assert State.model_validate_json(covered.text).moment is not None


def test_an_own_question_is_a_job_then_an_answer(kept: TestClient, kept_house: House) -> None:
    who = first(kept)
    body = {"grain": "streamer", "id": who["id"], "against": "peers"}
    path = f"/api/answers/{who['path']}?against=peers"

    unknown = kept.get(path)
    begun = kept.post("/api/answers", json=body)
    same = kept.post("/api/answers", json=body)
    ended = kept_house.jobs.wait(begun.json()["job"])
    there = kept.post("/api/answers", json=body)

    assert (unknown.status_code, unknown.json()["key"]) == (404, "unknown_answer")
    assert begun.status_code == 202
    assert Job.model_validate_json(begun.text).job == same.json().get("job", ended.id)
    assert there.status_code == 200
    assert Kept.model_validate_json(there.text).diagnosis["change"]["against"] == "peers"
    assert kept.get(path).json() == there.json()


def test_a_question_about_nobody_begins_nothing(kept: TestClient, kept_house: House) -> None:
    before = len(kept_house.jobs.all())

    answer = kept.post("/api/answers", json={"grain": "merchant", "id": "\x00", "against": "peers"})

    assert (answer.status_code, answer.json()["key"]) == (404, "unknown_subject")
    assert len(kept_house.jobs.all()) == before


def test_the_sessions_behind_a_metric_add_up_to_its_levels(kept: TestClient) -> None:
    who = first(kept)

    told = Evidence.model_validate_json(
        kept.get(f"/api/evidence/{who['path']}?metric=aov").text)

    now = [row for row in told.rows if row.side == "after" and row.counts
           and row.numerator is not None and row.denominator is not None]
    above = sum(float(row.numerator or 0) for row in now)
    below = sum(float(row.denominator or 0) for row in now)
    assert now
    assert abs(float(told.levels.after or 0) - above / below) <= 0.005 + 1e-9


def test_a_report_of_one_subject_comes_as_a_page_and_as_data(kept: TestClient) -> None:
    who = first(kept)

    page = kept.get(f"/api/reports/{who['path']}")
    data = kept.get(f"/api/reports/{who['path']}?form=json")

    assert page.headers["content-type"].startswith("text/html")
    assert "attachment" in page.headers["content-disposition"]
    assert "<html" in page.text
    assert [one["subject"]["id"] for one in data.json()["subjects"]] == [who["id"]]
