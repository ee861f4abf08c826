"""From a hand's movement to the paint that answers it, in headless Chromium.

``python -m bench browser``: each interaction is done several times on the synthetic workspace; the
figure is the median of milliseconds from the event to the frame that shows what was asked for:
what is there when a frame begins is painted in it, and a task set then runs after the paint.
What the server must answer is told twice: until the press is answered (interaction to next paint)
and until all of it is there.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from playwright.sync_api import Page

from bench.row import Row
from tests.browser.chromium import launched
from tests.browser.standing import standing
from tests.browser.watch import Watch

TIMES, LIMIT, WHOLE = 11, 100.0, 300.0
_TIMED = """async ([press, shown]) => {
  const holds = () => document.querySelector(shown)
  const target = document.querySelector(press)
  const start = performance.now()
  target.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }))
  do await new Promise(next => requestAnimationFrame(next)); while (!holds())
  await new Promise(done => setTimeout(done))
  return performance.now() - start
}"""
_ANSWERED = """() => new Promise(done => {
  const watch = new PerformanceObserver(list => {
    const found = list.getEntries().filter(one => one.interactionId).map(one => one.duration)
    if (found.length) { watch.disconnect(); done(Math.max(...found)) }
  })
  watch.observe({ type: "event", durationThreshold: 16 })
  setTimeout(() => { watch.disconnect(); done(16) }, 700)
})"""
"""Interaction to next paint, as the Event Timing API tells it; below 16 ms it tells nothing."""
_CLOSE = "() => { for (const one of document.querySelectorAll('dialog[open]')) one.close() }"


def rows() -> Iterator[Row]:
    with launched() as browser, standing("toy") as console:
        page = console.context(browser).new_page()
        watch = Watch(page)
        diagnosis = console.url + console.places["diagnosis"]
        watch.open(diagnosis)
        yield told("theme toggle", [_theme(page) for _ in range(TIMES)])
        yield told("palette open", [_palette(page) for _ in range(TIMES)])
        row, tree = "li:not(.on) > a.dx-row", ".dx-trees nav a:not([aria-current])"
        yield told("evidence pressed, the paint that answers", _answers(page, watch, row))
        yield told("evidence of another finding, all of it", _turns(
            page, watch, [row, "li.on > a.dx-row[aria-expanded=true]"]), limit=WHOLE)
        yield told("another split pressed, the paint that answers", _answers(page, watch, tree))
        yield told("another way to split, all of it", _turns(page, watch, [tree, "#fall"]),
                   limit=WHOLE)
        watch.open(console.url + console.places["host"])
        yield told("number card", [_card(page) for _ in range(TIMES)])


def told(name: str, milliseconds: list[float], *, limit: float = LIMIT) -> Row:
    return Row(name=f"{name}, median of {len(milliseconds)}", theirs=None, limit=limit, unit="ms",
               ours=statistics.median(milliseconds))


def _answers(page: Page, watch: Watch, press: str) -> list[float]:
    """Press with a true pointer; the answer is the next paint, whatever is still to come."""
    figures = []
    for _ in range(TIMES):
        page.evaluate(f"() => {{ window.answered = ({_ANSWERED})() }}")
        page.evaluate("() => { for (const one of document.querySelectorAll('.dx-trees'))"
                      " one.open = true }")
        page.locator(press).first.click()
        figures.append(float(page.evaluate("() => window.answered")))
        watch.settled()
    return figures


def _theme(page: Page) -> float:
    other = page.evaluate("document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'")
    return float(page.evaluate(_TIMED, ["button[name=theme]", f"html[data-theme={other}]"]))


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
