"""The wire (线路): the server's socket, with a short way for what many pages are told alike.

An ASGI ``send`` wakes a task, walks through a state machine and frames the text anew for every
page. What is told to two hundred pages is framed once here and written to each as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from starlette.types import Scope
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode
from websockets.http11 import Request

EXTENSION = "caopan.push"
"""The name by which the state of a socket's scope offers the short way."""
FRAMES_KEPT = 64
Push = Callable[[str], bool]
"""Write a text to a page at once; False where that cannot be done now."""


class Wire(WebSocketsSansIOProtocol):
    """The server's protocol; the state of a scope offers ``EXTENSION`` beside the usual way."""

    def handle_connect(self, event: Request) -> None:
        """Let a socket in as ever, and offer the short way."""
        super().handle_connect(event)
        if not self.close_sent:
            self.scope["state"][EXTENSION] = self.push

    def push(self, text: str) -> bool:
        """Write a text as one frame; False where the page is gone, closing or behind."""
        if self.disconnected or self.close_sent or not self.writable.is_set():
            return False
        self.transport.write(framed(text))
        return True


def push_of(scope: Scope) -> Push | None:
    """Return the short way of a socket; None where its server has none.

    >>> push_of({"type": "websocket"}) is None
    True
    """
    offered: Push | None = scope.get("state", {}).get(EXTENSION)
    return offered


@lru_cache(maxsize=FRAMES_KEPT)
def framed(text: str) -> bytes:
    r"""Return a text as the bytes of one unmasked frame, made once for all pages.

    >>> framed("ab")
    b'\x81\x02ab'
    """
    return Frame(Opcode.TEXT, text.encode()).serialize(mask=False)
