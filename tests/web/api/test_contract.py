"""Every verb has its endpoint, every endpoint its action, its schema, and a closed door."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import pytest

from caopan import Workspace
from caopan.access.action import Action
from caopan.web.api.endpoint import JSON
from caopan.web.api.endpoints import ENDPOINTS
from caopan.web.house import House
from caopan.workspace.import_desk import ImportDesk
from caopan.workspace.rooms import Rooms
from tests.web.api.conftest import program
from tests.web.conftest import guest

DESKS: dict[str, type] = {"imports": ImportDesk, "rooms": Rooms}
FIELDS = {"path", "store", "kept"}
"""What a record holds; no verb."""
INSIDE = {
    "open": "a running console has opened its workspace",
    "close": "a running console closes it",
    "again": "how a job reads beside the pages: the same workspace once more",
    "key": "secrets stay inside",
    "new_ticket": "the door's own: who may call the API needs no ticket",
    "redeem": "the door's own",
    "keep_job": "jobs write themselves down; GET /jobs tells of them",
    "synthetic": "told by GET /workspace and every document",
    "results_mark": "told by GET /workspace; every kept result names its own",
    "imports": "a desk: its methods are listed",
    "rooms": "a desk: its methods are listed",
    "export_run_sheet": "a file of the machine; a caller has GET /run_sheets/{session}",
    "look_at_run_sheet": "POST /run_sheets/{session}/workbook without keep",
    "run_sheets": "every version whole; a caller has .../versions and each of them",
    "planned_show": "told by GET /run_sheets",
    "planned_shows": "told by GET /run_sheets, with the version kept of each",
    "rehearsed_show": "what POST /rehearsals with run_sheet_of takes",
    "growth_proposal": "told by GET /growth/{grain}/{subject} where no plan is kept",
    "imports.active": "told by GET /workspace",
    "rooms.prepare": "work done ahead for the pages; it answers nobody",
    "rooms.room": "what every endpoint about one subject begins with; no answer of its own",
}
"""What has no endpoint, and why."""


def verbs() -> Iterator[str]:
    """Yield every public name of the workspace and of its desks."""
    yield from (name for name, _ in inspect.getmembers(Workspace) if not name.startswith("_"))
    for desk, kind in DESKS.items():
        yield from (f"{desk}.{name}" for name, _ in inspect.getmembers(kind)
                    if not name.startswith("_") and name not in FIELDS)


def test_each_verb_of_the_workspace_and_of_its_desks_has_an_endpoint() -> None:
    served = {endpoint.verb for endpoint in ENDPOINTS if endpoint.verb}

    assert set(verbs()) - FIELDS - set(INSIDE) == served


def test_what_stays_inside_is_there_and_says_why() -> None:
    assert set(INSIDE) <= set(verbs())
    assert all(INSIDE.values())


def test_each_endpoint_names_an_action_and_says_what_it_does() -> None:
    for endpoint in ENDPOINTS:
        assert isinstance(endpoint.action, Action)
        assert endpoint.action is not Action.ENTER
        assert inspect.getdoc(endpoint.call)


def test_a_read_is_a_get_and_a_change_is_none() -> None:
    changes = {Action.IMPORT, Action.EDIT_HANDBOOK, Action.SET}

    assert all(one.action not in changes or one.path.startswith("/uploads")
               for one in ENDPOINTS if one.method == "GET")
    assert all(one.method == "GET" for one in ENDPOINTS if one.follows)


@pytest.mark.parametrize(("kind", "body"), [
    ("application/json", b"{}"), ("application/json", b"\xff{not json"),
    ("multipart/form-data; boundary=x", b"--x")])
def test_no_endpoint_answers_a_guest(empty_house: House, kind: str, body: bytes) -> None:
    client = guest(empty_house)

    for endpoint in ENDPOINTS:
        path = endpoint.path.replace("{grain}", "streamer").replace("{batch}", "1")
        answer = client.request(endpoint.method, f"/api{path}", content=body,
                                headers={"content-type": kind})
        assert answer.status_code == 401, path
        assert answer.headers["content-type"].startswith("application/problem+json")
        assert answer.json()["key"] == "forbidden"


def test_the_api_describes_itself(empty_house: House) -> None:
    described = guest(empty_house).get("/api/openapi.json").json()

    assert described["openapi"].startswith("3.")
    assert {(method.upper(), path) for path, methods in described["paths"].items()
            for method in methods} == {
        (one.method, one.path.replace(":path}", "}")) for one in ENDPOINTS}
    for methods in described["paths"].values():
        for one in methods.values():
            assert one["x-caopan-action"] in set(Action)
            assert "application/problem+json" in one["responses"]["default"]["content"]


def test_each_answer_has_a_schema(empty_house: House) -> None:
    described = program(empty_house).get("/api/openapi.json").json()

    for one in ENDPOINTS:
        told = described["paths"][one.path.replace(":path}", "}")][one.method.lower()]
        content = told["responses"][str(one.status)]["content"]
        if JSON in one.media and len(one.media) == 1 and not one.path.endswith(".json"):
            assert content[JSON]["schema"].get("$ref"), one.path
        assert all(told["responses"][str(status)]["content"][JSON]["schema"]["$ref"]
                   for status in one.also)
