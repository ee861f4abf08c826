"""Take every screen in both themes and languages at 1440 and 390 pixels.

``python -m tests.browser.pictures [FOLDER] [--keep]`` writes them as PNG into a folder that git
does not see (``caopan-workspace/pictures``) and says which differ from the baseline. With
``--keep`` they become the baseline: look at them first.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser import baseline
from tests.browser.chromium import lacking, launched
from tests.browser.look import SHOWN, Case, cases, shots
from tests.browser.standing import Standing, standing
from tests.browser.thumb import Thumb, shrunk, unlike
from tests.browser.watch import Watch

FOLDER = Path("caopan-workspace/pictures")


def main() -> int:
    """Take the pictures and tell what changed; 1 where something did and is not kept."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    asked.add_argument("--keep", action="store_true", help="take them as the new baseline")
    options = asked.parse_args()
    reason = lacking()
    if reason is not None:
        sys.exit(reason)
    options.folder.mkdir(parents=True, exist_ok=True)
    thumbs = taken(options.folder)
    if options.keep:
        baseline.keep(thumbs)
        return 0
    return told(thumbs)


def taken(folder: Path) -> dict[str, Thumb]:
    """Take every picture into a folder; return the thumbs."""
    thumbs: dict[str, Thumb] = {}
    with launched() as browser, ExitStack() as worlds:
        known = {name: worlds.enter_context(standing(name)) for name in SHOWN}
        blank = browser.new_page()
        for case in (*cases(1440), *cases(390)):
            for theme, picture in pictured(browser, known[case.world], case).items():
                name = f"{case.name}-{theme}"
                (folder / f"{name}.png").write_bytes(picture)
                thumbs[name] = shrunk(blank, picture)
    return thumbs


def pictured(browser: Browser, console: Standing, case: Case) -> dict[str, bytes]:
    """Return one screen in every theme."""
    context = console.context(browser, width=case.width, language=case.language)
    try:
        return shots(Watch(context.new_page()).open(console.url + console.places[case.place]))
    finally:
        context.close()


def told(thumbs: dict[str, Thumb]) -> int:
    """Print what differs from the baseline; return the exit code."""
    before = baseline.kept()
    changes = {name: "new" if name not in before else unlike(thumb, before[name])
               for name, thumb in thumbs.items()} | {
                   name: "gone" for name in before if name not in thumbs}
    for name, change in sorted(changes.items()):
        if change:
            print(f"{name}: {change}")  # noqa: T201 - a command's answer
    return 1 if any(changes.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
