"""Parts of the application that are loaded at their first call."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from starlette.types import ASGIApp, Receive, Scope, Send


class Later:
    """An ASGI application that is made when it is first called, in a thread.

    Args:
        make: makes it.
    """

    def __init__(self, make: Callable[[], ASGIApp]) -> None:
        """Make nothing yet."""
        self._make = make
        self._made: ASGIApp | None = None
        self._making = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on."""
        await (self._made or await self._make_once())(scope, receive, send)

    async def _make_once(self) -> ASGIApp:
        async with self._making:
            if self._made is None:
                self._made = await asyncio.to_thread(self._make)
            return self._made


class Apart:
    """An ASGI application of several: what an address begins with says which answers.

    Args:
        parts: by the first word of their addresses, such as ``/rooms``.
        rest: answers everything else.
    """

    def __init__(self, parts: Mapping[str, ASGIApp], *, rest: ASGIApp) -> None:
        """Keep the parts."""
        self._parts, self._rest = parts, rest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on."""
        path: str = scope["path"].removeprefix(scope.get("root_path", ""))
        first = "/" + path[1:].partition("/")[0]
        await self._parts.get(first, self._rest)(scope, receive, send)
