"""A console over a named workspace, in a process of its own whose clock stands still.

``python -m tests.browser.standing NAME FOLDER`` prints its address, a session and the addresses of
its screens as one line of JSON, and serves until its input closes.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from playwright.sync_api import Browser, BrowserContext

from caopan import Workspace
from caopan.web import session, taste
from caopan.web.address import LOOPBACK, listen
from caopan.web.child import server_of
from caopan.web.house import House
from tests.browser.still import MOMENT, still
from tests.browser.worlds import BUILD, Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A console that answers."""

    url: str
    session: str
    places: Places

    def context(self, browser: Browser, *, width: int = 1440, theme: str = "dark",
                language: str = "zh", **options: object) -> BrowserContext:
        """Return a browser that is in, with a taste and a width."""
        opened = browser.new_context(
            viewport={"width": width, "height": 844 if width < 600 else 900},
            locale="zh-CN" if language == "zh" else "en-GB", reduced_motion="reduce",
            has_touch=width < 600, **options)
        opened.add_cookies([
            {"name": session.COOKIE, "value": self.session, "url": self.url},
            {"name": taste.COOKIE, "value": f"{language}.{theme}", "url": self.url}])
        return opened


@contextmanager
def standing(name: str) -> Iterator[Standing]:
    """Serve a workspace for as long as the block runs."""
    with tempfile.TemporaryDirectory(prefix="caopan-") as folder:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.browser.standing", name, folder],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            cwd=Path(__file__).resolve().parents[2])
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield Standing(**json.loads(process.stdout.readline()))
        finally:
            process.stdin.close()
            process.wait(timeout=60)
            process.stdout.close()


def main(name: str, folder: str) -> None:
    """Build, say where, serve."""
    room = Path(folder) / "room"
    with still():
        places = BUILD[name](room)
        with Workspace.open(room) as workspace, listen("127.0.0.1", 0) as listening:
            house = House.of(workspace)
            server = server_of(house, hosts=LOOPBACK)
            Thread(target=_end_with_parent, args=(server,), daemon=True).start()
            print(json.dumps({  # noqa: T201 - its parent reads it
                "url": f"http://127.0.0.1:{listening.getsockname()[1]}", "places": places,
                "session": session.new_session(house.keys, now=MOMENT)}), flush=True)
            server.run(sockets=[listening])
            house.jobs.close()


def _end_with_parent(server: object) -> None:
    sys.stdin.read()
    server.should_exit = True


if __name__ == "__main__":
    main(*sys.argv[1:])
