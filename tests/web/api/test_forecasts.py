from __future__ import annotations

from caopan.web.api.answers.forecasts import Forecasts
from caopan.web.house import House
from tests.web.api.conftest import program, uploaded

HISTORY = "session_id,streamer_id,started_at,ended_at,gmv,currency\n" + "".join(
    f"s{at},林晚,2026-01-{at:02}T19:00:00+08:00,2026-01-{at:02}T21:00:00+08:00,{90 + at}.00,CNY\n"
    for at in range(1, 29))
PLAN = ("session_id,streamer_id,started_at,planned_minutes\n"
        "n1,林晚,2026-02-05T19:00:00+08:00,120\nn2,没有的人,2026-02-05T19:00:00+08:00,120\n")


def test_the_imported_plan_is_told(kept_house: House) -> None:
    answer = program(kept_house).get("/api/forecast", params={"level": 0.5})

    told = Forecasts.model_validate_json(answer.text)
    assert told.synthetic
    assert {one.level for one in told.forecasts} == {0.5}
    assert {one.outcome for one in told.forecasts} == {"gmv", "units", "orders", "viewers"}


def test_an_uploaded_plan_is_told_without_being_imported(empty_house: House) -> None:
    client = program(empty_house)
    history = uploaded(client, HISTORY, "sessions.csv")
    begun = client.post("/api/imports", json={"upload": history})
    empty_house.jobs.wait(begun.json()["job"])

    answer = client.post("/api/forecast", json={
        "upload": uploaded(client, PLAN, "planned_sessions.csv")})

    told = Forecasts.model_validate_json(answer.text)
    [one] = told.forecasts
    assert (one.session_id, one.status, one.n_history) == ("n1", "ok", 28)
    assert [(issue.file, issue.row) for issue in told.issues if issue.level == "error"] == [
        ("planned_sessions.csv", 3)]


def test_without_a_plan_the_problem_says_what_to_give(empty_house: House) -> None:
    answer = program(empty_house).get("/api/forecast")

    assert answer.status_code >= 400
    assert "--plan" in answer.text
