"""A room as server-sent events (直播流): a snapshot, then what has changed, by revision."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from caopan.access.action import Action
from caopan.access.policy import allowed
from caopan.units.clock import now
from caopan.units.document import encoded
from caopan.units.message import CaopanError, Language
from caopan.web.screen import actor_of
from caopan.web.spoken import spoken

if TYPE_CHECKING:
    from caopan.web.house import House

FORBIDDEN, NO_ROOM = 4403, 4404
RETRY_MS = 1000
ALWAYS = ("rev", "server_epoch_ms")
"""What every patch carries, changed or not."""
MOVING = frozenset({"elapsed_seconds", "left_seconds"})


async def changes(house: House, room: str, language: Language, *,
                  seen: int | None) -> AsyncIterator[dict[str, Any]]:
    """Yield a room's snapshot, then what changes; one that has seen the present gets no snapshot.

    Args:
        house: where the room is.
        room: its id.
        language: of alerts.
        seen: the revision that the listener has; None: none.
    """
    before: dict[str, Any] = {}
    if seen is not None and house.desk.room(room).rev == seen:
        before = house.desk.snapshot(room, now=now(), language=language)
    async with house.hub.seated(frozenset({f"room:{room}"}), language) as seat:
        while True:
            await seat.take()
            state = house.desk.snapshot(room, now=now(), language=language)
            told = patch(before, state) if before else {"snapshot": True, **state}
            before = state
            if told is not None:
                yield told


async def streamed(house: House, room: str, language: Language, *,
                   seen: int | None) -> AsyncIterator[str]:
    """Yield the changes of a room as server-sent events, each with its revision as its id."""
    yield f"retry: {RETRY_MS}\n\n"
    async for told in changes(house, room, language, seen=seen):
        yield f"id: {told['rev']}\ndata: {encoded(told)}\n\n"


class RoomSocket:
    """The same over a WebSocket, as an ASGI application; ``?rev=`` says what was seen.

    Args:
        house: where the rooms are.
    """

    def __init__(self, house: House) -> None:
        """Keep the house."""
        self._house = house

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a listener in, and tell it what changes until it leaves."""
        page, house = WebSocket(scope, receive, send), self._house
        await page.accept()
        if not allowed(actor_of(page, house), Action.READ):
            await page.close(FORBIDDEN)
            return
        try:
            house.desk.room(page.path_params["room"])
        except CaopanError as refused:
            await page.close(NO_ROOM, refused.message.key)
            return
        telling = asyncio.create_task(self._tell(page))
        with suppress(WebSocketDisconnect, OSError):
            while True:  # what a listener says is of no use; that it leaves is
                await page.receive_text()
        telling.cancel()

    async def _tell(self, page: WebSocket) -> None:
        seen = page.query_params.get("rev", "")
        language = spoken(page.headers.get("accept-language"))
        with suppress(WebSocketDisconnect, OSError, RuntimeError):
            async for told in changes(self._house, page.path_params["room"], language,
                                      seen=int(seen) if seen.isdecimal() else None):
                await page.send_text(encoded(told))


def patch(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any] | None:
    """Return what has changed between two snapshots; None where nothing has.

    >>> patch({"rev": 1, "server_epoch_ms": 5, "status": "live"},
    ...       {"rev": 2, "server_epoch_ms": 9, "status": "paused"})
    {'rev': 2, 'server_epoch_ms': 9, 'status': 'paused'}
    """
    changed = {key: value for key, value in after.items() if key not in ALWAYS
               and key != "ages" and _still(before.get(key)) != _still(value)}
    if not changed and before.get("rev") == after.get("rev"):
        return None
    return {key: after[key] for key in (*ALWAYS, "ages") if key in after} | changed


def _still(value: object) -> object:
    """Return a value without what moves with the clock alone: a listener counts that on itself."""
    if isinstance(value, dict) and MOVING & value.keys():
        return {key: part for key, part in value.items() if key not in MOVING}
    return value
