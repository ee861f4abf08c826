"""One load of one screen, looked at from every side: barriers, width, targets, pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from tests.browser.barriers import COLOURS, barriers
from tests.browser.fit import outside, small
from tests.browser.standing import Standing
from tests.browser.watch import TWO_FRAMES, Watch

THEMES = ("dark", "light")
SHOWN: dict[str, tuple[str, ...]] = {
    "toy": ("today", "import-synthetic", "batches", "batch", "hosts", "merchants", "diagnoses",
            "host", "diagnosis", "session", "merchant", "plan", "response", "stock", "compare",
            "backtest", "campaigns", "campaign", "campaign-spend", "growths", "growth", "runsheet",
            "runsheet-item", "metrics", "metric", "handbook", "rule", "quality", "settings",
            "gallery", "missing"),
    "long": ("import", "upload-asks", "upload-ready", "diagnosis", "host"),
    "empty": ("door", "today", "import", "hosts", "diagnoses", "plan", "quality"),
    "room": ("feeds", "overlay", "list", "control", "prompter", "floor", "desk", "traffic",
             "service", "wall")}
"""Every screen with its numbers; with names that never end; of a first run; and of a room."""
_THEME = "theme => { document.documentElement.dataset.theme = theme }"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One screen in one language at one width; both themes are looked at in one load."""

    world: str
    place: str
    width: int
    language: str

    @property
    def name(self) -> str:
        """Return the name of the case."""
        return f"{self.world}-{self.place}-{self.width}-{self.language}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was found."""

    case: Case
    barriers: list[str]
    outside: list[str]
    small: list[str]


def cases(width: int) -> list[Case]:
    """Return every case of a width; rare screens are looked at in one language a width."""
    other = "zh" if width > 600 else "en"
    return [Case(world=world, place=place, width=width, language=language)
            for language in ("zh", "en") for world, places in SHOWN.items()
            if world == "toy" or language == other for place in places]


def looked(browser: Browser, world: Callable[[str], Standing], case: Case) -> Seen:
    """Load a case once and look at it from every side."""
    standing = world(case.world)
    context = standing.context(browser, width=case.width, language=case.language,
                               bypass_csp=True)
    try:
        page = Watch(context.new_page()).open(standing.url + standing.places[case.place])
        in_light = barriers(themed(page, "light"), COLOURS)
        themed(page, "dark")
        return Seen(case=case, barriers=[*barriers(page), *in_light],
                    outside=outside(page), small=small(page) if case.width < 600 else [])
    finally:
        context.close()


def shots(page: Page) -> dict[str, bytes]:
    """Return a picture of the whole page in every theme; the last one stays on."""
    return {theme: themed(page, theme).screenshot(full_page=True) for theme in THEMES}


def themed(page: Page, theme: str) -> Page:
    """Put another theme on: all its colours hang on one attribute."""
    page.evaluate(_THEME, theme)
    page.evaluate(TWO_FRAMES)
    return page
