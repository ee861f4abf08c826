from __future__ import annotations

from caopan.web.api.answers.plans import Budget
from caopan.web.house import House
from tests.web.api.conftest import program, uploaded

HISTORY = "session_id,streamer_id,started_at,ended_at,gmv,currency\n" + "".join(
    f"s{at},林晚,2026-01-{at:02}T19:00:00+08:00,2026-01-{at:02}T21:00:00+08:00,{90 + at}.00,CNY\n"
    for at in range(1, 29))
PLAN = ("session_id,streamer_id,started_at,planned_minutes,planned_ad_spend\n"
        "n1,林晚,2027-02-05T19:00:00+08:00,120,300\n")


def test_uploaded_plans_stand_side_by_side_without_being_imported(empty_house: House) -> None:
    client = program(empty_house)
    begun = client.post("/api/imports", json={"upload": uploaded(client, HISTORY, "sessions.csv")})
    empty_house.jobs.wait(begun.json()["job"])
    plan = uploaded(client, PLAN, "planned_sessions.csv")

    answer = client.post("/api/budget", json={
        "plans": [{"upload": plan}, {"upload": plan, "total": "120"}]})

    told = Budget.model_validate_json(answer.text)
    assert told.spend == "300.00"
    [other] = told.compared
    assert (other.plan, other.spend) == ("planned_sessions.csv", "-180.00")
    assert other.spend_gain is None  # nothing was drawn, so no return is claimed


def test_more_than_three_plans_are_refused(empty_house: House) -> None:
    answer = program(empty_house).post("/api/budget", json={"plans": [{}] * 4})

    assert answer.status_code == 422
