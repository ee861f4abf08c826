"""The number formatter in JavaScript says what the one in Python says; ink is chosen by light."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.web.console.number_vectors import PLACE

ROOT = Path(__file__).resolve().parents[3]
BY_HAND = json.loads((ROOT / "tests" / "units" / "number_vectors.json").read_text("utf-8"))
RUN = """async (vectors) => {
  const numbers = await import("/static/chart/number.js");
  return vectors.map(([call, unit, currency, language, of]) =>
    numbers[call](...of, {unit, currency, language}));
}"""


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    return open_page("states=none")


def test_every_generated_vector_is_said_alike(page: Page) -> None:
    vectors = json.loads(PLACE.read_text(encoding="utf-8"))

    said = page.evaluate(RUN, vectors)

    unlike = [(vector, told) for vector, told in zip(vectors, said, strict=True)
              if vector[-1] != told]
    assert unlike == []
    assert len(said) > 3_000


@pytest.mark.parametrize(("name", "unit"), [
    ("count", "count"), ("percent", "ratio"), ("times", "times"), ("duration", "seconds")])
def test_the_vectors_written_by_hand_hold_in_the_browser(page: Page, name: str, unit: str) -> None:
    rows = BY_HAND[name]
    wanted = [(row[0], row[1], row[-1]) for row in rows]
    vectors = [["value", unit, "CNY", language, [number]]
               for number, *_ in wanted for language in ("zh", "en")]

    said = page.evaluate(RUN, vectors)

    assert said == [word for _, zh, en in wanted for word in (zh, en)]


def test_money_written_by_hand_holds_in_the_browser(page: Page) -> None:
    vectors = [["value", "money", currency, language, [minor]]
               for minor, currency, *_ in BY_HAND["money"] for language in ("zh", "en")]

    said = page.evaluate(RUN, vectors)

    assert said == [word for _, _, zh, en in BY_HAND["money"] for word in (zh, en)]


def test_a_tick_has_no_currency_and_no_idle_zeros(page: Page) -> None:
    vectors = [["tick", "money", "CNY", "zh", [30_000_000]],
               ["tick", "money", "CNY", "en", [150_00]],
               ["tick", "ratio", "CNY", "zh", [0.75]], ["tick", "ratio", "CNY", "zh", [0]],
               ["tick", "money", "CNY", "zh", [-250_000_00]], ["tick", "count", "CNY", "zh", [10]],
               ["tick", "money", "CNY", "zh", [1_050_000_000_000]]]

    assert page.evaluate(RUN, vectors) == ["30万", "150", "75%", "0%", "−25万", "10", "105亿"]


def test_ink_is_the_one_with_most_contrast(page: Page) -> None:
    found = page.evaluate("""async () => {
      const { ink, luminance } = await import("/static/chart/paint.js");
      return [luminance("#ffffff"), luminance("#000000"), luminance("#ff0000"),
              ink("#ffffff", "#000000", "#ffffff"), ink("#000000", "#000000", "#ffffff"),
              ink("#9cc1ff", "#0b0e14", "#e6e9ef"), ink("#16202f", "#0b0e14", "#e6e9ef")];
    }""")

    assert found[:3] == pytest.approx([1.0, 0.0, 0.2126])
    assert found[3:] == ["#000000", "#ffffff", "#0b0e14", "#e6e9ef"]


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_chosen_ink_is_readable_on_every_step_of_the_scale(page: Page, theme: str) -> None:
    worst = page.evaluate("""async (theme) => {
      document.documentElement.dataset.theme = theme;
      const { ink, luminance } = await import("/static/chart/paint.js");
      const style = getComputedStyle(document.body);
      const token = (name) => style.getPropertyValue(`--${name}`).trim();
      return Math.min(...[0, 1, 2, 3, 4, 5].map((step) => {
        const ground = token(`seq-${step}`);
        const chosen = ink(ground, ...["bg", "fg", "on-accent"].map(token));
        const pair = [ground, chosen].map(luminance).sort();
        return (pair[1] + 0.05) / (pair[0] + 0.05);
      }));
    }""", theme)

    assert worst >= 4.5
