"""Events into a room, as they come from the socket: read, taken, answered when they are kept.

A room on air sends hundreds of batches a second: between the socket and the desk stand the guard
and the policy, and nothing else.
"""

from __future__ import annotations

import asyncio
import gzip
import logging
import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from caopan.access.action import Action
from caopan.live import event
from caopan.units.document import encoded
from caopan.units.message import CaopanError
from caopan.web.gate import pass_gate
from caopan.web.problem import problem
from caopan.web.refusal import refused
from caopan.web.screen import FAILED
from caopan.web.spoken import spoken
from caopan.workspace.live.accepted import Accepted
from caopan.workspace.live.desk import Desk

if TYPE_CHECKING:
    from caopan.web.house import House

LOG = logging.getLogger("caopan.web")
NDJSON = "application/x-ndjson"


class RoomEvents:
    """``POST /rooms/{room}/events`` as an ASGI application.

    Args:
        house: where the rooms are.
    """

    def __init__(self, house: House) -> None:
        """Keep the house."""
        self._house = house

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take a batch and answer what it came to."""
        answer = await self._answer(Request(scope, receive))
        await answer(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        language = spoken(request.headers.get("accept-language"))
        try:
            pass_gate(request, self._house, Action.RUN)
            taken = await taken_of(self._house.desk, request.path_params["room"],
                                   await _body(request), headers=request.headers)
        except CaopanError as fault:
            return refused(fault, language)
        except ClientDisconnect:  # who sent has gone: nothing was taken, nobody hears this
            return Response(status_code=400)
        except Exception:
            LOG.exception("events could not be taken")
            return problem(FAILED, status=500, language=language)
        return Response(encoded(taken.document(language)), media_type="application/json")


async def taken_of(desk: Desk, room: str, body: bytes, *,
                   headers: Mapping[str, str]) -> Accepted:
    """Return what a batch came to, once it is durable and summed.

    Raises:
        CaopanError: it is no batch, there is no such room, or it cannot be kept now.
    """
    if headers.get("content-encoding", "").lower() == "gzip":
        body = unzipped(body)
    lines = headers.get("content-type", "").startswith(NDJSON)
    return await asyncio.wrap_future(desk.take(room, event.read(body, lines=lines)))


def unzipped(body: bytes) -> bytes:
    """Return what a gzip body unpacks to, never more than a batch may be.

    Raises:
        BadBatchError: it is no gzip, or unpacks to too much.
    """
    inflate = zlib.decompressobj(wbits=31)
    try:
        found = inflate.decompress(body, event.MOST_BYTES + 1)
    except (zlib.error, gzip.BadGzipFile) as error:
        raise event.BadBatchError(event.NO_BATCH, str(error)) from None
    if not inflate.eof and len(found) <= event.MOST_BYTES:
        raise event.BadBatchError(event.NO_BATCH, "gzip: unexpected end")
    return found


async def _body(request: Request) -> bytes:
    """Return the body; one that is larger than a batch may be is not read to its end."""
    parts, size = [], 0
    async for part in request.stream():
        parts.append(part)
        size += len(part)
        if size > event.MOST_BYTES:
            raise event.BadBatchError(event.TOO_LARGE, f"> {event.MOST_BYTES} B")
    return b"".join(parts)
