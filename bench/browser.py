"""From a hand's movement to the paint that answers it, in headless Chromium.

``python -m bench browser``: each interaction is done several times on the synthetic workspace; the
figure is the median of milliseconds from the event to the frame that shows what was asked for.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from playwright.sync_api import Page

from bench.row import Row
from tests.browser.chromium import launched
from tests.browser.standing import standing
from tests.browser.watch import Watch

TIMES, LIMIT = 11, 100.0
_TIMED = """async ([press, shown]) => {
  const holds = () => document.querySelector(shown)
  const target = document.querySelector(press)
  const start = performance.now()
  target.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }))
  while (!holds()) await new Promise(next => requestAnimationFrame(next))
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)))
  return performance.now() - start
}"""
_CLOSE = "() => { for (const one of document.querySelectorAll('dialog[open]')) one.close() }"
_FIRST_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"


def rows() -> Iterator[Row]:
    with launched() as browser, standing("toy") as console:
        page = console.context(browser).new_page()
        watch = Watch(page)
        diagnosis = console.url + console.places["diagnosis"]
        yield told("theme toggle (a new page)", [_theme(page, watch, diagnosis)
                                                 for _ in range(TIMES)])
        watch.open(diagnosis)
        yield told("palette open", [_palette(page) for _ in range(TIMES)])
        yield told("evidence of another finding", _turns(
            page, watch, ["li:not(.on) > a.dx-row", "li.on > a.dx-row[aria-expanded=true]"]))
        yield told("another way to split", _turns(
            page, watch, [".dx-trees nav a:not([aria-current])", "#fall"]))
        watch.open(console.url + console.places["host"])
        yield told("number card", [_card(page) for _ in range(TIMES)])


def told(name: str, milliseconds: list[float]) -> Row:
    return Row(name=f"{name}, median of {len(milliseconds)}", theirs=None, limit=LIMIT, unit="ms",
               ours=statistics.median(milliseconds))


def _theme(page: Page, watch: Watch, address: str) -> float:
    """Return the first paint of the page in its new theme, counted from leaving the old one."""
    watch.open(address)
    before = page.evaluate("document.documentElement.dataset.theme")
    page.locator("button[name=theme]").click()
    page.wait_for_function("was => document.documentElement.dataset.theme !== was", arg=before)
    watch.settled()
    return float(page.evaluate(_FIRST_PAINT))


def _palette(page: Page) -> float:
    took = page.evaluate(_TIMED, ["[data-palette]", "#palette[open]"])
    page.evaluate(_CLOSE)
    return float(took)


def _card(page: Page) -> float:
    took = page.evaluate(_TIMED, ["button.num", "#numcard:not([hidden]) h2"])
    page.keyboard.press("Escape")
    return float(took)


def _turns(page: Page, watch: Watch, marks: list[str]) -> list[float]:
    """Press what is not chosen, again and again; it is there once the address says so."""
    press, shown = marks
    figures = []
    for _ in range(TIMES):
        page.evaluate("() => document.getElementById('dx').setAttribute('data-old', '')")
        figures.append(float(page.evaluate(_TIMED, [press, f"#dx:not([data-old]) {shown}"])))
        watch.settled()
    return figures


if __name__ == "__main__":
    for row in rows():
        print(row.line())
