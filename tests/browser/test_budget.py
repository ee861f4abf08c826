"""What a page weighs the first time, as it comes over the wire."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from caopan.web.static import FOLDER
from tests.browser.look import SHOWN
from tests.browser.standing import Standing
from tests.browser.watch import Watch

HEAVIEST, WITHOUT_CHARTS, SCRIPTS = 300_000, 58_000, 25_000
"""Bytes, gzip: a whole page with everything it loads; one without charts (asked: 60 kB); our own
scripts together."""
_CAME = """() => [...performance.getEntriesByType("navigation"),
  ...performance.getEntriesByType("resource")].map(one => [one.name, one.transferSize])"""


@pytest.mark.parametrize("place", SHOWN["toy"])
def test_a_first_load_keeps_within_its_budget(
        browser: Browser, world: Callable[[str], Standing], place: str) -> None:
    console = world("toy")
    context = console.context(browser)
    page = Watch(context.new_page()).open(console.url + console.places[place])

    came = dict(page.evaluate(_CAME))
    context.close()

    charts = any("echarts" in name for name in came)
    assert len(came) >= 4, "a page and its three style sheets at least"
    assert all(size > 0 for size in came.values()), came
    assert sum(came.values()) <= (HEAVIEST if charts else WITHOUT_CHARTS), came


def test_the_scripts_written_by_hand_stay_small() -> None:
    scripts = [path for path in FOLDER.rglob("*.js") if "vendor" not in path.parts]

    assert len(scripts) > 10
    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in scripts) <= SCRIPTS
