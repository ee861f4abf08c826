"""A console over a workspace, called as a browser would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from caopan import Workspace
from caopan.web.app import application
from caopan.web.figures import Figures
from caopan.web.house import House


@pytest.fixture
def empty_house(tmp_path: Path) -> Iterator[House]:
    with Workspace.open(tmp_path / "room") as workspace:
        house = patient(workspace)
        yield house
        house.desk.close()


@pytest.fixture(scope="session")
def toy_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("toy") / "room"
    with Workspace.open(folder) as workspace:
        workspace.demo(size="toy", seed=7)
    return folder


@pytest.fixture
def toy_house(toy_folder: Path) -> Iterator[House]:
    with Workspace.open(toy_folder) as workspace:
        house = patient(workspace)
        yield house
        house.desk.close()


def patient(workspace: Workspace) -> House:
    """Return a house whose pages wait for their figures, however slow the machine is."""
    return replace(House.of(workspace), figures=Figures(patience=60))


def guest(house: House) -> TestClient:
    return TestClient(application(house), base_url="http://127.0.0.1:8700",
                      raise_server_exceptions=False)


def owner(house: House, *, language: str = "zh") -> TestClient:
    """Return a browser that has come in by the one-time link."""
    client = guest(house)
    client.post("/enter", data={"ticket": house.workspace.new_ticket()})
    client.cookies.set("caopan_taste", language)
    return client


def token(client: TestClient) -> str:
    """Return what a change must carry, as the pages hold it."""
    found = re.search(r'name="caopan-token" content="([^"]+)"', client.get("/settings").text)
    assert found is not None
    return found.group(1)


@pytest.fixture(scope="session")
def douyin_folder(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Path:
    """Return a workspace of twelve real hosts, imported once."""
    folder = tmp_path_factory.mktemp("douyin") / "room"
    with Workspace.open(folder) as workspace:
        workspace.import_files([shared_data / "live_douyin_2021"], year=2021)
    return folder


@pytest.fixture
def douyin_house(douyin_folder: Path) -> Iterator[House]:
    with Workspace.open(douyin_folder) as workspace:
        house = patient(workspace)
        yield house
        house.desk.close()


@pytest.fixture(scope="session")
def units_folder(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Path:
    """Return a workspace of one real shop whose sessions carry units and no money."""
    folder = tmp_path_factory.mktemp("units") / "room"
    with Workspace.open(folder) as workspace:
        workspace.import_files([shared_data / "live_tiktok_units"], account="toko",
                               timezone="Asia/Jakarta", year=2023)
    return folder


@pytest.fixture
def units_house(units_folder: Path) -> Iterator[House]:
    with Workspace.open(units_folder) as workspace:
        house = patient(workspace)
        yield house
        house.desk.close()
