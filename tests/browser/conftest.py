"""One real Chromium a worker, before real servers that are built once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.chromium import lacking, launched
from tests.browser.desk import Desk, desk_at
from tests.browser.standing import Standing, standing


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the browser; without one the tests are skipped, and fail where CI runs them."""
    reason = lacking()
    if reason is not None and os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    if reason is not None:
        pytest.skip(reason)
    with launched() as opened:
        yield opened


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def world(browser: Browser) -> Iterator[Callable[[str], Standing]]:
    """Return a function that gives a console over a named workspace; each is built once."""
    with ExitStack() as open_ones:
        known: dict[str, Standing] = {}

        def named(name: str) -> Standing:
            if name not in known:
                known[name] = open_ones.enter_context(standing(name))
            return known[name]

        yield named


@pytest.fixture
def desk(tmp_path: Path, browser: Browser) -> Iterator[Desk]:
    """Return a new console over an empty workspace, and a page that has come in."""
    with desk_at(tmp_path / "room", browser) as opened:
        opened.enter()
        yield opened
