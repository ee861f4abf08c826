"""Every screen on a phone: as on a desk, and a finger finds every button and link."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from tests.browser.look import Seen, cases, looked
from tests.browser.standing import Standing


@pytest.fixture(scope="module", params=cases(390), ids=lambda case: case.name)
def seen(request: pytest.FixtureRequest, browser: Browser,
         world: Callable[[str], Standing]) -> Seen:
    return looked(browser, world, request.param)


def test_nobody_is_kept_out(seen: Seen) -> None:
    assert seen.barriers == []


def test_nothing_is_wider_than_the_screen(seen: Seen) -> None:
    assert seen.outside == []


def test_a_finger_finds_every_button_and_link(seen: Seen) -> None:
    assert seen.small == []
