"""The baseline sees a broken layout, and lets a changed word pass."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from playwright.sync_api import Browser, BrowserContext

from tests.browser import baseline
from tests.browser.look import cases
from tests.browser.standing import Standing
from tests.browser.thumb import CELLS, Thumb, shrunk, unlike
from tests.browser.watch import Watch

GREY = Thumb(width=390, height=1000, grey=(30,) * CELLS**2)


def picture(context: BrowserContext, address: str, *, change: str = "0",
            without: str = "") -> bytes:
    page = context.new_page()
    if without:
        page.route(f"**/{without}*", lambda route: route.abort())
    Watch(page).open(address)
    page.evaluate(change)
    taken = page.screenshot(full_page=True)
    page.close()
    return taken


def test_a_lost_style_sheet_is_seen_and_another_word_is_not(
        browser: Browser, world: Callable[[str], Standing]) -> None:
    console = world("toy")
    context = console.context(browser)
    address = console.url + console.places["settings"]
    blank = context.new_page()
    before = shrunk(blank, picture(context, address))

    worded = shrunk(blank, picture(
        context, address, change="document.querySelector('h2').textContent = 'Something else'"))
    for lost in ("house.css", "parts.css", "settings.css"):
        assert unlike(shrunk(blank, picture(context, address, without=lost)), before), lost
    context.close()

    assert unlike(worded, before) is None


def test_a_taller_page_and_a_dark_corner_are_seen() -> None:
    corner = (0,) * 40 + GREY.grey[40:]

    assert unlike(GREY, GREY) is None
    assert unlike(replace(GREY, height=1030), GREY) is None
    assert unlike(replace(GREY, height=1200), GREY) == "1200 tall, was 1000"
    assert "7% of the cells" in str(unlike(replace(GREY, grey=corner), GREY))


def test_a_thumb_is_read_as_it_was_written() -> None:
    mixed = replace(GREY, grey=tuple(number % 64 for number in range(CELLS**2)))

    assert Thumb.read(mixed.written()) == mixed


def test_the_baseline_holds_every_screen_and_no_other() -> None:
    wanted = {f"{case.name}-{theme}" for width in (1440, 390) for case in cases(width)
              for theme in ("dark", "light")}

    assert set(baseline.kept()) == wanted
