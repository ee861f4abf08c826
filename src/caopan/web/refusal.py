"""A refusal as an answer of the API: its status, what it says, when to come again."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from caopan.units.message import CaopanError, Language
from caopan.web.problem import problem
from caopan.web.screen import refusal_status

FULL, RETRY_SECONDS = 503, 1
GUEST_STATUS = 401


def refused(fault: CaopanError, language: Language) -> Response:
    """Return what an endpoint that was refused answers.

    >>> from caopan.store.live_writer import LiveBusyError
    >>> refused(LiveBusyError(), "en").headers["retry-after"]
    '1'
    """
    message, status = fault.message, refusal_status(fault)
    guest = message.key == "forbidden"
    headers: Mapping[str, str] = {"www-authenticate": "Bearer"} if guest else {}
    if status == FULL:
        headers = {"retry-after": str(RETRY_SECONDS)}
    return problem(message, status=GUEST_STATUS if guest else status, language=language,
                   issues=getattr(fault, "issues", ()), headers=headers)
