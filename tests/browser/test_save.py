"""What is shown can be taken away: a picture of a chart, its numbers, the tables of a page."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Browser, Locator, Page

from tests.browser.standing import Standing
from tests.browser.watch import Watch


def taken(page: Page, press: Callable[[], None]) -> tuple[str, bytes]:
    """Return the name and the content of what a press gives."""
    with page.expect_download() as given:
        press()
    return given.value.suggested_filename, given.value.path().read_bytes()


def opened(page: Page, kind: str) -> Locator:
    """Return a ready chart of a kind, its numbers unfolded."""
    figure = page.locator(f"figure.chart-{kind}[data-state=ready]").first
    figure.locator("summary").click()
    return figure


def test_a_chart_is_taken_away_as_a_picture_and_as_its_numbers(
        browser: Browser, world: Callable[[str], Standing]) -> None:
    console = world("toy")
    context = console.context(browser)
    watch = Watch(context.new_page())
    gallery = console.url + console.places["gallery"]

    page = watch.open(f"{gallery}?chart=waterfall")
    svg, drawing = taken(page, opened(page, "waterfall").locator("[data-save=picture]").click)
    page = watch.open(f"{gallery}?chart=pacing")
    painted = opened(page, "pacing")
    png, picture = taken(page, painted.locator("[data-save=picture]").click)
    csv, numbers = taken(page, painted.locator("[data-save=csv]").click)
    rows = painted.locator(".chart-twin tr").count()
    context.close()

    assert png.endswith(".png")
    assert picture.startswith(b"\x89PNG")
    assert svg.endswith(".svg")
    assert b"var(" not in drawing
    assert b'id="hatch"' in drawing
    assert csv.endswith(".csv")
    assert len(numbers.decode("utf-8-sig").splitlines()) == rows > 2
    assert watch.complaints == []


def test_one_key_takes_the_tables_of_a_page(
        browser: Browser, world: Callable[[str], Standing]) -> None:
    console = world("toy")
    context = console.context(browser)
    page = Watch(context.new_page()).open(console.url + console.places["hosts"])

    name, table = taken(page, lambda: page.keyboard.press("e"))
    hosts = page.locator("main tbody tr").count()
    context.close()

    assert name == "caopan-subjects.csv"
    assert len(table.decode("utf-8-sig").splitlines()) == hosts + 1
