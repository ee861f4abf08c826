"""Every read of the API answers as its schema says, over the synthetic world."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from pydantic import BaseModel
from starlette.testclient import TestClient

from caopan.web.api.endpoint import Endpoint
from caopan.web.api.endpoints import ENDPOINTS
from caopan.web.house import House
from tests.web.api.conftest import program
from tests.web.conftest import guest

ELSEWHERE = {"/uploads/{upload}", "/uploads/{upload}/look", "/uploads/{upload}/issues",
             "/uploads/{upload}/columns", "/answers/{grain}/{subject:path}", "/jobs/{job}"}
"""Reads of what a call has begun: they stand in test_uploads, test_questions and test_app."""
SHEET = "s-kept"
READS = [one for one in ENDPOINTS if one.method == "GET" and one.answer is not None
         and one.path not in ELSEWHERE]


def path_of(endpoint: Endpoint, client: TestClient) -> str:
    """Return an address of the toy world for an endpoint."""
    listed = client.get("/api/subjects?grain=merchant&size=1").json()["subjects"][0]
    host = client.get("/api/subjects?size=1").json()["subjects"][0]
    of = f"grain=streamer&subject={quote(host['id'], safe='')}"
    shows = client.get(f"/api/sessions?{of}&size=1").json()["sessions"][0]
    grain, subject = "streamer", host["id"]
    if endpoint.path.startswith("/repurchase"):
        grain, subject = "merchant", listed["id"]
    path = endpoint.path.replace("{grain}", grain).replace("{batch}", "1")
    for name, value in (("{subject:path}", subject), ("{session:path}", shows["session_id"]),
                        ("{rule}", "conversion_view_pay_fell"), ("{metric}", "aov")):
        path = path.replace(name, quote(value, safe=""))
    if "{room}" in path:
        path = path.replace("{room}", _room(client, rehearsed=path.startswith("/rehearsals")))
    if "{session}" in path:
        path = path.replace("{session}", quote(
            _lined_up(client) if path.endswith(("/proposal", "/planned"))
            else _sheet(client), safe=""))
    if "{campaign}" in path:
        path = path.replace("{campaign}", _campaign(client))
    if path.startswith(("/growth/difference", "/growth/versions")):
        _grown(client, subject)
    asked = {f"/growth/beside/streamer/{quote(subject, safe='')}": "?plans=steady&plans=phases",
             f"/growth/difference/streamer/{quote(subject, safe='')}": "?before=1&after=2",
             f"/run_sheets/{SHEET}/difference": "?before=1&after=2",
             "/sessions": f"?{of}", "/pace": f"?session={shows['session_id']}&minute=5",
             "/experiment": f"?streamer={_advertiser(client)}"}
    if path.startswith("/campaigns/") and path.endswith("/difference"):
        path += "?before=1&after=1"
    return f"/api{path}{asked.get(path, '')}"


def _room(client: TestClient, *, rehearsed: bool) -> str:
    """Return a room of the house, made where there is none; a rehearsal is over at once."""
    for one in client.get("/api/rooms").json()["rooms"]:
        if client.get(f"/api/rehearsals/{one['room']}").is_success == rehearsed:
            return str(one["room"])
    if not rehearsed:
        made = client.post("/api/rooms", json={
            "title": "夜场", "streamer_id": "小美", "planned_start": "2026-11-27T20:00:00+08:00"})
        return str(made.json()["room"])
    begun = client.post("/api/rehearsals", json={"speed": 60, "minutes": 1}).json()
    client.post(f"/api/rehearsals/{begun['room']}/stop")
    return str(begun["room"])


def _sheet(client: TestClient) -> str:
    """Return a session whose run sheet is kept in two versions."""
    for seconds in (60, 90):
        client.put(f"/api/run_sheets/{SHEET}", json={"run_sheet": {"items": [
            {"id": "a", "type": "open", "title": "开场", "seconds": seconds}]}})
    return SHEET


def _lined_up(client: TestClient) -> str:
    """Return a session to come whose planned products are kept as its run sheet."""
    coming = client.get("/api/run_sheets").json()["sessions"]
    session = next(str(one["session_id"]) for one in coming if one["starts_at"])
    at = f"/api/run_sheets/{quote(session, safe='')}"
    client.put(at, json={"run_sheet": client.get(f"{at}/planned").json()})
    return session


def _campaign(client: TestClient) -> str:
    """Return a campaign, begun where there is none, on days without sessions."""
    for one in client.get("/api/campaigns").json()["campaigns"]:
        if one["burst_on"] == "2031-01-01":
            return str(one["id"])
    made = client.post("/api/campaigns", json={"level": "S", "burst_on": "2031-01-01"})
    return str(made.json()["id"])


def _grown(client: TestClient, subject: str) -> None:
    """Keep two versions of a subject's growth plan."""
    for target in ("100000", "200000"):
        client.put("/api/growth", json={"plan": {
            "grain": "streamer", "subject": subject, "stages": [{
                "id": "basics", "from": "2026-12-01", "to": "2027-01-01", "target": target,
                "invested": {"sessions_per_week": 3, "hours": 2}}]}})


