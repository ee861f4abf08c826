"""``/diagnoses``: growth stage, what changed and why, findings by money."""

from __future__ import annotations

from itertools import chain

from fastapi.responses import StreamingResponse

from caopan.access.action import Action
from caopan.playbook import signal as playbook
from caopan.units.document import rows_encoded
from caopan.web.api.answers import results as answers
from caopan.web.api.call import Called
from caopan.web.api.endpoint import Endpoint, Follows
from caopan.web.api.question import After, First, Versus, Who
from caopan.workspace.asked import Asked
from caopan.workspace.grain import Grain


def one(call: Called, grain: Who, subject: str, start: First = None, end: After = None,
        against: Versus = "previous") -> dict[str, object]:
    """Diagnose one streamer or merchant."""
    asked = Asked(streamer=subject if grain == "streamer" else None,
                  merchant=subject if grain == "merchant" else None, start=start, end=end,
                  against=playbook.Against(against))
    return call.workspace.diagnose(asked).document(call.language)


def everyone(call: Called, grain: Who = "streamer", start: First = None, end: After = None,
             against: Versus = "previous") -> StreamingResponse:
    """Diagnose everyone; the document is written while they are judged, a subject a line."""
    found = call.workspace.diagnoses(Asked(grain=Grain(grain), start=start, end=end,
                                           against=playbook.Against(against)))
    subjects = found.subjects(call.language)
    first = next(subjects, None)  # what goes wrong until here is a problem, not half a document
    rows = () if first is None else chain((first,), subjects)
    return StreamingResponse(rows_encoded(found.head(), "subjects", rows),
                             media_type="application/json")


ENDPOINTS = (
    Endpoint(method="GET", path="/diagnoses", action=Action.READ, call=everyone,
             verb="diagnoses", answer=answers.Diagnoses),
    Endpoint(method="GET", path="/diagnoses/{grain}/{subject:path}", action=Action.READ, call=one,
             verb="diagnose", answer=answers.Diagnoses, follows=Follows.FACTS),
)
