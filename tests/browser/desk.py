"""A new console of one's own, and a page of the shared browser before it."""

from __future__ import annotations

import base64
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from caopan import Workspace
from caopan.web.address import LOOPBACK
from caopan.web.child import server_of
from caopan.web.house import House
from tests.browser.fit import outside
from tests.browser.watch import Watch

PATIENCE = 90_000
"""Milliseconds a slow machine may take for the real files."""
_DROP = """(files) => {
  const transfer = new DataTransfer()
  for (const [name, body] of files)
    transfer.items.add(new File([Uint8Array.from(atob(body), each => each.charCodeAt(0))], name))
  dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, cancelable: true }))
}"""
_REACHED = """(wanted) => {
  const at = document.activeElement, style = getComputedStyle(at)
  if (!at.matches(wanted)) return ""
  return style.boxShadow !== "none" || style.outlineStyle !== "none"
    || at.closest("label")?.matches(":focus-within") || at.querySelector(".press")
    ? "seen" : "unseen"
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A console that runs, and a page of a browser at its door."""

    house: House
    page: Page
    watch: Watch
    address: str

    @property
    def complaints(self) -> list[str]:
        """Return what the browser complained of so far; its policy complains here as well."""
        return self.watch.complaints

    def enter(self) -> None:
        """Come in by the one-time link."""
        self.page.goto(f"{self.address}/enter#{self.house.workspace.new_ticket()}")
        self.page.wait_for_url(lambda url: "/enter" not in url)

    def drop(self, files: dict[str, bytes]) -> None:
        """Drop files on the page, as a folder gives them."""
        self.page.evaluate(_DROP, [[name, base64.b64encode(body).decode()]
                                   for name, body in files.items()])

    def tab_to(self, wanted: str) -> None:
        """Press Tab until what is wanted has the focus, and shows that it has."""
        for _ in range(250):
            self.page.keyboard.press("Tab")
            reached = self.page.evaluate(_REACHED, wanted)
            if reached:
                assert reached == "seen", f"the focus on {wanted} cannot be seen"
                return
        message = f"Tab never reaches {wanted} on {self.page.url}"
        raise AssertionError(message)

    def check(self) -> None:
        """The page is calm, complains of nothing and stands inside the screen."""
        self.watch.settled()
        assert self.complaints == []
        assert outside(self.page) == []


@contextmanager
def desk_at(folder: Path, browser: Browser, *, width: int = 1440) -> Iterator[Desk]:
    """Serve a workspace of one's own for as long as the block runs."""
    with Workspace.open(folder) as workspace, socket.create_server(("127.0.0.1", 0)) as listening:
        house = House.of(workspace)
        server = server_of(house, hosts=LOOPBACK)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        context = browser.new_context(viewport={"width": width, "height": 844}, locale="zh-CN",
                                      reduced_motion="reduce", accept_downloads=True)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        yield Desk(house=house, page=page, watch=Watch(page),
                   address=f"http://127.0.0.1:{listening.getsockname()[1]}")
        context.close()
        server.should_exit = True
        thread.join()
        house.jobs.close()
