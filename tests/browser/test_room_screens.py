"""One room on two screens of a real browser: what is pressed on one is seen on the other."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from caopan.units.clock import now
from tests.browser.barriers import barriers
from tests.browser.desk import desk_at
from tests.browser.fit import outside, small
from tests.browser.watch import Watch
from tests.web.console.rooms import SHEET, feed, on_air

PROMPTER_MOST = 25_000
"""Bytes, gzip, of the prompter's first load."""
THREE_HOURS_FAST = "{ const real = Date.now; Date.now = () => real() + 3 * 3600e3 }"
"""A phone whose own clock is wrong: what a room counts is the server's."""
CLOCKS_APART = 5.0
"""Seconds between reading a page and reading the clock of the test."""
_CAME = """() => [...performance.getEntriesByType("navigation"),
  ...performance.getEntriesByType("resource")].reduce((all, one) => all + one.transferSize, 0)"""


def phone_with_a_wrong_clock(beside: Page) -> Page:
    phone = beside.context.new_page()
    phone.set_viewport_size({"width": 390, "height": 844})
    phone.add_init_script(THREE_HOURS_FAST)
    return phone


def off_by(phone: Page, control: Page) -> float:
    """Return how far a phone's countdown is off, in seconds; its own clock is hours off."""
    assert phone.evaluate("Date.now()") - control.evaluate("Date.now()") > 10_000_000
    shown, due = (phone.evaluate(f"document.querySelector('[data-until]').{one}")
                  for one in ("textContent", "dataset.until"))
    return abs(_seconds(shown) - (int(due) / 1000 - now().timestamp()))


def _seconds(shown: str) -> float:
    """Return a span as a page writes it, in seconds."""
    total = 0
    for part in shown.removeprefix("−").split(":"):
        total = total * 60 + int(part)
    return -total if shown.startswith("−") else total


def test_what_one_screen_does_the_others_show(tmp_path: Path, browser: Browser) -> None:
    with desk_at(tmp_path / "room", browser) as desk:
        began = now() - timedelta(minutes=12)
        room = on_air(desk.house, began=began, sheet={"items": [
            {key: value for key, value in one.items() if key != "anchor"}
            for one in SHEET["items"]]})
        feed(desk.house, room,
             {"kind": "order", "order_id": "1", "product_id": "p1", "amount": "239"}, at=now())
        desk.enter()
        control = desk.page
        control.goto(f"{desk.address}/rooms/{room}")
        prompter = Watch(phone_with_a_wrong_clock(control))
        phone = prompter.page
        phone.goto(f"{desk.address}/rooms/{room}/prompter")
        assert phone.evaluate(_CAME) <= PROMPTER_MOST
        assert off_by(phone, control) < CLOCKS_APART

        control.get_by_label("消息", exact=True).fill("先讲尺码")
        control.get_by_role("button", name="发送").click()
        expect(phone.locator(".rm-text")).to_have_text("先讲尺码")
        phone.get_by_role("button", name="收到").click()
        expect(control.locator("#room-notices")).to_contain_text("✓ 收到")

        control.locator("#more").click()
        expect(control.locator(".rm-looked")).to_contain_text("还没有改")
        control.locator(".rm-confirm").click()
        expect(control.locator("#room-sheet [aria-current]")).to_contain_text("17:00")
        control.locator(".rm-looked").wait_for(state="detached")

        control.keyboard.press(" ")
        expect(phone.locator(".pr-title")).to_have_text("整点秒杀")
        expect(control.locator(".rm-title")).to_have_text("整点秒杀")
        control.keyboard.press("z")
        expect(phone.locator(".pr-title")).to_have_text("四件套")

        assert barriers(phone) == []
        assert (outside(phone), small(phone)) == ([], [])
        assert desk.complaints == prompter.complaints == []
