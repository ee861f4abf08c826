"""``/sessions``: the sessions of one subject, and one session with all that hangs on it."""

from __future__ import annotations

from typing import Literal

from caopan.access.action import Action
from caopan.web.api.answers import subjects as answers
from caopan.web.api.call import Called
from caopan.web.api.endpoint import Endpoint, Follows
from caopan.web.api.paging import Paged
from caopan.web.api.subjects import Roomed
from caopan.web.console.columns import FIRST, ordered
from caopan.workspace.session_rows import session_document, session_rows


def listed(
    call: Called, room: Roomed, paged: Paged, sort: str = FIRST,
    way: Literal["up", "down"] = "down",
) -> dict[str, object]:
    """List one subject's sessions with their step rates: sorted, a page at a time."""
    rows = session_rows(room, rated=call.workspace.rooms.rates(room))
    found = paged.cut(ordered(rows, sort=sort, descending=way == "down"))
    return {"subject": room.document(), "total": len(rows), **paged.document(),
            "sessions": [session_document(row, currency=room.currency) for row in found]}


def one(call: Called, session: str) -> dict[str, object]:
    """Show one session: every fact, its steps beside its host's median, minutes, products, ads."""
    return call.workspace.rooms.show(session).document()


ENDPOINTS = (
    Endpoint(method="GET", path="/sessions", action=Action.READ, call=listed, verb="rooms.rates",
             answer=answers.SessionList, follows=Follows.FACTS),
    Endpoint(method="GET", path="/sessions/{session:path}", action=Action.READ, call=one,
             verb="rooms.show", answer=answers.Session, follows=Follows.FACTS),
)
