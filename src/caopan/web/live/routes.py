"""The addresses of what is live: one socket a page, a stream for what has none, the health."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress

from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from caopan.access.action import Action
from caopan.access.policy import ForbiddenError, allowed
from caopan.units.message import Language, Message, Text
from caopan.web import taste
from caopan.web.house import House
from caopan.web.live.seat import Seat
from caopan.web.live.topic import asked
from caopan.web.live.wire import push_of
from caopan.web.problem import problem
from caopan.web.screen import actor_of

FORBIDDEN, FULL = 4403, 1013
"""How a socket is closed: to one who may not read, and where every seat is taken."""
RETRY_SECONDS = 5


def routes(house: House) -> list[BaseRoute]:
    """Return the live addresses of a house."""

    async def stream(request: Request) -> Response:
        return _streamed(request, house)

    async def health(request: Request) -> Response:
        del request
        return _health(house)

    return [WebSocketRoute("/live/ws", Socket(house)), Route("/live/stream", stream),
            Route("/health", health)]


class Socket:
    """The socket of a page, as an ASGI application: what is told goes out by the shortest way.

    Args:
        house: what the page belongs to.
    """

    def __init__(self, house: House) -> None:
        """Keep the house."""
        self._house = house

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the page in, and tell it what it listens to until it leaves."""
        page, house = WebSocket(scope, receive, send), self._house
        await page.accept()
        if not allowed(actor_of(page, house), Action.READ):
            await page.close(FORBIDDEN)
        elif house.hub.is_full:
            await page.close(FULL)
        else:
            with suppress(WebSocketDisconnect, OSError):
                async with house.hub.seated(_topics(page), _language(page),
                                            push=push_of(scope)) as seat:
                    await _talk(page, seat, house, send)


async def _talk(page: WebSocket, seat: Seat, house: House, send: Send) -> None:
    """Send what is told until the page leaves; a slow page holds up nobody but itself."""
    hearing = asyncio.create_task(_hear(page, seat, house))
    hearing.add_done_callback(lambda _: seat.close())
    try:
        while told := await seat.take():
            await send({"type": "websocket.send", "text": told})
    finally:
        hearing.cancel()


async def _hear(page: WebSocket, seat: Seat, house: House) -> None:
    """Let the page change what it listens to, until it leaves."""
    with suppress(WebSocketDisconnect):
        while True:
            house.hub.listen(seat, _said(await page.receive_text(), seat))


def _said(text: str, seat: Seat) -> frozenset[str]:
    """Return the topics a page asks for; what cannot be read changes nothing."""
    try:
        said = json.loads(text)
    except ValueError:
        return seat.topics
    topics = said.get("topics") if isinstance(said, dict) else None
    return asked(map(str, topics)) if isinstance(topics, list) else seat.topics


def _streamed(request: Request, house: House) -> Response:
    if not allowed(actor_of(request, house), Action.READ):
        return problem(ForbiddenError(Action.READ).message, status=403,
                       language=_language(request))
    if house.hub.is_full:
        return problem(NO_SEAT, status=503, language=_language(request),
                       headers={"retry-after": str(RETRY_SECONDS)})
    return StreamingResponse(_events(request, house), media_type="text/event-stream",
                             headers={"cache-control": "no-store", "x-accel-buffering": "no"})


async def _events(request: Request, house: House) -> AsyncIterator[str]:
    async with house.hub.seated(_topics(request), _language(request)) as seat:
        yield f"retry: {RETRY_SECONDS * 1000}\n\n"
        while True:
            told = await seat.take()
            yield "".join(f"data: {line}\n\n" for line in told.split("\n"))


def _health(house: House) -> Response:
    """Return how the console is: 503 where a task of it keeps failing."""
    tasks = {name: {"running": one.running, "restarts": one.restarts, "fault": one.fault}
             for name, one in house.hub.health.items()}
    well = all(one.fault is None for one in house.hub.health.values())
    return JSONResponse({"status": "ok" if well else "failing", "pages": len(house.hub.seats),
                         "tasks": tasks}, status_code=200 if well else 503)


def _topics(asking: HTTPConnection) -> frozenset[str]:
    return asked(asking.query_params.get("topics", "").split(","))


def _language(asking: HTTPConnection) -> Language:
    return taste.taste_of(asking).language


NO_SEAT = Message(
    key="no_seat",
    text=Text(zh="同时打开的页面太多了", en="too many pages are open at once"),
    hint=Text(zh="关掉几页再试", en="close some and try again"))
