"""``/response``: what another yuan of spend brings, or why that cannot be told."""

from __future__ import annotations

from caopan.access.action import Action
from caopan.web.api.answers.responses import Response
from caopan.web.api.call import Called
from caopan.web.api.endpoint import Endpoint


def response(call: Called, streamer: str | None = None, level: float = 0.8) -> dict[str, object]:
    """Say what spend brings one host, or all, or which experiment would settle it."""
    return call.workspace.response(streamer=streamer, level=level).document(call.language)


ENDPOINTS = (
    Endpoint(method="GET", path="/response", action=Action.READ, call=response, verb="response",
             answer=Response),
)
