"""A third user has no mouse, reads English and holds a phone of 390 pixels."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, expect
from playwright.sync_api import TimeoutError as WaitedError

from tests.browser.desk import PATIENCE, Desk, desk_at
from tests.browser.worlds import sessions_file


def test_everything_is_done_by_keyboard(tmp_path: Path, browser: Browser) -> None:
    file = sessions_file(tmp_path / "sessions.csv", shows=60)
    with desk_at(tmp_path / "room", browser, width=390) as desk:
        come_in(desk)
        speak_english(desk)
        bring(desk, file)
        read_a_subject(desk)
        read_a_diagnosis(desk)


def come_in(desk: Desk) -> None:
    """Type the ticket at the door."""
    desk.page.goto(f"{desk.address}/enter")
    desk.tab_to("#ticket")
    desk.page.keyboard.type(desk.house.workspace.new_ticket())
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url(f"{desk.address}/")
    desk.check()


def speak_english(desk: Desk) -> None:
    """Go to the settings and choose the language."""
    press(desk, "g", ",")
    desk.page.wait_for_url("**/settings")
    desk.check()
    desk.tab_to("button[name=language][value=en]")
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_selector("html[lang=en]")
    desk.check()


def bring(desk: Desk, file: Path) -> None:
    """Pick a file and take it in."""
    press(desk, "g", "i")
    desk.page.wait_for_url("**/import")
    desk.check()
    choose(desk, file)
    desk.page.wait_for_selector("#standing")
    desk.check()
    desk.tab_to(".imp-bar form[action$=take] button")
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url("**/import/batches/1")
    desk.check()


def choose(desk: Desk, file: Path) -> None:
    """Open the file chooser; a busy machine may take the key before the button is wired."""
    for patience in (15_000, 90_000):
        desk.tab_to("#pick-way")
        try:
            with desk.page.expect_file_chooser(timeout=patience) as choosing:
                desk.page.keyboard.press("Enter")
        except WaitedError:
            continue
        choosing.value.set_files(file)
        return
    message = "Enter never opens the file chooser"
    raise AssertionError(message)


def read_a_subject(desk: Desk) -> None:
    """Walk the list to a host, and ask a number what it means."""
    page = desk.page
    press(desk, "g", "s")
    page.wait_for_url("**/subjects")
    desk.check()
    press(desk, "j", "Enter")
    page.wait_for_url("**/subjects/streamer/*")
    desk.check()
    desk.tab_to("button.num")
    page.keyboard.press("Enter")
    expect(page.locator("#numcard")).to_contain_text("How it is made")
    page.keyboard.press("Escape")
    expect(page.locator("#numcard")).to_be_hidden()
    assert page.evaluate("document.activeElement.matches('button.num')")


def read_a_diagnosis(desk: Desk) -> None:
    """Find the diagnoses by the palette, and open what stands behind a finding."""
    page = desk.page
    page.keyboard.press("Control+k")
    page.keyboard.type("diagn")
    expect(page.locator("#palette [aria-selected=true]")).to_contain_text("Diagn")
    page.keyboard.press("Enter")
    page.wait_for_url("**/diagnose")
    expect(page.locator(".dx-who-row")).to_have_count(2, timeout=PATIENCE)
    desk.check()
    desk.tab_to("a.dx-who-row[href*=Unbreakably]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".dx-hero")
    desk.check()
    page.keyboard.press("Escape")
    expect(page.locator("#evidence")).to_have_count(0)
    desk.tab_to(".dx-found a.dx-row")
    page.keyboard.press("Enter")
    expect(page.locator("#evidence")).to_contain_text(re.compile("How it was found", re.IGNORECASE))
    desk.check()
    press(desk, "?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()


def press(desk: Desk, *keys: str) -> None:
    """Press keys one after another."""
    for key in keys:
        desk.page.keyboard.press(key)
