"""An application of endpoints: behind the policy, refusals as problem+json."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response

from caopan import __version__
from caopan.units.document import encoded
from caopan.units.message import CaopanError, Language, Message, Text
from caopan.web.api.endpoint import JSON, Endpoint
from caopan.web.api.route import gated
from caopan.web.api.tag import HEADERS, UnchangedError, tagging
from caopan.web.house import House
from caopan.web.problem import LOOK_UP, MEDIA_TYPE, no_endpoint, problem
from caopan.web.refusal import refused
from caopan.web.screen import FAILED
from caopan.web.spoken import spoken

NOT_FOUND, NOT_ALLOWED, MALFORMED_STATUS = 404, 405, 422
PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object", "required": ["type", "title", "status", "key", "details", "issues"],
    "properties": {
        "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
        "detail": {"type": ["string", "null"], "description": "what to do next"},
        "key": {"type": "string"}, "details": {"type": "object"},
        "issues": {"type": "array", "items": {"type": "object"}}}}
PROBLEM: dict[str, Any] = {
    "description": "a refusal (RFC 9457), in the language of Accept-Language",
    "content": {MEDIA_TYPE: {"schema": PROBLEM_SCHEMA}}}


class Document(JSONResponse):
    """An answer in the product's own JSON."""

    def render(self, content: object) -> bytes:
        """Return the text of a document."""
        return encoded(content).encode("utf-8", "replace")


def built(house: House, endpoints: Iterable[Endpoint]) -> FastAPI:
    """Return the application of some endpoints; ``/openapi.json`` describes them."""
    app = FastAPI(
        title="Caopan", version=__version__, docs_url=None, redoc_url=None,
        default_response_class=Document, redirect_slashes=False,
        description="Every verb of the workspace, and everything the console shows. "
                    "Authorization: Bearer with the token that caopan serve --json prints. Money "
                    "is decimal text with its currency beside it, a ratio is 0-1, null means that "
                    "it cannot be computed.")
    app.state.house = house
    for endpoint in endpoints:
        _add(app, endpoint, house)
    for kind, answer in ((CaopanError, _refused), (RequestValidationError, _malformed),
                         (HTTPException, _missing), (UnchangedError, _unchanged)):
        app.add_exception_handler(kind, answer)
    return app


def _add(app: FastAPI, endpoint: Endpoint, house: House) -> None:
    noun = endpoint.path.split("/")[1].partition(".")[0]
    words = [word.partition(".")[0] for word in endpoint.path.split("/") if word[:1] != "{"]
    name = "_".join([endpoint.method.lower(), *filter(None, words), endpoint.call.__name__])
    tags = [Depends(tagging(endpoint.follows))] if endpoint.follows else []
    app.router.add_api_route(
        endpoint.path, endpoint.call, methods=[endpoint.method], status_code=endpoint.status,
        tags=[noun], dependencies=tags, response_model=None,
        response_class=Document if JSON in endpoint.media else Response,
        responses=_responses(endpoint), operation_id=name,
        openapi_extra={"x-caopan-action": endpoint.action.value},
        route_class_override=gated(endpoint, house))


def _responses(endpoint: Endpoint) -> dict[int | str, dict[str, Any]]:
    """Return what an endpoint answers by status; the schema describes and filters nothing."""
    said: dict[int | str, dict[str, Any]] = {"default": PROBLEM}
    if endpoint.answer is not None:
        said[endpoint.status] = {"model": endpoint.answer}
    files = [kind for kind in endpoint.media if kind != JSON]
    if files:
        said[endpoint.status] = {"content": {kind: {"schema": {
            "type": "string", "format": "binary"}} for kind in files}}
    for status, kind in endpoint.also.items():
        said[status] = {"model": kind}
    if endpoint.follows:
        said[304] = {"description": "what the caller has is still so (If-None-Match)"}
    return said


def _refused(request: Request, fault: Exception) -> Response:
    if isinstance(fault, CaopanError):
        return refused(fault, _language(request))
    return problem(FAILED, status=500, language=_language(request))


def _malformed(request: Request, fault: Exception) -> Response:
    errors = fault.errors() if isinstance(fault, RequestValidationError) else []
    told = "; ".join(f"{'.'.join(str(part) for part in error['loc'])}: {error['msg']}"
                     for error in errors)
    return _unreadable(request, told)


def _missing(request: Request, fault: Exception) -> Response:
    status = fault.status_code if isinstance(fault, HTTPException) else NOT_FOUND
    if status not in {NOT_FOUND, NOT_ALLOWED}:  # a body that is no form, or no JSON
        return _unreadable(request, str(getattr(fault, "detail", "")))
    told = no_endpoint(request.method, request.url.path)
    return problem(told, status=status, language=_language(request),
                   headers=getattr(fault, "headers", None) or {})


def _unreadable(request: Request, told: str) -> Response:
    message = Message(key="malformed", text=MALFORMED, values={"told": told}, hint=LOOK_UP)
    return problem(message, status=MALFORMED_STATUS, language=_language(request))


def _unchanged(request: Request, fault: Exception) -> Response:
    del request
    tag = fault.tag if isinstance(fault, UnchangedError) else ""
    return Response(status_code=304, headers={**HEADERS, "etag": tag})


def _language(request: Request) -> Language:
    return spoken(request.headers.get("accept-language"))


MALFORMED = Text(zh="请求读不懂：{told}", en="the request cannot be read: {told}")
