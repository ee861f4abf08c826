"""Hands for the import centre: send files as the page's script does, wait for its work."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter
from starlette.testclient import TestClient

from caopan.units.message import Text
from caopan.web.house import House
from caopan.web.jobs import WORKERS
from tests.web.conftest import token

SESSIONS = """session_id,streamer_id,started_at,ended_at,title,views,orders,units,gmv,currency
s1,林晚,2026-03-01T19:30:00+08:00,2026-03-01T21:30:00+08:00,春季上新,1000,10,12,500.00,CNY
s2,林晚,2026-03-02T19:30:00+08:00,2026-03-02T21:30:00+08:00,春季返场,900,8,8,400.50,CNY
s3,阿泽,2026-03-02T20:00:00+08:00,2026-03-02T22:00:00+08:00,清仓,300,,,,CNY
s4,阿泽,2026-03-03T20:00:00+08:00,2026-03-03T22:00:00+08:00,清仓,310,2,2,20.00,CNY
"""


def headers(client: TestClient) -> dict[str, str]:
    """Return what the page's script sends with a change."""
    return {"x-caopan-token": token(client), "hx-request": "true"}


def send(client: TestClient, *files: tuple[str, bytes]) -> str:
    """Upload files one by one and return the upload's id."""
    said = headers(client)
    upload = client.post("/import/begin", headers=said).json()["upload"]
    for name, body in files:
        answer = client.put(f"/import/{upload}/files", params={"name": name}, content=body,
                            headers=said)
        assert answer.status_code == 200, answer.text
    return str(upload)


def look(house: House, client: TestClient, upload: str) -> None:
    """Look at an upload and wait until that is done."""
    client.post(f"/import/{upload}/look", headers=headers(client))
    finish(house)


def finish(house: House) -> None:
    """Wait for every job; none may have failed."""
    for job in house.jobs.all():
        done = house.jobs.wait(job.id)
        assert done.problem is None, done.problem.say("en")


def lines(house: House) -> Callable[[], None]:
    """Keep all hands of the house busy until what is returned is called."""
    gate = threading.Event()

    def hold(progress: object) -> dict[str, object]:
        del progress
        gate.wait(60)
        return {}

    for _ in range(WORKERS):
        house.jobs.start("hold", hold, title=Text(zh="占住", en="hold"))
    return gate.set


@pytest.fixture
def workbook() -> bytes:
    """Return a real workbook."""
    body = io.BytesIO()
    with xlsxwriter.Workbook(body, {"in_memory": True}) as book:
        sheet = book.add_worksheet("sessions")
        for at, line in enumerate(SESSIONS.splitlines() * 30):
            sheet.write_row(at, 0, line.split(","))
    return body.getvalue()


@pytest.fixture
def bomb() -> bytes:
    """Return an archive of one good file and one that unpacks to 64 MB of nothing."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sessions.csv", SESSIONS)
        archive.writestr("bomb.csv", b"a,b\n" + b"1" * 2**26)
    return body.getvalue()
