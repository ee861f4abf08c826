"""The API's application: its endpoints behind the policy, its refusals as problem+json."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response

from caopan import __version__
from caopan.units.document import encoded
from caopan.units.message import CaopanError, Message, Text
from caopan.web.api.call import gate, spoken
from caopan.web.api.endpoint import Endpoint
from caopan.web.api.endpoints import ENDPOINTS
from caopan.web.house import House
from caopan.web.problem import MEDIA_TYPE, problem
from caopan.web.screen import FAILED, refusal_status

LOG = logging.getLogger("caopan.web")
GUEST_STATUS = 401
PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object", "required": ["type", "title", "status", "key", "details", "issues"],
    "properties": {
        "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
        "detail": {"type": ["string", "null"], "description": "what to do next"},
        "key": {"type": "string"}, "details": {"type": "object"},
        "issues": {"type": "array", "items": {"type": "object"}}}}
PROBLEMS: dict[int | str, dict[str, Any]] = {
    "default": {"description": "a refusal (RFC 9457), in the language of Accept-Language",
                "content": {MEDIA_TYPE: {"schema": PROBLEM_SCHEMA}}}}


class Document(JSONResponse):
    """An answer in the product's own JSON."""

    def render(self, content: object) -> bytes:
        """Return the text of a document."""
        return encoded(content).encode()


def api(house: House) -> FastAPI:
    """Return the API of a house; ``/openapi.json`` describes it."""
    app = FastAPI(
        title="Caopan", version=__version__, docs_url=None, redoc_url=None,
        default_response_class=Document, redirect_slashes=False,
        description="Every verb of the workspace. Authorization: Bearer with the token that "
                    "caopan serve --json prints.")
    app.state.house = house
    for endpoint in ENDPOINTS:
        _add(app, endpoint)
    for kind, answer in ((CaopanError, _refused), (RequestValidationError, _malformed),
                         (HTTPException, _missing), (Exception, _failed)):
        app.add_exception_handler(kind, answer)
    return app


def _add(app: FastAPI, endpoint: Endpoint) -> None:
    noun = endpoint.path.split("/")[1].partition(".")[0]
    name = f"{endpoint.method.lower()}_{noun}_{endpoint.call.__name__}"
    app.add_api_route(
        endpoint.path, endpoint.call, methods=[endpoint.method], status_code=endpoint.status,
        tags=[noun], dependencies=[Depends(gate(endpoint.action))], response_model=None,
        responses=PROBLEMS, operation_id=name,
        openapi_extra={"x-caopan-action": endpoint.action.value})


def _refused(request: Request, fault: Exception) -> Response:
    message = fault.message if isinstance(fault, CaopanError) else FAILED
    status = refusal_status(fault) if isinstance(fault, CaopanError) else 500
    guest = message.key == "forbidden"
    return problem(message, status=GUEST_STATUS if guest else status, language=_language(request),
                   issues=getattr(fault, "issues", ()),
                   headers={"www-authenticate": "Bearer"} if guest else {})


def _malformed(request: Request, fault: Exception) -> Response:
    errors = fault.errors() if isinstance(fault, RequestValidationError) else []
    told = "; ".join(f"{'.'.join(str(part) for part in error['loc'])}: {error['msg']}"
                     for error in errors)
    return problem(Message(key="malformed", text=MALFORMED, values={"told": told}, hint=LOOK_UP),
                   status=422, language=_language(request))


def _missing(request: Request, fault: Exception) -> Response:
    status = fault.status_code if isinstance(fault, HTTPException) else 404
    message = Message(key="no_such_endpoint", text=MISSING, hint=LOOK_UP, values={
        "method": request.method, "path": request.url.path})
    return problem(message, status=status, language=_language(request))


def _failed(request: Request, fault: Exception) -> Response:
    LOG.error("a call failed: %s", request.url.path, exc_info=fault)
    return problem(FAILED, status=500, language=_language(request))


def _language(request: Request) -> Any:  # noqa: ANN401 - the literal of the languages
    return spoken(request.headers.get("accept-language"))


MALFORMED = Text(zh="请求读不懂：{told}", en="the request cannot be read: {told}")
MISSING = Text(zh="没有这个接口：{method} {path}", en="there is no such endpoint: {method} {path}")
LOOK_UP = Text(zh="所有接口见 /api/openapi.json", en="every endpoint stands in /api/openapi.json")
