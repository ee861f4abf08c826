"""A second user brings what no program likes, and a renamed column, and gets out of both."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np

from tests.browser.desk import Desk
from tests.web.console.conftest import bomb, workbook

__all__ = ["bomb", "workbook"]


def test_a_hostile_folder_is_explained_and_thrown_away(
        desk: Desk, workbook: bytes, bomb: bytes) -> None:
    page = desk.page
    page.goto(f"{desk.address}/import")

    desk.drop({"cut.xlsx": workbook[:len(workbook) // 2], "bomb.zip": bomb,
               "noise.bin": np.random.default_rng(5).bytes(40_000)})
    page.wait_for_selector("#standing")
    desk.check()

    files = page.locator(".imp-files .imp-file")
    told = {name: files.filter(has_text=name).inner_text()
            for name in ("cut.xlsx", "bomb.zip/bomb.csv", "bomb.zip/sessions.csv", "noise.bin")}
    assert "读不了" in told["cut.xlsx"]
    assert "读不了" in told["bomb.zip/bomb.csv"]
    assert "已认出" in told["bomb.zip/sessions.csv"]
    assert "已认出" not in told["noise.bin"]
    assert page.inner_text("#standing") == "写入 4 行"

    page.get_by_role("button", name="扔掉").click()
    page.wait_for_url("**/import")
    desk.check()
    assert desk.house.workspace.imports.incoming.open() == ()
    assert desk.house.workspace.batches() == ()


def test_a_renamed_column_among_broken_files_asks_one_question(
        desk: Desk, shared_data: Path, workbook: bytes) -> None:
    page = desk.page
    body = (shared_data / "live_douyin_2021" / "Data_Livestream_General.csv.gz").read_bytes()
    renamed = gzip.decompress(body).replace(b"Start_time", b"Start_at", 1)
    page.goto(f"{desk.address}/import")

    desk.drop({"renamed.csv": renamed, "cut.xlsx": workbook[:len(workbook) // 2]})
    page.wait_for_selector("#standing")
    desk.check()
    assert page.inner_text("#standing") == "先处理「renamed.csv」，才能导入"
    page.get_by_role("link", name="去处理").click()
    page.get_by_role("button", name="存下对应，再看一次").click()
    page.wait_for_selector("#standing >> text=写入")
    desk.check()
    page.get_by_role("button", name="导入 ").last.click()
    page.wait_for_url("**/import/batches/1")
    desk.check()

    assert desk.house.workspace.batches()[0].tables["sessions"].added == 695
    assert "cut.xlsx" in page.inner_text("main")
