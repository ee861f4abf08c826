"""A choice of colours shows at once and holds; the charts follow."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Browser, expect

from tests.browser.standing import Standing
from tests.browser.watch import Watch

_INK = """() => { const canvas = document.querySelector("#calendar canvas")
  return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.join() }"""


def test_another_theme_shows_without_loading_the_page_and_holds(
        browser: Browser, world: Callable[[str], Standing]) -> None:
    console = world("toy")
    context = console.context(browser)
    page = Watch(context.new_page()).open(console.url + console.places["host"])
    page.wait_for_selector("#calendar figure[data-drawn=yes]")
    page.evaluate("globalThis.sameDocument = true")
    before = page.evaluate(_INK)

    with page.expect_response("**/settings/taste") as kept:
        page.locator("button[name=theme]").click()
    page.wait_for_function("before => (" + _INK + ")() !== before", arg=before)

    assert kept.value.status == 204
    assert page.evaluate("globalThis.sameDocument") is True
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    with page.expect_response("**/settings/taste"):
        page.locator("button[name=theme]").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    with page.expect_response("**/settings/taste"):
        page.locator("button[name=theme]").click()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    context.close()


def test_a_choice_in_the_settings_is_marked_at_once(
        browser: Browser, world: Callable[[str], Standing]) -> None:
    console = world("toy")
    context = console.context(browser)
    page = Watch(context.new_page()).open(console.url + console.places["settings"])
    page.evaluate("globalThis.sameDocument = true")
    red = page.locator("button[name=rise][value=red]")

    red.click()

    expect(red).to_have_attribute("aria-pressed", "true")
    expect(page.locator("button[name=rise][value=green]")).to_have_attribute(
        "aria-pressed", "false")
    assert page.evaluate("document.documentElement.dataset.rise") == "red"
    assert page.evaluate("globalThis.sameDocument") is True
    context.close()


def test_without_a_script_the_same_button_loads_the_page_in_the_other_theme(
        browser: Browser, world: Callable[[str], Standing]) -> None:
    console = world("toy")
    context = console.context(browser, java_script_enabled=False)
    page = context.new_page()
    page.goto(console.url + console.places["settings"])

    page.locator("button[name=theme]:not(.settings-option)").click()

    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    context.close()


def test_paper_is_light_whatever_the_screen_wears(
        browser: Browser, world: Callable[[str], Standing]) -> None:
    console = world("toy")
    context = console.context(browser)
    page = Watch(context.new_page()).open(console.url + console.places["host"])
    page.wait_for_selector("#calendar figure[data-drawn=yes]")
    dark_ink = page.evaluate(_INK)
    on_screen = page.evaluate("getComputedStyle(document.body).color")

    light_ink = page.evaluate(
        "() => { dispatchEvent(new Event('beforeprint')); return (" + _INK + ")() }")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.wait_for_function("before => (" + _INK + ")() !== before", arg=light_ink)
    page.emulate_media(media="print")
    on_paper = page.evaluate("getComputedStyle(document.body).color")

    assert light_ink != dark_ink, "painted before it is printed, not after"
    assert on_screen == "rgb(230, 233, 239)"
    assert on_paper == "rgb(22, 27, 36)"
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    context.close()
