"""What protects every answer: a strict content policy, headers, the check of where from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'")
HEADERS: Mapping[str, str] = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "x-frame-options": "DENY",
}
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Guard:
    """ASGI middleware: security headers on every answer, foreign changes and hosts refused.

    Args:
        app: what it guards.
        hosts: the names under which the console may be called, without port; a page elsewhere
            cannot reach it under a name of its own (DNS rebinding).
    """

    def __init__(self, app: ASGIApp, *, hosts: frozenset[str]) -> None:
        """Keep what is guarded."""
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403 to what comes from elsewhere; pass the rest on with headers."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not self._welcome(scope, headers):
            await _refuse(scope, receive, send)
            return
        if scope["type"] == "websocket":
            await self.app(scope, receive, send)
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    answer.setdefault(name, value)
                answer.setdefault("cache-control", "no-store")
            await send(message)

        await self.app(scope, receive, sealed)

    def _welcome(self, scope: Scope, headers: Headers) -> bool:
        if host_of(headers.get("host", "")) not in self.hosts:
            return False
        if scope["type"] == "http" and scope["method"] in SAFE:
            return True
        return comes_from_here(headers)


def comes_from_here(headers: Headers) -> bool:
    """Return whether a change or a socket was opened by a page of our own, or by no page.

    >>> comes_from_here(Headers({"host": "127.0.0.1:8000", "origin": "http://evil.example"}))
    False
    """
    site = headers.get("sec-fetch-site")
    if site is not None and site not in {"same-origin", "none"}:
        return False
    origin = headers.get("origin")
    if origin is None:
        return True
    if origin == "null":  # a form of a page that tells no referrer; the browser vouches for it
        return site == "same-origin"
    return origin.partition("://")[2] == headers.get("host", "")


def host_of(header: str) -> str:
    """Return the host of a Host header without its port.

    >>> host_of("127.0.0.1:8000"), host_of("[::1]:8000")
    ('127.0.0.1', '[::1]')
    """
    if header.startswith("["):
        return header.partition("]")[0] + "]"
    return header.partition(":")[0].lower()


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    start: dict[str, Any] = {
        "type": "http.response.start", "status": 403,
        "headers": [(b"content-type", b"text/plain; charset=utf-8"),
                    *((name.encode(), value.encode()) for name, value in HEADERS.items())]}
    await send(start)
    await send({"type": "http.response.body",
                "body": "请求不是从操盘台的页面发出的 · this request does not come from a page "
                        "of the console\n".encode()})