def _advertiser(client: TestClient) -> str:
    """Return a host that spent something."""
    hosts = client.get("/api/response").json()["hosts"]
    return next(one["streamer_id"] for one in hosts if one["key"] != "no_spend")


@pytest.mark.parametrize("endpoint", READS, ids=lambda one: one.path)
def test_a_read_answers_as_its_schema_says(kept: TestClient, endpoint: Endpoint) -> None:
    answer = kept.get(path_of(endpoint, kept))

    assert answer.status_code == 200, answer.text
    assert issubclass(endpoint.answer or object, BaseModel)
    endpoint.answer.model_validate_json(answer.text)  # type: ignore[union-attr]


@pytest.mark.parametrize("endpoint", [one for one in READS if one.follows],
                         ids=lambda one: one.path)
def test_who_has_the_answer_is_sent_nothing(kept: TestClient, endpoint: Endpoint) -> None:
    path = path_of(endpoint, kept)
    first = kept.get(path)

    again = kept.get(path, headers={"if-none-match": f'W/"0-x", {first.headers["etag"]}'})
    other = kept.get(path, headers={"if-none-match": first.headers["etag"],
                                    "accept-language": "zh"})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert "no-store" not in first.headers["cache-control"]
    assert other.status_code == 200


def test_a_tag_opens_no_door(kept: TestClient, kept_house: House) -> None:
    tag = kept.get("/api/subjects").headers["etag"]

    assert guest(kept_house).get("/api/subjects",
                                 headers={"if-none-match": tag}).status_code == 401


def test_a_tag_ends_with_the_next_import_or_page_of_the_handbook(empty_house: House) -> None:
    client = program(empty_house)
    rule = "conversion_view_pay_fell"
    before = client.get("/api/rules").headers["etag"]

    client.put(f"/api/rules/{rule}", json={"text": f'id = "{rule}"\nseverity = "low"\n'})
    after = client.get("/api/rules", headers={"if-none-match": before})

    assert after.status_code == 200
    assert after.headers["etag"] != before
    assert {one["severity"] for one in after.json()["rules"] if one["id"] == rule} == {"low"}


def test_the_directory_is_searched_sorted_and_cut(kept: TestClient) -> None:
    whole = kept.get("/api/subjects?grain=merchant&sort=name&way=up&size=500").json()
    second = kept.get("/api/subjects?grain=merchant&sort=name&way=up&size=2&page=2").json()
    one = whole["subjects"][0]
    found = kept.get("/api/subjects", params={"grain": "merchant", "q": one["id"]}).json()

    assert second["subjects"] == whole["subjects"][2:4]
    assert (second["total"], second["page"], second["size"]) == (whole["total"], 2, 2)
    assert one in found["subjects"]
    assert found["total"] < whole["total"]


