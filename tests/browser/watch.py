"""What a page says while it is used, and whether all its parts have come."""

from __future__ import annotations

from time import monotonic

from playwright.sync_api import Page, Request

PATIENCE = 180.0
"""Seconds until a page is held to never come to rest: the first of a plan fits its models."""
LOUD = {"error", "warning"}
STATE = """() => ({
  parts: [...document.querySelectorAll('[hx-trigger="load"]')]
    .map(one => one.getAttribute("hx-get")),
  calm: document.readyState === "complete"
    && !document.querySelector("[aria-busy=true]:not([data-example] *), .htmx-request")
    && !document.querySelector('[hx-trigger="load delay:600ms"]')
    && [...document.querySelectorAll("figure[data-chart]")].every(one => one.dataset.drawn)
    && (document.getElementById("age")?.dataset.stale ?? "false") === "false",
})"""
TWO_FRAMES = """() => document.fonts.ready.then(() => new Promise(
  done => requestAnimationFrame(() => requestAnimationFrame(done))))"""


class Watch:
    """Hears a page: complaints of the browser (also of its policy), and what is on its way."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        self._coming: set[Request] = set()
        self._asked: set[str] = set()
        page.on("console", lambda said: self.complaints.append(f"{said.type}: {said.text}")
                if said.type in LOUD else None)
        page.on("pageerror", lambda fault: self.complaints.append(f"error: {fault}"))
        page.on("request", self._begun)
        page.on("requestfinished", self._over)
        page.on("requestfailed", self._over)

    def open(self, address: str) -> Page:
        """Go somewhere and wait until everything there stands."""
        self.page.goto(address)
        return self.settled()

    def settled(self) -> Page:
        """Wait until every part of the page has come and is painted."""
        until = monotonic() + PATIENCE
        while not self._calm():
            if monotonic() > until:
                message = f"{self.page.url} never came to rest: {self._coming}"
                raise AssertionError(message)
            self.page.wait_for_timeout(25)
        self.page.evaluate(TWO_FRAMES)
        return self.page

    def _calm(self) -> bool:
        state = self.page.evaluate(STATE)
        came = all(any(asked.endswith(part) for asked in self._asked) for part in state["parts"])
        return bool(state["calm"] and came and not self._coming)

    def _begun(self, request: Request) -> None:
        self._coming.add(request)
        self._asked.add(request.url)

    def _over(self, request: Request) -> None:
        self._coming.discard(request)
