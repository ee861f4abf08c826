"""A first-time user: real files are dropped, a diagnosis is read, its report taken home."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.desk import PATIENCE, Desk


def test_dropping_real_files_leads_to_a_report_without_mapping_anything(
        desk: Desk, shared_data: Path, tmp_path: Path) -> None:
    page = desk.page
    desk.check()
    page.locator("main").get_by_role("link", name="导入文件").click()
    desk.check()

    folder = shared_data / "live_douyin_2021"
    desk.drop({file.name: file.read_bytes() for file in sorted(folder.glob("*.gz"))})
    page.wait_for_selector("#standing")
    desk.check()
    assert page.inner_text("#standing") == "写入 28,518 行"
    assert page.locator(".imp-map .ask, .imp-choice").count() == 0
    page.get_by_role("button", name="导入 28,518 行").click()
    page.wait_for_url("**/import/batches/1")
    desk.check()

    page.get_by_role("link", name="看诊断").click()
    page.wait_for_selector(".dx-who-row")
    expect(page.locator(".dx-who-row")).to_have_count(12, timeout=PATIENCE)
    desk.check()
    page.locator(".dx-who-row").first.click()
    page.wait_for_selector(".dx-hero")
    desk.check()
    headline = page.locator(".dx-head").evaluate("one => one.firstChild.textContent.trim()")
    assert len(headline) > 10

    page.get_by_label("导出与打印").click()
    with page.expect_download() as taking:
        page.get_by_role("link", name="report.html").click()
    taking.value.save_as(tmp_path / "report.html")
    report = browser_text(desk, tmp_path / "report.html")
    assert headline in report
    assert desk.complaints == []


def browser_text(desk: Desk, file: Path) -> str:
    """Return what a file says when it is opened by itself, from the disk."""
    page = desk.page.context.new_page()
    page.goto(file.as_uri())
    said = page.inner_text("body")
    page.close()
    return said
