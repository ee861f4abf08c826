"""Every screen fits every width, with any name, under the policy; and it prints."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from tests.browser.fit import outside
from tests.browser.look import SHOWN
from tests.browser.standing import Standing
from tests.browser.watch import TWO_FRAMES, Watch
from tests.browser.worlds import SHARED

WIDTHS = (1440, 1024, 390)
MISSING = "missing"
"""The page of an address that does not exist: the browser itself says 404 in its console."""
ABOUT = ("hosts", "merchants", "diagnoses", "host", "merchant", "diagnosis", "session")
PLACES = {
    "toy": SHOWN["toy"], "long": (*SHOWN["long"], *ABOUT, "batches", "batch", "metric", "quality"),
    "douyin": ("today", "import", "batch", "hosts", "diagnoses", "host", "diagnosis", "session",
               "metrics", "metric", "quality")}


@pytest.mark.parametrize(("name", "place"), [
    pytest.param(name, place, id=f"{name}-{place}")
    for name, places in PLACES.items() for place in dict.fromkeys(places)])
def test_a_screen_stands_inside_every_width_and_complains_of_nothing(
        browser: Browser, world: Callable[[str], Standing], name: str, place: str) -> None:
    if name == "douyin" and not SHARED.is_dir():
        pytest.skip(f"the real data is not here: {SHARED} (set CAOPAN_SHARED_DATA)")
    console = world(name)
    context = console.context(browser, width=WIDTHS[0], language="en")
    watch = Watch(context.new_page())
    page = watch.open(console.url + console.places[place])

    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(TWO_FRAMES)
        found[width] = outside(page)
    context.close()

    assert found == {width: [] for width in WIDTHS}
    assert [one for one in watch.complaints if place != MISSING or "404" not in one] == []


def test_a_printed_diagnosis_has_no_rail_and_dark_ink(
        browser: Browser, world: Callable[[str], Standing]) -> None:
    console = world("toy")
    context = console.context(browser)
    page = Watch(context.new_page()).open(console.url + console.places["diagnosis"])

    page.emulate_media(media="print")
    page.set_viewport_size({"width": 794, "height": 1123})
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.evaluate(TWO_FRAMES)

    assert not page.locator(".rail").is_visible()
    assert not page.locator(".top").is_visible()
    assert page.locator(".dx-head").is_visible()
    assert page.locator("#evidence").evaluate("one => getComputedStyle(one).position") == "static"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(22, 27, 36)"
    assert outside(page) == []
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    context.close()
