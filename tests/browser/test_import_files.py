"""In a real browser: real files are picked, understood, taken in; a drop streams as well."""

from __future__ import annotations

import base64
import gzip
import os
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Page, sync_playwright

from caopan import Workspace
from caopan.web.app import application
from caopan.web.house import House

CHROMIUM = Path(os.environ.get("CAOPAN_CHROMIUM", "/usr/bin/chromium"))
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PATIENCE = 90_000
"""Milliseconds a slow machine may take for the real files."""
DROP = """([name, body]) => {
  const transfer = new DataTransfer()
  const bytes = Uint8Array.from(atob(body), each => each.charCodeAt(0))
  transfer.items.add(new File([bytes], name))
  dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, cancelable: true }))
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A console that runs, and a page of a browser that has come in."""

    house: House
    page: Page
    address: str
    complaints: list[str]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM} (set CAOPAN_CHROMIUM)")
    listening = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    with Workspace.open(tmp_path / "room") as workspace, sync_playwright() as playwright:
        house = House.of(workspace)
        server = uvicorn.Server(uvicorn.Config(application(house), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        page = browser.new_page()
        page.set_default_timeout(PATIENCE)
        complaints: list[str] = []
        page.on("console", lambda said: complaints.append(said.text)
                if said.type in {"error", "warning"} else None)
        page.goto(f"{address}/enter#{workspace.new_ticket()}")
        page.wait_for_url(lambda url: "/enter" not in url)
        yield Desk(house=house, page=page, address=address, complaints=complaints)
        browser.close()
        server.should_exit = True
        thread.join()
        house.jobs.close()
    listening.close()


def test_a_first_time_user_brings_real_files_and_takes_them_back(
        desk: Desk, shared_data: Path) -> None:
    page = desk.page
    files = sorted((shared_data / "live_douyin_2021").glob("*.gz"))
    page.goto(f"{desk.address}/import")

    page.set_input_files("#pick-way", files)
    page.wait_for_url("**/import/*")
    page.wait_for_selector("#standing")

    assert page.inner_text("#standing") == "写入 28,518 行"
    assert page.locator(".imp-file").count() == 3
    assert page.locator(".imp-file .tag.k").count() == 3
    address = page.url
    page.get_by_role("button", name="导入 28,518 行").click()
    page.wait_for_url("**/import/batches/1")
    assert "写入了 28,518 行" in page.inner_text("main")
    page.goto(address)
    assert page.url.endswith("/import/batches/1")
    page.click("#undo summary")
    page.get_by_role("button", name="确定撤销").click()
    page.wait_for_selector("text=已经撤销")
    assert desk.house.workspace.imports.active() == ()
    assert desk.complaints == []


def test_a_dropped_file_with_a_renamed_column_is_got_out_of(
        desk: Desk, shared_data: Path) -> None:
    page = desk.page
    body = (shared_data / "live_douyin_2021" / "Data_Livestream_General.csv.gz").read_bytes()
    renamed = gzip.decompress(body).replace(b"Start_time", b"Start_at", 1)
    page.goto(f"{desk.address}/import")

    page.evaluate(DROP, ["renamed.csv", base64.b64encode(renamed).decode()])
    page.wait_for_url("**/import/*")
    page.wait_for_selector("#standing")

    assert page.inner_text("#standing") == "先处理「renamed.csv」，才能导入"
    page.get_by_role("button", name="存下对应，再看一次").click()
    page.wait_for_selector("#standing >> text=写入")
    page.get_by_role("button", name="导入").last.click()
    page.wait_for_url("**/import/batches/1")
    assert desk.house.workspace.batches()[0].tables["sessions"].added == 712
    assert desk.complaints == []
