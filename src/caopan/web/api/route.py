"""The route of an endpoint: the policy is asked before any of a body is read, faults are kept."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import Response

from caopan.units.message import CaopanError
from caopan.web.api.endpoint import Endpoint
from caopan.web.api.tag import UnchangedError
from caopan.web.gate import pass_gate
from caopan.web.house import House
from caopan.web.problem import problem
from caopan.web.screen import FAILED
from caopan.web.spoken import spoken

HALF_LETTER = {"loc": ("body",), "msg": "half a letter is escaped", "type": "string_unicode"}
LOG = logging.getLogger("caopan.web")
Answering = Callable[[Request], Coroutine[Any, Any, Response]]
MEANT = (CaopanError, RequestValidationError, HTTPException, UnchangedError)


def gated(endpoint: Endpoint, house: House) -> type[APIRoute]:
    """Return the kind of route that an endpoint stands on."""
    class Gated(APIRoute):
        """A route behind the policy."""

        def get_route_handler(self) -> Answering:
            """Return what answers a request."""
            answer = super().get_route_handler()

            async def passed(request: Request) -> Response:
                pass_gate(request, house, endpoint.action)
                try:
                    await _check_text(request)
                    return await answer(request)
                except MEANT:
                    raise
                except Exception as fault:
                    LOG.exception("a call failed: %s %s", endpoint.method, endpoint.path,
                                  exc_info=fault)
                    language = spoken(request.headers.get("accept-language"))
                    return problem(FAILED, status=500, language=language)

            return passed

    return Gated


async def _check_text(request: Request) -> None:
    r"""Refuse JSON that escapes half a letter (``\ud800``): no file or database can hold it."""
    if not request.headers.get("content-type", "").startswith("application/json"):
        return
    body = await request.body()
    if b"\\ud" not in body.lower():
        return
    with suppress(ValueError, RecursionError):  # what is no JSON is refused further on
        read = json.loads(body)
        try:
            json.dumps(read, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise RequestValidationError([HALF_LETTER]) from None
