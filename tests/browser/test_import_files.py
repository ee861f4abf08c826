"""In a real browser: real files are picked, understood, taken in; a drop streams as well."""

from __future__ import annotations

import gzip
from pathlib import Path

from tests.browser.desk import Desk
from tests.web.console.conftest import SESSIONS


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

    desk.drop({"renamed.csv": renamed})
    page.wait_for_url("**/import/*")
    page.wait_for_selector("#standing")

    assert page.inner_text("#standing") == "先处理「renamed.csv」，才能导入"
    page.get_by_role("button", name="存下对应，再看一次").click()
    page.wait_for_selector("#standing >> text=写入")
    page.get_by_role("button", name="导入").last.click()
    page.wait_for_url("**/import/batches/1")
    assert desk.house.workspace.batches()[0].tables["sessions"].added == 695
    assert desk.complaints == []


def test_a_lost_network_is_said_and_the_next_try_goes_through(desk: Desk) -> None:
    desk.page.goto(f"{desk.address}/import")
    desk.page.context.set_offline(True)

    desk.drop({"sessions.csv": SESSIONS.encode()})
    desk.page.get_by_text("没有传完，请再试一次").wait_for()
    desk.page.context.set_offline(False)
    desk.drop({"sessions.csv": SESSIONS.encode()})

    desk.page.get_by_text("写入 4 行").wait_for()
    assert desk.complaints == ["error: Failed to load resource: net::ERR_INTERNET_DISCONNECTED"]


def test_files_dropped_while_others_are_on_their_way_follow_them(desk: Desk) -> None:
    desk.page.goto(f"{desk.address}/import")

    desk.drop({"first.csv": SESSIONS.encode()})
    desk.drop({"second.csv": SESSIONS.replace("s1,", "t1,").encode()})

    desk.page.get_by_text("写入 5 行").wait_for()
    desk.check()
