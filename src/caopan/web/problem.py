"""A refusal as problem+json (RFC 9457): what happened, what to do, in the caller's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from starlette.responses import Response

from caopan.facts.issue import Issue
from caopan.units.document import encoded
from caopan.units.message import Language, Message, Text

MEDIA_TYPE = "application/problem+json"
MISSING = Text(zh="没有这个接口：{method} {path}", en="there is no such endpoint: {method} {path}")
LOOK_UP = Text(zh="所有接口见 /api/openapi.json", en="every endpoint stands in /api/openapi.json")


def problem(message: Message, *, status: int, language: Language,
            issues: Iterable[Issue] = (), headers: Mapping[str, str] | None = None) -> Response:
    """Return a refusal as an answer."""
    return Response(encoded(body(message, status=status, language=language, issues=issues)),
                    status_code=status, media_type=MEDIA_TYPE,
                    headers={**(headers or {}), "content-language": language})


def no_endpoint(method: str, path: str) -> Message:
    """Return what is said of an address under ``/api`` that is none.

    >>> no_endpoint("GET", "/api/x").say("en")
    'there is no such endpoint: GET /api/x'
    """
    return Message(key="no_such_endpoint", text=MISSING, hint=LOOK_UP,
                   values={"method": method, "path": path})


def body(message: Message, *, status: int, language: Language,
         issues: Iterable[Issue] = ()) -> dict[str, object]:
    """Return the document of a refusal.

    >>> from caopan.units.message import Text
    >>> busy = Message(key="busy", text=Text(zh="忙", en="busy"), hint=Text(zh="等", en="wait"))
    >>> body(busy, status=409, language="en")["detail"]
    'wait'
    """
    return {"type": f"urn:caopan:problem:{message.key}", "title": message.say(language),
            "status": status, "detail": message.advise(language), "key": message.key,
            "details": message.values, "issues": [issue.document(language) for issue in issues]}
