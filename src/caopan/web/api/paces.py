"""``/pace``: what a running session will have sold in the end."""

from __future__ import annotations

from caopan.access.action import Action
from caopan.web.api.answers.paces import Pace
from caopan.web.api.call import Called
from caopan.web.api.endpoint import Endpoint, Follows


def pace(call: Called, session: str, minute: int, outcome: str = "gmv", level: float = 0.8,
         by: str = "rule") -> dict[str, object]:
    """Tell the final of a running session from its first minutes."""
    return call.workspace.pace(session, minute=minute, outcome=outcome, level=level,
                               by=by).document(call.language)


ENDPOINTS = (
    Endpoint(method="GET", path="/pace", action=Action.READ, call=pace, verb="pace",
             answer=Pace, follows=Follows.FACTS),
)
