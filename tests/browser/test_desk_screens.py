"""Every screen on a desk: nobody is kept out, nothing sticks out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from tests.browser.look import Seen, cases, looked
from tests.browser.standing import Standing


@pytest.fixture(scope="module", params=cases(1440), ids=lambda case: case.name)
def seen(request: pytest.FixtureRequest, browser: Browser,
         world: Callable[[str], Standing]) -> Seen:
    return looked(browser, world, request.param)


def test_nobody_is_kept_out(seen: Seen) -> None:
    assert seen.barriers == []


def test_nothing_is_wider_than_the_screen(seen: Seen) -> None:
    assert seen.outside == []
