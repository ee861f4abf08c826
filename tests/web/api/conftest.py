"""The API called as a program would, with the owner's token."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from caopan import Workspace
from caopan.web.house import House
from tests.web.conftest import guest

ORDERS = ("order_id,paid_at,amount,currency\n"
          "o1,2026-03-01T20:00:00+08:00,19.90,CNY\n"
          "o2,2026-03-01T20:05:00+08:00,30.10,CNY\n")


def program(house: House, *, language: str = "en") -> TestClient:
    """Return a client that carries the owner's token."""
    client = guest(house)
    client.headers.update({"authorization": f"Bearer {house.keys.owner}",
                           "accept-language": language})
    return client


def uploaded(client: TestClient, text: str = ORDERS, name: str = "orders.csv") -> str:
    """Return the id of an upload of one file."""
    answer = client.post("/api/uploads", files=[("files", (name, text.encode()))])
    assert answer.status_code == 201, answer.text
    return str(answer.json()["upload"])


def ended(client: TestClient, house: House, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """Begin long work, wait for it, and return its job."""
    begun = client.post(f"/api{path}", json=body)
    assert begun.status_code == 202, begun.text
    house.jobs.wait(begun.json()["job"])
    job: dict[str, Any] = json.loads(client.get(begun.json()["url"]).text)
    return job


@pytest.fixture(scope="session")
def kept_folder(toy_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the toy world in which everyone's diagnosis is kept."""
    folder = tmp_path_factory.mktemp("kept") / "room"
    shutil.copytree(toy_folder, folder)
    with Workspace.open(folder) as workspace:
        workspace.keep_results()
    return folder


@pytest.fixture(scope="session")
def kept_house(kept_folder: Path) -> Iterator[House]:
    with Workspace.open(kept_folder) as workspace:
        house = House.of(workspace)
        yield house
        house.desk.close()


@pytest.fixture(scope="session")
def kept(kept_house: House) -> TestClient:
    return program(kept_house)
