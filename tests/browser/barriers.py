"""What axe finds that keeps people out."""

from __future__ import annotations

from functools import cache

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GRAVE = {"serious", "critical"}
EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules whose outcome hangs on the theme."""
_RUN = """async (rules) => {
  return (await axe.run(document, { resultTypes: ["violations"], runOnly: rules })).violations
}"""


@cache
def _axe() -> str:
    return Axe().axe_script


def barriers(page: Page, rules: list[str] = EVERYTHING) -> list[str]:
    """Return every finding of level serious or critical; the page's policy must be bypassed."""
    if not page.evaluate("() => Boolean(globalThis.axe)"):
        page.evaluate(_axe())
    return [f"{one['impact']} {one['id']}: {node['target'][0]} | {node['html'][:120]} | "
            f"{'; '.join(each['message'] for each in node['any'][:1])}"
            for one in page.evaluate(_RUN, rules) if one["impact"] in GRAVE
            for node in one["nodes"][:4]]
