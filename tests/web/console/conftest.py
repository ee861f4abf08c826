"""Hands for the import centre: send files as the page's script does, wait for its work."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Callable, Iterator

import pytest
import xlsxwriter
from starlette.testclient import TestClient

from caopan import Workspace
from caopan.units.message import Text
from caopan.web.house import House
from caopan.web.jobs import WORKERS
from tests.web.conftest import owner, patient, token

SESSIONS = """session_id,streamer_id,started_at,ended_at,title,views,orders,units,gmv,currency
s1,林晚,2026-03-01T19:30:00+08:00,2026-03-01T21:30:00+08:00,春季上新,1000,10,12,500.00,CNY
s2,林晚,2026-03-02T19:30:00+08:00,2026-03-02T21:30:00+08:00,春季返场,900,8,8,400.50,CNY
s3,阿泽,2026-03-02T20:00:00+08:00,2026-03-02T22:00:00+08:00,清仓,300,,,,CNY
s4,阿泽,2026-03-03T20:00:00+08:00,2026-03-03T22:00:00+08:00,清仓,310,2,2,20.00,CNY
"""

EVIL = '=HYPERLINK("http://evil.example")'
ROWS = f"""session_id,streamer_id,started_at,title,views,orders,units,gmv,new_followers,currency
s1,林晚,2026-03-01T19:30:00+08:00,春季,1000,10,12,500.00,30,CNY
s2,林晚,2026-03-02T19:30:00+08:00,春季,900,8,8,400.50,20,CNY
s3,"{EVIL.replace('"', '""')}",2026-03-02T20:00:00+08:00,=1+1,300,,,,,CNY
"""
SMALL_PRODUCTS = f"""session_id,product_id,role,clicks,orders,units,gmv,currency
s1,p1,hero,100,9,10,450.00,CNY
s1,"{EVIL.replace('"', '""')}",welfare,50,1,2,10.50,CNY
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


@pytest.fixture(scope="session")
def small_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Return a browser in a house of three sessions with evil names, whose diagnoses are kept."""
    folder = tmp_path_factory.mktemp("tables")
    for name, text in (("sessions", ROWS), ("session_products", SMALL_PRODUCTS)):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    with Workspace.open(folder / "room") as workspace:
        workspace.import_files([folder / "sessions.csv", folder / "session_products.csv"])
        workspace.keep_results()
        house: House = patient(workspace)
        yield owner(house)
        house.desk.close()
