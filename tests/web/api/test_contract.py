"""Every verb has its endpoint, and every endpoint its action."""

from __future__ import annotations

import inspect

from caopan import Workspace
from caopan.access.action import Action
from caopan.web.api.endpoints import ENDPOINTS
from caopan.web.house import House
from tests.web.conftest import guest

INSIDE = {"open", "close", "key", "new_ticket", "redeem", "keep_job", "synthetic"}
"""What is no verb of a person: opening, keys, the door; ``synthetic`` is told by ``/workspace``."""


def test_each_verb_of_the_workspace_has_an_endpoint() -> None:
    verbs = {name for name, _ in inspect.getmembers(Workspace) if not name.startswith("_")}
    verbs -= {"path", "store"}

    assert verbs - INSIDE == {endpoint.verb for endpoint in ENDPOINTS if endpoint.verb}


def test_each_endpoint_names_an_action_and_says_what_it_does() -> None:
    for endpoint in ENDPOINTS:
        assert isinstance(endpoint.action, Action)
        assert endpoint.action is not Action.ENTER
        assert inspect.getdoc(endpoint.call)


def test_no_endpoint_answers_a_guest(empty_house: House) -> None:
    client = guest(empty_house)

    for endpoint in ENDPOINTS:
        path = endpoint.path.replace("{grain}", "streamer").replace("{batch}", "1")
        answer = client.request(endpoint.method, f"/api{path}", json={})
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
