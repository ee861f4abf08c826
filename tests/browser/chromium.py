"""The browser of these tests: the system's own Chromium, with a font that has Chinese."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = Path(os.environ.get("CAOPAN_CHROMIUM") or next(
    (found for name in NAMES if (found := shutil.which(name))), "/usr/bin/chromium"))
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync")


def lacking() -> str | None:
    """Return what keeps these tests from running here, and what brings it; None where all is."""
    if not CHROMIUM.exists():
        return (f"no browser at {CHROMIUM}: install the package chromium, or name another "
                "one in CAOPAN_CHROMIUM")
    if not has_chinese_font():
        return "no font with Chinese letters: install the package fonts-noto-cjk"
    return None


def has_chinese_font() -> bool:
    """Return whether a page can show Chinese; where nobody can tell, it is taken for granted."""
    listing = shutil.which("fc-list")
    if listing is None:
        return True
    found = subprocess.run([listing, ":lang=zh", "file"], capture_output=True, text=True,
                           check=False)
    return bool(found.stdout.strip())


@contextmanager
def launched() -> Iterator[Browser]:
    """Give one Chromium for as long as the block runs."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        try:
            yield opened
        finally:
            opened.close()
