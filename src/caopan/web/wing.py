"""A wing (侧楼) of the console: screens that are loaded when one of them is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from starlette.routing import BaseRoute, Match, Router
from starlette.types import Receive, Scope, Send

from caopan.web.house import House
from caopan.web.later import Later
from caopan.web.screen import Screen, route


@dataclass(frozen=True, slots=True, kw_only=True)
class Wing:
    """All screens whose address begins with one of some words."""

    words: frozenset[str]
    load: Callable[[], tuple[Screen, ...]]
    """Imports the screens' files and returns them; quick when done again."""


def word_of(path: str) -> str:
    """Return the first word of an address.

    >>> word_of("/subjects/streamer/1"), word_of("/subjects.csv"), word_of("/")
    ('subjects', 'subjects', '')
    """
    return path.lstrip("/").partition("/")[0].partition(".")[0]


class WingRoute(BaseRoute):
    """The way into a wing: loading happens in a thread, so that other pages go on.

    Args:
        wing: the wing.
        house: what its screens share.
    """

    def __init__(self, wing: Wing, house: House) -> None:
        """Load nothing yet."""
        self.wing = wing
        self._screens = Later(partial(_router, wing, house))

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Return whether an address is in this wing; whether it exists is seen inside."""
        mine = scope["type"] == "http" and word_of(scope["path"]) in self.wing.words
        return (Match.FULL if mine else Match.NONE), {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on."""
        await self._screens(scope, receive, send)


def _router(wing: Wing, house: House) -> Router:
    return Router([route(screen, house) for screen in wing.load()])
