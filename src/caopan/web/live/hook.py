"""Calls of platforms (回调): ``POST /hooks/{feed}``, let in by the platform's own check alone.

Nothing that a call says goes into a room: it names what is then asked of the platform itself. A
call that fails the check is told so in one word, whatever was wrong with it.
"""

from __future__ import annotations

import asyncio
import logging

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from caopan.units.message import CaopanError
from caopan.web.house import House

LOG = logging.getLogger("caopan.web")
MOST_BYTES = 1 << 20


def hook(house: House) -> Route:
    """Return the address that platforms call."""

    async def answer(request: Request) -> Response:
        body = await _body(request)
        if body is None:
            return JSONResponse({"result": 0, "error": "too large"}, status_code=413)
        name = request.path_params["feed"]
        try:
            said = await asyncio.to_thread(house.feeds.called, name, body,
                                           dict(request.headers))
        except CaopanError as refused:
            LOG.warning("a platform's call was refused: %s", refused.message.key)
            return JSONResponse({"result": 0, "error": "refused"}, status_code=403)
        return JSONResponse(dict(said))

    return Route("/hooks/{feed}", answer, methods=["POST"])


async def _body(request: Request) -> bytes | None:
    """Return what came; None where it is more than a call may be."""
    found = bytearray()
    async for part in request.stream():
        found += part
        if len(found) > MOST_BYTES:
            return None
    return bytes(found)
