"""Open pages live through the death of the server, in a real browser."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from caopan import Workspace
from caopan.web.supervisor import STAND_BY_AFTER
from tests.web.running import Serving, needs_proc, serving

RECOVERY = 3.0
"""Seconds within which every open page must be live again."""
TABS = 12
LOADED = 60_000
LIVE = "#age[data-stale=false]"


def come_in(context: BrowserContext, console: Serving) -> Page:
    """Open the console by its one-time link."""
    page = context.new_page()
    page.goto(console.link)
    page.wait_for_selector(LIVE, timeout=LOADED)
    return page


def wait_for_the_stand_in(console: Serving) -> None:
    """Wait until a second child is loaded and asleep."""
    time.sleep(STAND_BY_AFTER)
    until = time.monotonic() + 120
    while time.monotonic() < until:
        children = console.children()
        if len(children) > 1:
            before = used(children[1])
            time.sleep(1)
            if before > 1 and used(children[1]) == before:
                return
        time.sleep(0.2)


def used(number: int) -> float:
    """Return the processor seconds a process has used."""
    told = Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def mark(page: Page) -> None:
    """Count the messages that a page hears, from now on."""
    page.evaluate("""() => { window.heard = []
        document.addEventListener("caopan:live", told => window.heard.push(told.detail.topic)) }""")


@needs_proc
def test_twelve_tabs_are_live_and_recover_from_a_killed_server(
        tmp_path: Path, context: BrowserContext) -> None:
    with serving(tmp_path / "room") as console:
        first = come_in(context, console)
        pages = [first]
        for _ in range(TABS - 1):
            pages.append(context.new_page())
            pages[-1].goto(f"{console.url}/settings")
        for page in pages:
            page.wait_for_selector(LIVE, timeout=LOADED)
            mark(page)
        wait_for_the_stand_in(console)

        os.kill(console.children()[0], signal.SIGKILL)
        killed = time.monotonic()
        for page in pages:
            page.wait_for_function("() => window.heard.includes('workspace')", timeout=30_000,
                                   polling=50)
        took = time.monotonic() - killed

        for page in pages:
            expect(page.locator(LIVE)).to_have_count(1)
    assert took <= RECOVERY, f"{took:.2f} s"


def test_a_page_takes_the_new_numbers_when_another_process_imports(
        tmp_path: Path, context: BrowserContext) -> None:
    folder = tmp_path / "room"
    with serving(folder) as console:
        page = come_in(context, console)
        expect(page.locator("#main")).to_contain_text("先看合成的直播间")
        with Workspace.open(folder) as other:
            other.demo(size="toy")

        expect(page.locator("#age")).to_have_attribute("data-rev", "1", timeout=LOADED)
        expect(page.locator("#main")).not_to_contain_text("先看合成的直播间")


def test_one_who_types_is_asked_and_not_interrupted(
        tmp_path: Path, context: BrowserContext) -> None:
    folder = tmp_path / "room"
    with serving(folder) as console:
        page = come_in(context, console)
        page.keyboard.press("Control+k")
        page.locator("#palette input").fill("退款")
        with Workspace.open(folder) as other:
            other.demo(size="toy")

        expect(page.locator("#notice")).to_contain_text("有新的导入或撤销", timeout=LOADED)
        expect(page.locator("#palette input")).to_have_value("退款")
        page.keyboard.press("Escape")  # empties the search
        page.keyboard.press("Escape")  # and closes the palette
        page.locator("#notice .btn").click()
        expect(page.locator("#age")).to_have_attribute("data-rev", "1", timeout=LOADED)


def test_a_page_that_hears_nothing_says_how_old_it_is_and_comes_back(
        tmp_path: Path, context: BrowserContext) -> None:
    with serving(tmp_path / "room") as console:
        page = come_in(context, console)
        context.set_offline(offline=True)
        for child in console.children():
            os.kill(child, signal.SIGSTOP)

        expect(page.locator("#age[data-stale=true]")).to_have_count(1, timeout=LOADED)
        expect(page.locator("#age")).to_contain_text("秒前")
        expect(page.locator("#notice")).to_contain_text("正在自己重连")

        for child in console.children():
            os.kill(child, signal.SIGCONT)
        context.set_offline(offline=False)
        expect(page.locator(LIVE)).to_have_count(1, timeout=LOADED)
        expect(page.locator("#notice")).to_be_empty()


def test_where_sockets_fail_the_stream_carries_on(tmp_path: Path, context: BrowserContext) -> None:
    with serving(tmp_path / "room") as console:
        context.add_init_script("""window.WebSocket = class {
            constructor() { setTimeout(() => this.onclose?.({ code: 1006 }), 0) }
            close() {} }""")
        asked: list[str] = []
        context.on("request", lambda request: asked.append(request.url))
        page = come_in(context, console)

        expect(page.locator(LIVE)).to_have_count(1)
    assert any("/live/stream?topics=workspace" in url for url in asked)