def test_numbers_are_those_of_the_pages(kept: TestClient, kept_house: House) -> None:
    host = kept.get("/api/subjects?size=1").json()["subjects"][0]
    profile = kept.get(f"/api/subjects/streamer/{quote(host['id'], safe='')}").json()
    gmv = next(one for one in profile["figures"] if one["metric"] == "gmv_gross")

    told = kept.get("/api/metrics/gmv_gross", params={
        **profile["period"], "by": "streamer_id"}).json()["rows"]

    mine = next(row for row in told if row["streamer_id"] == host["id"])
    assert (gmv["value"], gmv["currency"]) == (mine["value"], "CNY")
    assert gmv["n"] <= mine["n"]  # sessions set aside carry no money
    assert host["gmv"] is not None


def test_a_session_and_its_host_tell_the_same(kept: TestClient) -> None:
    host = kept.get("/api/subjects?size=1").json()["subjects"][0]
    listed = kept.get("/api/sessions", params={
        "grain": "streamer", "subject": host["id"], "sort": "gmv"}).json()
    best = listed["sessions"][0]

    one = kept.get(f"/api/sessions/{quote(best['session_id'], safe='')}").json()

    assert one["session"]["gmv"] == best["gmv"]
    assert one["streamer"]["id"] == host["id"]
    assert {step["metric"]: step["value"] for step in one["steps"]}.items() <= {
        name: value for name, value in best["rates"].items() if value is not None}.items()


def test_the_palette_finds_pages_metrics_and_rules(kept: TestClient) -> None:
    assert [one["kind"] for one in kept.get("/api/search").json()["found"]].count("page") >= 5
    kinds = {one["kind"] for one in kept.get("/api/search?q=GMV").json()["found"]}
    assert "metric" in kinds
    rule = kept.get("/api/search?q=conversion_view_pay_fell").json()["found"]
    assert [(one["kind"], one["path"]) for one in rule] == [
        ("rule", "/handbook/conversion_view_pay_fell")]


HOSTILE = ("..%2F..%2Fledger.sqlite", "%00", "a%00b", "%ff", "%F0%9F%98%80", "' OR 1=1 --",
           "x" * 5_000, "%2e%2e", "{}", "%0d%0aset-cookie:a", "null", "-1", "9" * 40)


@pytest.mark.parametrize("wild", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_name_is_refused_in_words(kept: TestClient, wild: str) -> None:
    for endpoint in ENDPOINTS:
        path = endpoint.path.replace("{grain}", "streamer")
        if "{" not in path or endpoint.method != "GET":
            continue
        for name in ("{subject:path}", "{session:path}", "{upload}", "{rule}", "{metric}",
                     "{batch}", "{name}", "{job}", "{room}", "{session}", "{campaign}"):
            path = path.replace(name, wild)

        answer = kept.get(f"/api{path}")

        assert answer.status_code in {400, 404, 422}, (path, answer.text)
        assert answer.headers["content-type"] == "application/problem+json", path
        assert "Traceback" not in answer.text


@pytest.mark.parametrize("query", [
    "/subjects?grain=nobody", "/subjects?sort=x", "/subjects?page=0", "/subjects?size=9999",
    "/subjects?page=99999999999999999999", "/ranking?way=up", "/sessions?grain=streamer",
    "/answers/streamer/x?from=yesterday", "/answers/nobody/x", "/metrics/gmv?as_of=never"])
def test_a_query_that_cannot_be_read_is_malformed(kept: TestClient, query: str) -> None:
    answer = kept.get(f"/api{query}")

    assert (answer.status_code, answer.json()["key"]) == (422, "malformed")


def test_a_period_that_is_none_is_a_problem_of_its_own(kept: TestClient) -> None:
    half = kept.get("/api/answers/streamer/x?from=2026-03-01")
    empty = kept.get("/api/answers/streamer/x?from=2026-03-02&to=2026-03-01")

    assert (half.status_code, half.json()["key"]) == (400, "half_period")
    assert (empty.status_code, empty.json()["key"]) == (400, "empty_period")
