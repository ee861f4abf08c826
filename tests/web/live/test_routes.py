from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from caopan import Workspace
from caopan.units.message import Text
from caopan.web.house import House
from caopan.web.live import routes
from caopan.workspace.progress import Progress
from tests.web.conftest import guest, owner

WS = "ws://127.0.0.1:8700"
ADDING = Text(zh="相加", en="adding")


def message(socket: WebSocketTestSession, topic: str) -> dict[str, Any]:
    """Return the next message of a topic."""
    while True:
        for line in socket.receive_text().split("\n"):
            told: dict[str, Any] = json.loads(line)
            if told.get("topic") == topic:
                return told


def test_a_guest_is_told_to_come_in(empty_house: House) -> None:
    with guest(empty_house).websocket_connect(f"{WS}/live/ws") as socket, pytest.raises(
            WebSocketDisconnect) as closed:
        socket.receive_text()

    assert closed.value.code == routes.FORBIDDEN
    assert guest(empty_house).get("/live/stream").status_code == 403


def test_a_foreign_page_gets_no_socket(empty_house: House) -> None:
    client = owner(empty_house)

    with pytest.raises(WebSocketDisconnect), client.websocket_connect(
            f"{WS}/live/ws", headers={"origin": "http://evil.example"}):
        pass


def test_the_owners_token_listens_without_a_session(empty_house: House) -> None:
    client = guest(empty_house)
    bearer = {"authorization": f"Bearer {empty_house.keys.owner}"}

    with client.websocket_connect(f"{WS}/live/ws?topics=workspace", headers=bearer) as socket:
        assert message(socket, "workspace")["rev"] == 0


def test_an_import_by_another_process_is_told(tmp_path: Path, empty_house: House) -> None:
    client = owner(empty_house)

    with client.websocket_connect(f"{WS}/live/ws?topics=workspace") as socket:
        first = message(socket, "workspace")
        with Workspace.open(empty_house.workspace.path) as other:
            imported(other, tmp_path)
        second = message(socket, "workspace")

    assert (first["rev"], second["rev"], second["from"]) == (0, 1, 0)


def test_an_undo_moves_the_revision_on(tmp_path: Path, empty_house: House) -> None:
    workspace = empty_house.workspace
    batch = imported(workspace, tmp_path)

    assert workspace.revision() == 1
    workspace.undo(batch)
    assert workspace.revision() == 2


def test_a_jobs_progress_is_pushed_in_the_pages_language(empty_house: House) -> None:
    go_on, client = Event(), owner(empty_house, language="en")

    def work(progress: Progress) -> dict[str, object]:
        progress(ADDING, 1, 2)
        go_on.wait(20)
        return {"next": "/"}

    job = empty_house.jobs.start("sum", work, title=ADDING)
    with client.websocket_connect(f"{WS}/live/ws") as socket:
        socket.send_text(json.dumps({"topics": [f"job:{job.id}"]}))
        half = message(socket, f"job:{job.id}")
        while half["tick"]["state"] == "waiting" or half["tick"]["done"] == 0:
            half = message(socket, f"job:{job.id}")
        go_on.set()
        over = message(socket, f"job:{job.id}")

    assert (half["tick"]["done"], half["tick"]["total"]) == (1, 2)
    assert "adding" in half["html"][f"job-{job.id}"]
    assert over["tick"]["state"] == "done"
    assert "See the result" in over["html"][f"job-{job.id}"]


def test_a_job_nobody_knows_is_gone(empty_house: House) -> None:
    with owner(empty_house).websocket_connect(f"{WS}/live/ws?topics=job:none") as socket:
        assert message(socket, "job:none")["gone"] is True


def test_what_is_said_badly_ends_nothing(empty_house: House) -> None:
    with owner(empty_house).websocket_connect(f"{WS}/live/ws") as socket:
        for said in ("{", "[]", '{"topics": 3}', '{"topics": [["workspace"], 7]}'):
            socket.send_text(said)
        socket.send_text('{"topics": ["workspace"]}')

        assert message(socket, "workspace")["rev"] == 0


def test_the_health_is_told_to_anybody(empty_house: House) -> None:
    answer = guest(empty_house).get("/health")

    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    empty_house.hub.health["publish"].fault = "OSError"
    failing = guest(empty_house).get("/health")
    assert (failing.status_code, failing.json()["status"]) == (503, "failing")


def test_a_page_names_the_revision_its_numbers_are_of(tmp_path: Path, empty_house: House) -> None:
    client = owner(empty_house)
    imported(empty_house.workspace, tmp_path)

    assert 'data-rev="1"' in client.get("/settings").text


def test_every_seat_taken_is_said(empty_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("caopan.web.live.hub.MOST_SEATS", 0)
    client: TestClient = owner(empty_house)

    full = client.get("/live/stream")

    assert (full.status_code, full.headers["retry-after"]) == (503, "5")
    assert full.json()["key"] == "no_seat"


def imported(workspace: Workspace, folder: Path) -> int:
    """Import one order and return the batch."""
    moment = datetime(2026, 3, 1, 20, tzinfo=UTC)
    file = folder / "orders.csv"
    file.write_text(f"order_id,paid_at,amount\no1,{moment.isoformat()},19.90\n", "utf-8")
    result = workspace.import_files([file])
    assert result.batch is not None, result
    return result.batch
