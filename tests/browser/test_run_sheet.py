"""A run sheet in a real browser: dragged, moved by keys, and changed by two people at once."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.barriers import barriers
from tests.browser.desk import PATIENCE, desk_at
from tests.browser.watch import Watch
from tests.web.console.rooms import SHEET

CLASHED = "error: Failed to load resource: the server responded with a status of 409 (Conflict)"
"""What the browser notes of the answer that shows both values; nothing else is to be noted."""
_ORDER = "[...document.querySelectorAll('tr[data-item]')].map(one => one.dataset.item).join('')"


def order(page: Page, wanted: str) -> None:
    """Wait until the rows stand in an order."""
    page.wait_for_function(f"() => {_ORDER} === '{wanted}'", timeout=PATIENCE)


def test_two_people_work_at_one_sheet_and_nothing_is_lost(
        tmp_path: Path, browser: Browser) -> None:
    with desk_at(tmp_path / "room", browser) as desk:
        desk.house.workspace.keep_run_sheet("s1", SHEET)
        desk.enter()
        here = f"{desk.address}/runsheets/s1"
        desk.watch.open(here)
        moved(desk.page)

        other = Watch(desk.page.context.new_page())
        for page in (desk.page, other.page):
            page.goto(f"{here}?item=b")
        chosen(desk.page, other.page)

        item = desk.house.workspace.run_sheet("s1").sheet.item("b")
        assert (item.live_price, item.seconds) == (25_900, 960)
        assert other.complaints == []
        assert desk.complaints == [CLASHED]


def moved(page: Page) -> None:
    """Drag a row, move another by keys, and take that back."""
    page.locator("#row-d").drag_to(page.locator("#row-a"), target_position={"x": 200, "y": 2})
    order(page, "dabc")
    page.locator("#item-b").focus()
    page.keyboard.press("Alt+ArrowDown")
    order(page, "dacb")
    assert page.evaluate("document.activeElement.id") in {"item-b", "down-b"}
    page.keyboard.press("Alt+ArrowUp")
    order(page, "dabc")
    page.locator("#rs-undo").click()
    order(page, "dacb")


def chosen(mine: Page, other: Page) -> None:
    """Give one price two values from two pages; see both and take one's own."""
    other.locator("[name=live_price]").fill("249")
    other.get_by_role("button", name="存这一项").click()
    expect(other.locator(".rs-versions")).to_contain_text("直播价", timeout=PATIENCE)
    mine.locator("[name=live_price]").fill("259")
    mine.locator("[name=seconds]").fill("16")
    mine.get_by_role("button", name="存这一项").click()
    clash = mine.locator(".rs-clash")
    expect(clash).to_contain_text("¥249", timeout=PATIENCE)
    expect(clash).to_contain_text("¥259")
    assert barriers(mine) == []
    clash.get_by_label("用我的").check()
    mine.get_by_role("button", name="就这样存").click()
    expect(mine.locator("#rs-said")).to_be_empty(timeout=PATIENCE)
