"""Every chart in a real browser, under the policy of the console."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCRIPTS = Path(__file__).resolve().parents[3] / "src/caopan/web/console/static/chart"
ALL = "ready,stale,loading,empty,too_little_data,error"
DRAWN = "[...document.querySelectorAll('figure[data-chart]')].every(one => one.dataset.drawn)"
INKED = """(id) => {
  const canvas = document.querySelector(`#${id} canvas`);
  const copy = document.createElement("canvas");
  [copy.width, copy.height] = [canvas.width, canvas.height];
  const context = copy.getContext("2d", { willReadFrequently: true });
  context.drawImage(canvas, 0, 0);
  const bytes = context.getImageData(0, 0, copy.width, copy.height).data;
  const colours = new Map();
  for (let at = 0; at < bytes.length; at += 4) {
    if (bytes[at + 3] < 255) continue;
    const colour = `${bytes[at]},${bytes[at + 1]},${bytes[at + 2]}`;
    colours.set(colour, (colours.get(colour) ?? 0) + 1);
  }
  return Object.fromEntries(colours);
}"""
DARK_ACCENT, LIGHT_ACCENT = "76,141,255", "36,103,230"


def until(page: Page, holds: str, *, tries: int = 300) -> None:
    """Wait for an expression; the policy forbids the browser to poll a string itself."""
    for _ in range(tries):
        if page.evaluate(holds):
            return
        page.wait_for_timeout(50)
    message = f"never true: {holds}"
    raise AssertionError(message)


def drawn(page: Page) -> Page:
    until(page, DRAWN)
    page.wait_for_timeout(300)
    return page


@pytest.mark.parametrize(("width", "theme", "language", "states", "figures"), [
    (1440, "dark", "zh", ALL, 16), (1440, "light", "en", "ready", 8),
    (390, "dark", "en", "ready", 8), (390, "light", "zh", "ready", 8)])
def test_all_charts_draw_under_the_policy_and_stay_inside_the_page(
    open_page: Callable[..., Page], width: int, theme: str, language: str, states: str,
    figures: int,
) -> None:
    page = drawn(open_page(f"theme={theme}&language={language}&states={states}", width=width))

    outcome = page.evaluate("[...document.querySelectorAll('figure[data-chart]')]"
                            ".map(one => [one.id, one.dataset.drawn])")
    assert len(outcome) == figures
    assert {done for _, done in outcome} == {"yes"}
    assert page.said == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_chart_wears_the_colours_of_the_theme_and_changes_with_it(
    open_page: Callable[..., Page],
) -> None:
    page = drawn(open_page("theme=dark"))
    dark = page.evaluate(INKED, "pacing-ready")

    page.evaluate("document.documentElement.dataset.theme = 'light'")
    page.wait_for_timeout(400)
    light = page.evaluate(INKED, "pacing-ready")

    assert dark.get(DARK_ACCENT, 0) > 100
    assert DARK_ACCENT not in light
    assert light.get(LIGHT_ACCENT, 0) > 100


def test_a_figure_that_is_swapped_in_is_drawn_and_one_that_goes_is_let_go(
    open_page: Callable[..., Page],
) -> None:
    page = drawn(open_page())
    assert page.locator("#radar-ready canvas").count() == 1

    page.evaluate("""() => {
      const card = document.querySelector("#card-radar-ready");
      const copy = card.cloneNode(true);
      copy.querySelector(".chart-plot").replaceChildren();
      delete copy.querySelector("figure").dataset.drawn;
      card.replaceWith(copy);
    }""")
    drawn(page)

    assert page.locator("#radar-ready canvas").count() == 1
    assert page.said == []


def test_new_data_in_the_same_figure_are_drawn(open_page: Callable[..., Page]) -> None:
    page = drawn(open_page())
    before = page.evaluate(INKED, "calendar-ready")

    page.evaluate("""() => {
      const script = document.querySelector("#calendar-ready script");
      const data = JSON.parse(script.textContent);
      data.cells = data.cells.slice(0, 5);
      script.textContent = JSON.stringify(data);
    }""")
    page.wait_for_timeout(400)

    assert sum(page.evaluate(INKED, "calendar-ready").values()) < sum(before.values()) / 2


def test_a_plot_emptied_by_a_morph_is_drawn_anew(open_page: Callable[..., Page]) -> None:
    page = drawn(open_page())

    page.evaluate("document.querySelector('#slots-ready .chart-plot').replaceChildren()")
    until(page, "Boolean(document.querySelector('#slots-ready canvas'))")

    assert page.said == []


def test_data_that_cannot_be_read_open_the_twin(open_page: Callable[..., Page]) -> None:
    page = drawn(open_page())

    page.evaluate("document.querySelector('#slots-ready script').textContent = '{broken'")
    until(page, "document.querySelector('#slots-ready').dataset.drawn === 'no'")

    assert page.locator("#slots-ready .chart-twin").get_attribute("open") is not None


def test_the_chart_library_is_fetched_only_where_a_figure_needs_it(
    open_page: Callable[..., Page],
) -> None:
    without = open_page("states=loading,empty")
    without.wait_for_timeout(300)
    within = drawn(open_page())

    fetched = ("performance.getEntriesByType('resource')"
               ".filter(one => one.name.endsWith('echarts.js')).length")
    assert without.evaluate(fetched) == 0
    assert within.evaluate(fetched) == 1


def test_a_chart_follows_the_width_of_its_place(open_page: Callable[..., Page]) -> None:
    page = drawn(open_page(width=1440))

    page.set_viewport_size({"width": 390, "height": 1000})
    page.wait_for_timeout(400)

    plot, canvas = page.evaluate("""() => ["", " canvas"].map((more) =>
      document.querySelector(`#pacing-ready .chart-plot${more}`).clientWidth)""")
    assert plot == canvas < 390


def test_those_who_want_less_motion_get_none(open_page: Callable[..., Page]) -> None:
    page = drawn(open_page(reduced_motion="reduce"))

    assert page.evaluate("""async () => {
      const { painter } = await import("/static/chart/paint.js");
      return painter(document.querySelector(".chart-plot"), {}).base.animation;
    }""") is False


def test_a_crosshair_tells_the_numbers_of_a_moment(open_page: Callable[..., Page]) -> None:
    page = drawn(open_page())
    page.locator("#pacing-ready").scroll_into_view_if_needed()
    calm = page.evaluate(INKED, "pacing-ready")
    box = page.locator("#pacing-ready .chart-plot").bounding_box()

    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.4)
    page.wait_for_timeout(400)

    overlay = "22,28,40"
    assert page.evaluate(INKED, "pacing-ready").get(overlay, 0) > 2_000 > calm.get(overlay, 0)
    assert page.said == []


def test_without_script_the_sentence_and_the_twin_are_there(
    open_page: Callable[..., Page],
) -> None:
    page = open_page("language=en", java_script_enabled=False)

    page.locator("#pacing-ready summary").click()

    assert page.locator("#pacing-ready .chart-summary").inner_text().startswith("At 21:40 actual")
    assert page.locator("#pacing-ready .chart-twin tbody tr").count() == 37
    assert page.locator("#pacing-ready .chart-twin tbody tr").first.is_visible()
    assert page.locator("#waterfall-ready svg.draw").is_visible()


def test_what_cannot_be_told_is_hatched_under_the_policy(open_page: Callable[..., Page]) -> None:
    page = drawn(open_page())

    bar = page.locator("#waterfall-ready .b.unknown").first
    assert bar.evaluate("one => getComputedStyle(one).fill") == 'url("#hatch")'
    assert page.locator("pattern#hatch").count() == 1


@pytest.mark.parametrize(("theme", "states"), [
    ("dark", "ready"), ("light", "stale,error"), ("dark", "loading,empty,too_little_data")])
def test_no_chart_is_a_barrier(open_page: Callable[..., Page], theme: str, states: str) -> None:
    page = drawn(open_page(f"theme={theme}&states={states}", bypass_csp=True))
    page.evaluate("""document.querySelectorAll("[id^=steps] details, [id^=radar] details")
      .forEach((one) => { one.open = true; })""")

    found = Axe().run(page, options={"rules": {"region": {"enabled": False},
                                               "page-has-heading-one": {"enabled": False}}})

    assert [(one["id"], [node["html"][:200] for node in one["nodes"][:3]])
            for one in found.response["violations"]] == []


def test_on_a_phone_the_waterfall_turns_to_rows_and_a_finger_finds_the_twin(
    open_page: Callable[..., Page],
) -> None:
    page = drawn(open_page(width=390))

    assert not page.locator("#waterfall-ready svg.draw").is_visible()
    assert page.locator("#waterfall-ready .chart-rows").is_visible()
    assert page.locator("#pacing-ready .chart-twin summary").bounding_box()["height"] >= 48


def test_the_scripts_stay_within_their_share() -> None:
    bodies = {path.name: path.read_bytes() for path in SCRIPTS.glob("*.js")}
    core = ("figure.js", "paint.js", "number.js")

    assert len(gzip.compress(b"".join(bodies.values()), 9)) <= 10_000
    assert sum(len(gzip.compress(bodies[name], 9)) for name in core) <= 5_600
    assert max(len(gzip.compress(body, 9)) for name, body in bodies.items()
               if name not in core) <= 1_600
